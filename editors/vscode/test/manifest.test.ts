// package.json against the sources: what it promises is there.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { EXTENSION } from './extension_folder';

/** What is looked at of package.json. */
interface Manifest {
  icon: string;
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, unknown> };
    grammars: { path: string }[];
    languages: { configuration?: string }[];
    menus: Record<string, { command: string }[]>;
    snippets: { path: string }[];
    walkthroughs: { steps: { media: { markdown: string } }[] }[];
  };
}

const manifest = JSON.parse(fs.readFileSync(path.join(EXTENSION, 'package.json'), 'utf8')) as Manifest;
const { commands, configuration, grammars, languages, menus, snippets, walkthroughs } = manifest.contributes;
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
  const known = new Set(commands.map(({ command }) => command));
  const named = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
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
  const media = walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown));
  const signs = languages.flatMap(({ configuration = [] }) => configuration);
  const others = [...snippets, ...grammars].map(({ path }) => path);
  for (const file of [manifest.icon, ...signs, ...media, ...others]) {
    assert.ok(fs.existsSync(path.join(EXTENSION, file)), file);
  }
});

test('an untrusted workspace names neither the program that is started nor files to read', () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
    'pmta-ls.path',
    'pmta-ls.roots',
    'pmta-ls.paths',
  ]);
});
