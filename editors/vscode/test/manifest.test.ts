// package.json against the sources: what it promises is there.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { EXTENSION } from './extension_folder';

const manifest = JSON.parse(fs.readFileSync(path.join(EXTENSION, 'package.json'), 'utf8'));
const { commands, configuration, menus, snippets, walkthroughs } = manifest.contributes;
const sources = fs
  .readdirSync(path.join(EXTENSION, 'src'))
  .map((file) => fs.readFileSync(path.join(EXTENSION, 'src', file), 'utf8'));

test('every command of the palette is registered, by the extension or by the server', () => {
  const server = fs.readFileSync(path.join(EXTENSION, '../../server/lsp/src/commands.rs'), 'utf8');
  for (const { command } of commands) {
    const isOurs = sources.some((text) => text.includes(`registerCommand('${command}'`));
    assert.ok(isOurs || server.includes(`"${command}"`), command);
  }
});

test('menus and walkthroughs name commands that there are', () => {
  const known = new Set(commands.map((it: { command: string }) => it.command));
  const named: string[] = Object.values<{ command: string }[]>(menus).flatMap((items) => items.map((it) => it.command));
  const links = JSON.stringify(walkthroughs).matchAll(/ommand:(pmta-ls\.\w+)/g);
  for (const command of [...named, ...Array.from(links, (link) => link[1] ?? '')]) {
    assert.ok(known.has(command), command);
  }
});

test('every setting that the extension reads is declared', () => {
  const read = sources.flatMap((text) => [...text.matchAll(/getConfiguration\('pmta-ls'.*?\)\s*\.get(?:<.*?>)?\('(\w+)'/g)]);
  assert.ok(read.length >= 3);
  for (const [, name] of read) {
    assert.ok(`pmta-ls.${name}` in configuration.properties, name);
  }
});

test('every file that it names is there', () => {
  const media = walkthroughs.flatMap((it: { steps: { media: { markdown: string } }[] }) =>
    it.steps.map(({ media }) => media.markdown),
  );
  const { grammars, languages } = manifest.contributes;
  const others = [...snippets, ...grammars].map((it: { path: string }) => it.path);
  for (const file of [manifest.icon, languages[0].configuration, ...media, ...others]) {
    assert.ok(fs.existsSync(path.join(EXTENSION, file)), file);
  }
});

test('an untrusted workspace does not name the program that is started', () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['pmta-ls.path']);
});
