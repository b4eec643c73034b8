// node run.mjs --editor FOLDER --vsix FILE [--server PROGRAM] [--only CHECK,CHECK] [--pictures FOLDER]
//
// Drives the extension in VS Code and says of each check whether it is right and how long it took. FOLDER is where ../install.sh put VS Code. With --pictures it
// writes the pictures of the READMEs there.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checks, FILES } from './checks.mjs';
import { Workbench } from './workbench.mjs';

const DEPLOYMENT = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../deployment');

const { values } = parseArgs({
  options: {
    editor: { type: 'string' },
    vsix: { type: 'string' },
    server: { type: 'string' },
    only: { type: 'string' },
    pictures: { type: 'string' },
  },
});
const names = values.only?.split(',') ?? Object.keys(checks);

/** The pictures of the READMEs. */
const pictures = {
  async take(name, page, prepare = async () => {}) {
    if (values.pictures) {
      await prepare();
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(values.pictures, `vscode-${name}.png`) });
    }
  },
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pmta-deployment-'));
fs.cpSync(DEPLOYMENT, folder, { recursive: true });
for (const [file, text] of Object.entries(FILES)) {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}
const workbench = await Workbench.open({
  editor: path.resolve(values.editor),
  vsix: path.resolve(values.vsix),
  server: values.server && path.resolve(values.server),
  folder,
  settings: { 'pmta-ls.files': ['**/elsewhere/*.ini'] },
});
fs.rmSync(folder, { recursive: true });
const failed = [];
try {
  for (const name of names) {
    const start = Date.now();
    const outcome = await checks[name](workbench, pictures).then(
      () => 'ok',
      async (error) => {
        const picture = path.join(os.tmpdir(), `pmta-vscode-${name}.png`);
        await workbench.page.screenshot({ path: picture });
        console.error(`${error.stack}\nseen: ${picture}`);
        failed.push(name);
        return 'failed';
      },
    );
    console.log(`${outcome} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  }
} finally {
  if (failed.length > 0) {
    console.error(workbench.said());
    process.exitCode = 1;
  }
  await workbench.close();
}
