// The item in the status bar: the version of the server, and how it is.

import * as vscode from 'vscode';
import type { Health, Server } from './server';
import { appearance } from './status_text';

/** Whether the server runs, for the menus. */
const CONTEXT = 'pmta-ls.running';

export function status(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('pmta-ls.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'PowerMTA';
  let health: Health = { is: 'stopped' };
  const show = (): void => {
    const { text, tooltip, isAlarming } = appearance(health);
    item.text = text;
    item.tooltip = new vscode.MarkdownString(tooltip, true);
    item.tooltip.isTrusted = { enabledCommands: ['pmta-ls.restart', 'pmta-ls.showLog', 'pmta-ls.checkWorkspace'] };
    item.command = isAlarming ? 'pmta-ls.showLog' : 'pmta-ls.checkWorkspace';
    item.backgroundColor = isAlarming ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    if (isAlarming || isOurs(vscode.window.activeTextEditor?.document)) {
      item.show();
    } else {
      item.hide();
    }
  };
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidOpenTextDocument(show),
    server.onDidChangeHealth((now) => {
      health = now;
      vscode.commands.executeCommand('setContext', CONTEXT, now.is === 'running');
      show();
    }),
  );
}

function isOurs(document: vscode.TextDocument | undefined): boolean {
  return document !== undefined && (document.languageId === 'pmta' || document.fileName.endsWith('pmta-ls.toml'));
}
