// Shows texts that the server makes: effective settings, routes, syntax trees.
'use strict';

const vscode = require('vscode');
const { SCHEME, askedBy, viewUri } = require('./view_uri');

/** The command that the server puts into lenses and actions of editors that have it. */
const SHOW = 'pmta-ls.showView';

/**
 * @param {() => import('vscode-languageclient/node').LanguageClient | undefined} client
 * @returns {vscode.Disposable}
 */
function views(client) {
  const changed = new vscode.EventEmitter();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      const view = await client()?.sendRequest('pmta-ls/view', askedBy(uri.query));
      return view?.text ?? 'There is nothing to show.\n';
    },
  });
  /** @param {import('./view_uri').Asked} asked */
  const show = async (asked) => {
    const uri = vscode.Uri.from(viewUri(asked));
    // One that is shown already may be out of date.
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  };
  return vscode.Disposable.from(
    changed,
    provider,
    vscode.commands.registerCommand(SHOW, show),
    vscode.commands.registerTextEditorCommand('pmta-ls.showEffectiveSettings', ({ document, selection }) => {
      const uri = document.uri.toString();
      const { line, character } = selection.active;
      const title = `Effective settings at ${vscode.workspace.asRelativePath(document.uri)}:${line + 1}`;
      show({ title, command: 'pmta-ls.effectiveSettings', arguments: [{ uri, position: { line, character } }] });
    }),
    vscode.commands.registerTextEditorCommand('pmta-ls.showSyntaxTree', ({ document }) => {
      const title = `Syntax tree of ${vscode.workspace.asRelativePath(document.uri)}`;
      show({ title, command: 'pmta-ls.syntaxTree', arguments: [{ uri: document.uri.toString() }] });
    }),
  );
}

module.exports = { SHOW, views };
