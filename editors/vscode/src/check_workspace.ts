// Reads all files again and lists what is found in them.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Report, sentence } from './findings';

export function checkWorkspace(client: () => LanguageClient | undefined): vscode.Disposable {
  return vscode.commands.registerCommand('pmta-ls.checkWorkspace', async () => {
    const title = 'Checking PowerMTA configurations';
    const report = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
      await client()?.sendRequest('workspace/executeCommand', { command: 'pmta-ls.reload' });
      return client()?.sendRequest<Report>('workspace/diagnostic', { previousResultIds: [] });
    });
    if (!report) {
      vscode.window.showWarningMessage('The PowerMTA language server does not run, so nothing was checked.');
      return;
    }
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
    vscode.window.showInformationMessage(sentence(report));
  });
}
