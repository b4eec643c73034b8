// Shows the places behind a count above a name.

import * as vscode from 'vscode';
import type { Location, Position, Range } from 'vscode-languageclient';

export const COMMAND = 'pmta-ls.showReferences';

/** Registers the command that the server puts into its code lenses. */
export function showReferences(): vscode.Disposable {
  return vscode.commands.registerCommand(COMMAND, (uri: string, position: Position, places: Location[]) =>
    vscode.commands.executeCommand(
      'editor.action.showReferences',
      vscode.Uri.parse(uri),
      toPosition(position),
      places.map((place) => new vscode.Location(vscode.Uri.parse(place.uri), toRange(place.range))),
    ),
  );
}

function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(toPosition(start), toPosition(end));
}
