// The language server: starts it, stops it, and tells how it is.

import * as os from 'node:os';
import * as vscode from 'vscode';
import { LanguageClient, State } from 'vscode-languageclient/node';
import { clientCommands } from './client_commands';
import { tellWhatWasFixed } from './fix_all';
import { type Found, findServer } from './find_server';
import { candidates } from './server_path';
import { typedEndTag } from './typed_end_tag';

/** How the server is. */
export type Health =
  | { is: 'starting' }
  | { is: 'running'; server: Found }
  | { is: 'stopped' }
  | { is: 'failed'; reason: string };

const SELECTOR = [
  { language: 'pmta', scheme: 'file' },
  { language: 'pmta', scheme: 'untitled' },
  { pattern: '**/pmta-ls.toml', scheme: 'file' },
];

export class Server implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('PowerMTA', { log: true });
  /** The client of a server that runs. */
  client: LanguageClient | undefined;
  private readonly changed = new vscode.EventEmitter<Health>();
  /** Tells how the server is from now on. */
  readonly onDidChangeHealth = this.changed.event;
  /** Starting and stopping happen one after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly extension: vscode.Uri) {}

  /** Starts it, also if it runs already. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopNow());
  }

  dispose(): void {
    this.changed.dispose();
    this.log.dispose();
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step);
    return this.turn;
  }

  private async startNow(): Promise<void> {
    this.changed.fire({ is: 'starting' });
    const { found, refused } = await findServer(
      candidates({
        environment: process.env,
        setting: vscode.workspace.getConfiguration('pmta-ls').get('path'),
        extension: this.extension.fsPath,
        home: os.homedir(),
        platform: process.platform,
      }),
    );
    for (const { command, from, isNamed, reason } of refused) {
      // That a vsix has no server inside is nothing to worry about.
      const text = `${command} (from ${from}) is not the server: ${reason}`;
      if (isNamed || !found) {
        this.log.error(text);
      } else {
        this.log.debug(text);
      }
    }
    if (!found) {
      const names = refused.map(({ command, from }) => `"${command}" (from ${from})`).join(' or ');
      this.changed.fire({ is: 'failed', reason: `${names} does not start. Install pmta-ls, or say where it is.` });
      return;
    }
    this.log.info(`starting ${found.command} (from ${found.from}): pmta-ls ${found.version}`);
    const client = new LanguageClient(
      'pmta-ls',
      'PowerMTA',
      { command: found.command, args: ['lsp'] },
      {
        documentSelector: SELECTOR,
        outputChannel: this.log,
        middleware: { executeCommand: tellWhatWasFixed, provideOnTypeFormattingEdits: typedEndTag },
      },
    );
    client.registerFeature(clientCommands);
    client.onDidChangeState(({ newState }) => this.follow(client, newState, found));
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.client = undefined;
      this.changed.fire({ is: 'failed', reason: `"${found.command}" does not answer: ${String(error)}` });
    }
  }

  /** A server that crashes is started again by its client, a few times. */
  private follow(client: LanguageClient, state: State, server: Found): void {
    if (this.client !== client) {
      return;
    }
    if (state === State.Running) {
      this.changed.fire({ is: 'running', server });
    } else if (state === State.Stopped) {
      this.changed.fire({ is: 'failed', reason: 'The server ended. The log says why.' });
    } else {
      this.changed.fire({ is: 'starting' });
    }
  }

  private async stopNow(): Promise<void> {
    const running = this.client;
    this.client = undefined;
    if (!running) {
      return;
    }
    this.changed.fire({ is: 'stopped' });
    try {
      await running.dispose();
    } catch (error) {
      this.log.warn(String(error));
    }
  }
}
