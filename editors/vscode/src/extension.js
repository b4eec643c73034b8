// Starts the language server for PowerMTA configuration and stops it.
'use strict';

const { execFile } = require('node:child_process');
const os = require('node:os');
const { promisify } = require('node:util');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { clientCommands } = require('./client_commands');
const { closeTags } = require('./close_tags');
const { leaveKeysAlone } = require('./private_keys');
const { serverPath } = require('./server_path');
const { showReferences } = require('./show_references');
const { views } = require('./views');

/** @type {LanguageClient | undefined} */
let client;
/** @type {vscode.LogOutputChannel} */
let log;
/** Starting and stopping happen one after the other. */
let turn = Promise.resolve();

/** @param {vscode.ExtensionContext} context */
exports.activate = async (context) => {
  log = vscode.window.createOutputChannel('PowerMTA', { log: true });
  context.subscriptions.push(
    log,
    leaveKeysAlone(),
    closeTags(),
    showReferences(),
    views(() => client),
    vscode.commands.registerCommand('pmta-ls.restart', restart),
    vscode.commands.registerCommand('pmta-ls.showLog', () => log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pmta-ls.path')) {
        restart();
      }
    }),
  );
  await restart();
};

exports.deactivate = () => inTurn(stop);

function restart() {
  return inTurn(async () => {
    await stop();
    await start();
  });
}

/** @param {() => Promise<void>} step */
function inTurn(step) {
  turn = turn.then(step);
  return turn;
}

async function start() {
  const setting = vscode.workspace.getConfiguration('pmta-ls').get('path');
  const { command, from } = serverPath(setting, process.env, os.homedir());
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], { timeout: 10_000 });
    log.info(`starting ${command} (from ${from}): ${stdout.trim()}`);
  } catch (error) {
    log.error(String(error));
    askForServer(command, from);
    return;
  }
  client = new LanguageClient(
    'pmta-ls',
    'PowerMTA',
    { command, args: ['lsp'] },
    {
      documentSelector: [
        { language: 'pmta', scheme: 'file' },
        { language: 'pmta', scheme: 'untitled' },
        { pattern: '**/pmta-ls.toml', scheme: 'file' },
      ],
      outputChannel: log,
    },
  );
  client.registerFeature(clientCommands);
  try {
    await client.start();
  } catch (error) {
    log.error(String(error));
  }
}

async function stop() {
  const running = client;
  client = undefined;
  try {
    await running?.dispose();
  } catch (error) {
    log.warn(String(error));
  }
}

/**
 * Does not wait for the answer: the rest of the extension works without the server.
 *
 * @param {string} command
 * @param {string} from
 */
async function askForServer(command, from) {
  const setPath = 'Set the path';
  const showLog = 'Show the log';
  const text = `The PowerMTA language server "${command}" (from ${from}) does not start. Install pmta-ls, or say where it is.`;
  const answer = await vscode.window.showErrorMessage(text, setPath, showLog);
  if (answer === setPath) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'pmta-ls.path');
  } else if (answer === showLog) {
    log.show();
  }
}
