// node scripts/package.mjs [--out FILE] [--server PROGRAM --target TARGET]
//
// Packs the extension. With --server the program goes inside, and TARGET says for which machines that
// is, in the words of vsce: linux-x64, alpine-x64, darwin-arm64, win32-x64 and others. The program should
// be a static release binary. Without it the extension runs everywhere and looks for the program on PATH.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const EXTENSION = fileURLToPath(new URL('..', import.meta.url));
const ROOT = path.join(EXTENSION, '../..');
/** Where links of the README lead to. */
const REPOSITORY = 'https://github.com/pmta-ls/pmta-ls';
const { values } = parseArgs({
  options: { out: { type: 'string' }, server: { type: 'string' }, target: { type: 'string' } },
});
const { out = 'pmta-ls.vsix', server, target } = values;
if (Boolean(server) !== Boolean(target)) {
  console.error('package.mjs: --server and --target go together.');
  process.exit(2);
}

const inside = path.join(EXTENSION, 'server');
const licence = path.join(EXTENSION, 'LICENSE.txt');
try {
  fs.rmSync(inside, { recursive: true, force: true });
  if (server) {
    fs.mkdirSync(inside);
    const program = path.join(inside, target.startsWith('win32') ? 'pmta-ls.exe' : 'pmta-ls');
    fs.copyFileSync(server, program);
    fs.chmodSync(program, 0o755);
  }
  const licences = ['LICENSE-MIT', 'LICENSE-APACHE'].map((name) => fs.readFileSync(path.join(ROOT, name), 'utf8'));
  fs.writeFileSync(licence, `Under one of these licences, as you like.\n\n${licences.join(`\n${'-'.repeat(70)}\n\n`)}`);
  run('npm', 'run', '--silent', 'build');
  run(
    path.join(EXTENSION, 'node_modules/.bin/vsce'),
    'package',
    '--no-dependencies',
    '--baseContentUrl',
    `${REPOSITORY}/blob/HEAD/editors/vscode`,
    '--baseImagesUrl',
    `${REPOSITORY}/raw/HEAD/editors/vscode`,
    '--out',
    path.resolve(out),
    ...(target ? ['--target', target] : []),
  );
} finally {
  fs.rmSync(inside, { recursive: true, force: true });
  fs.rmSync(licence, { force: true });
}

function run(program, ...words) {
  execFileSync(program, words, { cwd: EXTENSION, stdio: ['ignore', 'ignore', 'inherit'] });
}
