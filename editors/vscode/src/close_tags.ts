// Writes the end tag when Enter is pressed behind a start tag that has none.

import * as vscode from 'vscode';
import { missingEndTag } from './end_tag';

export function closeTags(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(async (event) => {
    const { document, contentChanges, reason } = event;
    const editor = vscode.window.activeTextEditor;
    const [change] = contentChanges;
    if (document.languageId !== 'pmta' || editor?.document !== document) {
      return;
    }
    // Enter at one cursor, and nothing that undo or redo brought back.
    if (!change || contentChanges.length !== 1 || reason !== undefined || editor.selections.length !== 1) {
      return;
    }
    if (change.rangeLength !== 0 || !/^\r?\n[ \t]*$/.test(change.text)) {
      return;
    }
    if (!vscode.workspace.getConfiguration('pmta-ls', document).get('closeTags')) {
      return;
    }
    const above = change.range.start.line;
    const below = above + 1;
    if (below >= document.lineCount || document.lineAt(below).text.trim() !== '') {
      return;
    }
    const endTag = missingEndTag(above, document.lineCount, (line) => document.lineAt(line).text);
    if (!endTag) {
      return;
    }
    const tag = document.lineAt(above).text;
    const indent = tag.slice(0, tag.length - tag.trimStart().length);
    const version = document.version;
    // The cursor moves after this event, so the snippet waits until it has.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (document.version !== version || vscode.window.activeTextEditor !== editor) {
      return;
    }
    const snippet = new vscode.SnippetString()
      .appendText(`${indent}\t`)
      .appendTabstop(0)
      .appendText(`\n${indent}${endTag}`);
    await editor.insertSnippet(snippet, document.lineAt(below).range, {
      undoStopBefore: false,
      undoStopAfter: true,
    });
  });
}
