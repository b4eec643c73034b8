// Files whose names alone do not say what they are.

import * as vscode from 'vscode';

/** Takes files that `pmta-ls.files` names for configuration, and leaves keys alone. */
export function fileTypes(): vscode.Disposable {
  const lookAtAll = (): void => vscode.workspace.textDocuments.forEach(settle);
  lookAtAll();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(settle),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pmta-ls.files')) {
        lookAtAll();
      }
    }),
  );
}

function settle(document: vscode.TextDocument): void {
  const isConfiguration = document.languageId === 'pmta';
  // A key or a certificate is nobody's configuration, whatever its name is.
  const isKey = document.lineAt(0).text.startsWith('-----BEGIN ');
  if (isConfiguration && isKey) {
    vscode.languages.setTextDocumentLanguage(document, 'plaintext');
  } else if (!isConfiguration && !isKey && isNamed(document)) {
    vscode.languages.setTextDocumentLanguage(document, 'pmta');
  }
}

function isNamed(document: vscode.TextDocument): boolean {
  const patterns = vscode.workspace.getConfiguration('pmta-ls', document).get<string[]>('files', []);
  return patterns.some((pattern) => vscode.languages.match({ scheme: 'file', pattern }, document) > 0);
}
