// Starts what the extension has, and the language server.

import * as vscode from 'vscode';
import { askViews } from './ask_views';
import { checkWorkspace } from './check_workspace';
import { closeTags } from './close_tags';
import { fileTypes } from './file_types';
import { Server } from './server';
import { showReferences } from './show_references';
import { status } from './status';
import { Views } from './views';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const ours = new Server(context.extensionUri);
  server = ours;
  const views = new Views(() => ours.client);
  const restart = (): Promise<void> => ours.restart();
  context.subscriptions.push(
    ours,
    views,
    askViews(views),
    checkWorkspace(() => ours.client),
    closeTags(),
    fileTypes(),
    showReferences(),
    status(ours),
    ours.onDidChangeHealth((health) => {
      if (health.is === 'failed') {
        tellFailure(ours, health.reason);
      }
    }),
    vscode.commands.registerCommand('pmta-ls.restart', restart),
    vscode.commands.registerCommand('pmta-ls.showLog', () => ours.log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pmta-ls.path')) {
        restart();
      }
    }),
  );
  await restart();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

/** Nobody waits for the answer: the rest of the extension works without the server. */
async function tellFailure({ log }: Server, reason: string): Promise<void> {
  log.error(reason);
  const setPath = 'Set the path';
  const showLog = 'Show the log';
  const text = `The PowerMTA language server does not run. ${reason}`;
  const answer = await vscode.window.showErrorMessage(text, setPath, showLog);
  if (answer === setPath) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'pmta-ls.path');
  } else if (answer === showLog) {
    log.show();
  }
}
