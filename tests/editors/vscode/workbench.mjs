// VS Code's own server and workbench, driven through a browser that nobody sees.

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** How long anything may take to be seen, in milliseconds: VS Code is not the quickest of the editors. */
export const PATIENCE = Number(process.env.PMTA_TEST_PATIENCE ?? 20) * 2000;
/** How long VS Code and the server may take to start. */
export const STARTING = 60_000;

const SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** The environment variable that marks what belongs to one workbench. */
const SCRATCH = 'PMTA_TEST_WORKBENCH';
/** The box at the top in which VS Code asks for something. */
const BOX = '.quick-input-widget:not([style*="display: none"])';

export class Workbench {
  /** The folder that is open. */
  folder;
  page;
  #scratch;
  #server;
  #browser;
  #said = '';

  /**
   * Starts VS Code with an extension in a copy of a folder.
   *
   * @param {object} options
   * @param {string} options.editor where `install.sh` put VS Code
   * @param {string} [options.vsix] what to install; without it what this home has is taken
   * @param {string} options.folder
   * @param {string} [options.server] the language server; without it the extension has to find one
   * @param {Record<string, unknown>} [options.settings]
   */
  static async open(options) {
    const workbench = new Workbench();
    try {
      await workbench.#open(options);
      return workbench;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  async #open({ editor, vsix, folder, server, settings = {} }) {
    this.#scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pmta-vscode-'));
    this.folder = path.join(this.#scratch, 'mail');
    fs.cpSync(folder, this.folder, { recursive: true });
    const data = path.join(this.#scratch, 'data');
    // What belongs to a machine is read from there before an extension starts, what belongs to a user is not.
    for (const whose of ['User', 'Machine']) {
      fs.mkdirSync(path.join(data, whose), { recursive: true });
      fs.writeFileSync(path.join(data, whose, 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
    }
    const env = {
      ...process.env,
      PMTA_LS_PATH: '',
      ...(server && { PMTA_LS_PATH: server }),
      ...(vsix && { HOME: this.#scratch }),
      [SCRATCH]: this.#scratch,
    };
    const extensions = path.join(vsix ? this.#scratch : os.homedir(), '.vscode/extensions');
    const common = [
      path.join(editor, 'package/lib/vscode/out/server-main.js'),
      '--accept-server-license-terms',
      ...['--server-data-dir', this.#scratch],
      ...['--user-data-dir', data],
      ...['--extensions-dir', extensions],
    ];
    if (vsix) {
      fs.mkdirSync(extensions, { recursive: true });
      execFileSync(process.execPath, [...common, '--install-extension', vsix], { env, stdio: 'ignore' });
    }
    const port = String(await freePort());
    const flags = ['--without-connection-token', '--disable-telemetry', '--disable-workspace-trust'];
    this.#server = spawn(process.execPath, [...common, '--host', '127.0.0.1', '--port', port, ...flags], { env });
    for (const stream of [this.#server.stdout, this.#server.stderr]) {
      stream.on('data', (text) => (this.#said += text));
    }
    await until('VS Code listens', () => fetch(`http://127.0.0.1:${port}/version`).then((it) => it.ok, () => false), undefined, STARTING);
    const { chromium } = createRequire(path.join(editor, 'package.json'))('playwright-core');
    this.#browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    this.page = await this.#browser.newPage({ viewport: { width: 1000, height: 620 } });
    this.page.setDefaultTimeout(PATIENCE);
    await this.page.goto(`http://127.0.0.1:${port}/?folder=${this.folder}`, { timeout: STARTING });
    await this.page.waitForSelector('.monaco-workbench .statusbar', { timeout: STARTING });
    await this.page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: STARTING });
  }

  /** Opens a file of the folder. */
  async show(file) {
    const name = path.basename(file);
    // The whole path: without a program beside it, which is not there, VS Code cannot look for a part of one.
    await this.#answer('Control+P', path.join(this.folder, file));
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await this.page.waitForSelector('.editor-instance .view-line');
  }

  /** Puts the cursor behind a text of the file that is shown, `back` signs before its end. */
  async goTo(file, text, back = 0) {
    const lines = this.read(file).split('\n');
    const line = lines.findIndex((it) => it.includes(text));
    if (line < 0) {
      throw new Error(`${file} has no ${text}`);
    }
    const column = lines[line].indexOf(text) + text.length - back;
    await this.#answer('Control+G', `${line + 1}:${column + 1}`);
  }

  /** Runs a command by its title. `asks`: it goes on to ask something. */
  async run(title, { asks = false } = {}) {
    await this.#answer('F1', title, asks);
  }

  /** Types into the box of this title, and Enter. */
  async reply(title, text) {
    const box = this.page.locator(BOX, { hasText: title });
    const input = box.locator('input[type=text]');
    await input.waitFor();
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Takes one of the things that are offered at the top. */
  async choose(text) {
    await this.page.locator(`${BOX} .monaco-list-row`, { hasText: text }).first().click();
  }

  async #answer(key, text, asks = false) {
    await this.page.keyboard.press(key);
    const input = this.page.locator(`${BOX} input[type=text]`);
    await input.waitFor();
    await this.page.keyboard.insertText(text);
    // What is typed is looked for before Enter takes the first that was found.
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await this.page.waitForTimeout(300);
    await this.page.keyboard.press('Enter');
    if (!asks) {
      await input.waitFor({ state: 'hidden' });
    }
  }

  /** The text of the editor that is active, as far as it is in view. */
  async text() {
    const lines = this.page.locator('.editor-group-container.active .view-line');
    const shown = await lines.evaluateAll((all) => {
      const top = (line) => Number.parseFloat(line.style.top);
      return all.sort((one, other) => top(one) - top(other)).map((line) => line.textContent);
    });
    return shown.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Saves until the file on disk is as it should be. */
  async saved(file, what, isRight) {
    await until(what, async () => {
      await this.page.keyboard.press('Control+S');
      return isRight(this.read(file));
    }, () => this.read(file));
  }

  /** Puts a file back that is shown. */
  async restore(file, text) {
    fs.writeFileSync(path.join(this.folder, file), text);
    await this.run('File: Revert File');
    await until('the file is as it was', async () => (await this.text()).trim() === text.trim(), () => this.text());
  }

  read(file) {
    return fs.readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** Leaves boxes, lists and menus that a check which failed may have left open. */
  async calm() {
    for (let times = 0; times < 3; times++) {
      await this.page.keyboard.press('Escape');
    }
  }

  /** The numbers of the processes of language servers that this VS Code started. */
  servers() {
    return fs.readdirSync('/proc').filter((number) => {
      try {
        const about = (what) => fs.readFileSync(`/proc/${number}/${what}`, 'utf8').split('\0');
        return about('cmdline').includes('lsp') && about('environ').includes(`${SCRATCH}=${this.#scratch}`);
      } catch {
        // It is no process, or has ended.
        return false;
      }
    });
  }

  /** What VS Code said last. */
  said() {
    return this.#said.split('\n').slice(-15).join('\n');
  }

  async close() {
    await this.#browser?.close();
    const server = this.#server;
    if (server?.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
    }
    if (this.#scratch) {
      fs.rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 20 });
    }
  }
}

/** Waits until something holds. */
export async function until(what, holds, seen = () => '', patience = PATIENCE) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}\n${seen()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = net.createServer();
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}
