// Keeps the cursor before the end tag that the server writes when a start tag was typed.

import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/**
 * What VS Code inserts where the cursor stands moves the cursor behind it. A snippet says where the
 * cursor is afterwards, so the end tag is inserted as one.
 */
export const typedEndTag: NonNullable<Middleware['provideOnTypeFormattingEdits']> = async (
  document,
  position,
  sign,
  options,
  token,
  next,
) => {
  const { version } = document;
  const edits = await next(document, position, sign, options, token);
  const editor = vscode.window.activeTextEditor;
  const [edit, ...others] = edits ?? [];
  if (sign !== '>' || !edit || others.length > 0 || !edit.range.isEmpty) {
    return edits;
  }
  if (editor?.document !== document || document.version !== version || !editor.selection.active.isEqual(edit.range.start)) {
    return edits;
  }
  const snippet = new vscode.SnippetString().appendTabstop(0).appendText(edit.newText);
  await editor.insertSnippet(snippet, edit.range.start, { undoStopBefore: false, undoStopAfter: false });
  return [];
};
