// node run.mjs --editor FOLDER [--vsix FILE] [--server PROGRAM] [--only CHECK,CHECK] [--pictures FOLDER]
//
// Drives the extension in VS Code and says of each check whether it is right, as ../prove.py reads it.
// FOLDER is where ../install.sh put VS Code. Without --vsix the extension is the one of this home, without
// --server it has to find a server. With --pictures it writes the pictures of the READMEs there.

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
    server: { type: 'string' },
    vsix: { type: 'string' },
    only: { type: 'string' },
    pictures: { type: 'string' },
  },
});
/** `status` waits until the server runs, which all others take for granted. */
const names = values.only ? ['status', ...values.only.split(',')] : Object.keys(checks);

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
  vsix: values.vsix && path.resolve(values.vsix),
  server: values.server && path.resolve(values.server),
  folder,
  settings: { 'pmta-ls.files': ['**/elsewhere/*.ini'] },
});
fs.rmSync(folder, { recursive: true });
const failed = [];
try {
  for (const name of names) {
    const start = Date.now();
    await checks[name](workbench, pictures).then(
      () => console.log(`ok   ${name} (${seconds(start)} s)`),
      async (error) => {
        const picture = path.join(os.tmpdir(), `pmta-vscode-${name}.png`);
        await workbench.page.screenshot({ path: picture });
        console.log(`FAIL ${name}: ${error.message.replace(/\s+/g, ' ').slice(0, 300)} (${seconds(start)} s; seen: ${picture})`);
        failed.push(name);
        await workbench.calm();
      },
    );
  }
} finally {
  if (failed.length > 0) {
    console.error(workbench.said());
    process.exitCode = 1;
  }
  await workbench.close();
}

function seconds(start) {
  return ((Date.now() - start) / 1000).toFixed(1);
}
