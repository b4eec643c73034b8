// Shows the places behind a count above a name.
'use strict';

const vscode = require('vscode');

const COMMAND = 'pmta-ls.showReferences';

/** Registers the command that the server puts into its code lenses. */
function showReferences() {
  return vscode.commands.registerCommand(COMMAND, (uri, position, places) =>
    vscode.commands.executeCommand(
      'editor.action.showReferences',
      vscode.Uri.parse(uri),
      new vscode.Position(position.line, position.character),
      places.map(({ uri, range }) => new vscode.Location(vscode.Uri.parse(uri), toRange(range))),
    ),
  );
}

function toRange({ start, end }) {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

module.exports = { COMMAND, showReferences };
