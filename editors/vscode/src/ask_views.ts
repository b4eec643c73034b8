// The commands that ask a person something, or look where the cursor is, and show a text.

import * as vscode from 'vscode';
import { problemWithAddress, problemWithClient, problemWithQueue } from './questions';
import type { Views } from './views';

export function askViews(views: Views): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('pmta-ls.showEffectiveSettings', () => effectiveSettings(views)),
    vscode.commands.registerCommand('pmta-ls.traceMessage', () => traceMessage(views)),
    vscode.commands.registerCommand('pmta-ls.showSyntaxTree', () => syntaxTree(views)),
  );
}

/** The settings of the queue that the cursor stands in, else of one that is asked for. */
async function effectiveSettings(views: Views): Promise<void> {
  const editor = configuration();
  const uri = editor?.document.uri.toString();
  if (editor) {
    const { document, selection } = editor;
    const { line, character } = selection.active;
    const here = { command: 'pmta-ls.effectiveSettings', arguments: [{ uri, position: { line, character } }] };
    if (await views.ask(here)) {
      const name = vscode.workspace.asRelativePath(document.uri);
      return views.show(`Effective settings at ${name}:${line + 1}`, here);
    }
  }
  const queue = await vscode.window.showInputBox({
    title: 'Effective settings',
    prompt: 'The queue: a domain, or domain/VirtualMTA',
    placeHolder: 'gmail.com/news',
    validateInput: problemWithQueue,
  });
  if (queue) {
    const asked = { command: 'pmta-ls.effectiveSettings', arguments: [{ uri, queue: queue.trim() }] };
    await views.show(`Effective settings of ${queue.trim()}`, asked);
  }
}

/** The way of a message through the configuration. */
async function traceMessage(views: Views): Promise<void> {
  const uri = configuration()?.document.uri.toString();
  const ask = (step: number, options: vscode.InputBoxOptions): Thenable<string | undefined> =>
    vscode.window.showInputBox({ title: `Trace a message (${step}/3)`, ignoreFocusOut: true, ...options });
  const mailFrom = await ask(1, {
    prompt: 'Who sends it (MAIL FROM)',
    placeHolder: 'news@example.com',
    validateInput: problemWithAddress,
  });
  if (mailFrom === undefined) {
    return;
  }
  const rcptTo = await ask(2, {
    prompt: 'Who gets it (RCPT TO)',
    placeHolder: 'you@gmail.com',
    validateInput: problemWithAddress,
  });
  if (rcptTo === undefined) {
    return;
  }
  const source = await ask(3, {
    prompt: 'From which address the client connects; empty: 127.0.0.1',
    placeHolder: '127.0.0.1',
    validateInput: problemWithClient,
  });
  if (source === undefined) {
    return;
  }
  const message = { mailFrom: mailFrom.trim(), rcptTo: rcptTo.trim(), source: source.trim() || undefined };
  const asked = { command: 'pmta-ls.trace', arguments: [{ uri, ...message }] };
  await views.show(`Route from ${message.mailFrom} to ${message.rcptTo}`, asked);
}

async function syntaxTree(views: Views): Promise<void> {
  const document = configuration()?.document;
  if (document) {
    const asked = { command: 'pmta-ls.syntaxTree', arguments: [{ uri: document.uri.toString() }] };
    await views.show(`Syntax tree of ${vscode.workspace.asRelativePath(document.uri)}`, asked);
  }
}

/** The editor that a person works in, if it has a configuration. */
function configuration(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === 'pmta' ? editor : undefined;
}
