// Files whose names alone do not say what they are.

import * as vscode from 'vscode';
import { CONTENT_PATH, FIRST_LINE, NONE_LINE, NONE_PATH } from './language';

/** Languages that VS Code gives to files because of common endings. */
const UNSURE = ['ini', 'plaintext', 'properties'];
/** How many empty lines a file may begin with. */
const LOOKED_AT = 20;

/**
 * Takes files for configuration that `pmta-ls.files` names or whose first line says so, and leaves keys
 * alone.
 */
export function fileTypes(): vscode.Disposable {
  const decided = new Set<string>();
  const decide = (document: vscode.TextDocument): void => {
    const uri = document.uri.toString();
    const language = languageOf(document);
    // What a person chooses afterwards goes before this.
    if (language && language !== document.languageId && !decided.has(uri)) {
      decided.add(uri);
      vscode.languages.setTextDocumentLanguage(document, language);
    }
  };
  vscode.workspace.textDocuments.forEach(decide);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(decide),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      // A document whose language changes is closed and opened again.
      if (!isShown(uri)) {
        decided.delete(uri.toString());
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pmta-ls.files')) {
        vscode.workspace.textDocuments.forEach(decide);
      }
    }),
  );
}

/** What a file is for sure; nothing where its name decides. */
function languageOf(document: vscode.TextDocument): string | undefined {
  if (document.uri.scheme !== 'file') {
    return undefined;
  }
  // A key or a certificate is nobody's configuration, whatever its name is.
  if (NONE_LINE.test(document.lineAt(0).text)) {
    return document.languageId === 'pmta' ? 'plaintext' : undefined;
  }
  return isNamed(document) || (UNSURE.includes(document.languageId) && saysSo(document)) ? 'pmta' : undefined;
}

function isNamed(document: vscode.TextDocument): boolean {
  const patterns = vscode.workspace.getConfiguration('pmta-ls', document).get<string[]>('files', []);
  return patterns.some((pattern) => vscode.languages.match({ scheme: 'file', pattern }, document) > 0);
}

/** Whether the first line that holds something is one of a configuration. */
function saysSo(document: vscode.TextDocument): boolean {
  const path = document.uri.path;
  if (!CONTENT_PATH.test(path) || NONE_PATH.test(path)) {
    return false;
  }
  for (let line = 0; line < Math.min(document.lineCount, LOOKED_AT); line++) {
    const { text, isEmptyOrWhitespace } = document.lineAt(line);
    if (!isEmptyOrWhitespace) {
      return FIRST_LINE.test(text);
    }
  }
  return false;
}

function isShown(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}
