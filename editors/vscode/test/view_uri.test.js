'use strict';

const assert = require('node:assert');
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');
const { askedBy, viewUri } = require('../src/view_uri');

test('the name of a text says what to ask for', () => {
  const argument = { uri: 'file:///a%20b/config', queue: 'gmail.com/news' };
  const uri = viewUri({
    title: 'Effective settings of gmail.com/news',
    command: 'pmta-ls.effectiveSettings',
    arguments: [argument],
  });
  assert.strictEqual(uri.scheme, 'pmta-ls');
  assert.strictEqual(uri.path, '/Effective settings of gmail.com\u2215news.txt');
  assert.deepStrictEqual(askedBy(uri.query), { command: 'pmta-ls.effectiveSettings', arguments: [argument] });
});

test('a command without arguments has none', () => {
  const { query } = viewUri({ title: 'Syntax tree', command: 'pmta-ls.syntaxTree' });
  assert.deepStrictEqual(askedBy(query), { command: 'pmta-ls.syntaxTree', arguments: [] });
});

test('every command of the palette is registered, by the extension or by the server', () => {
  const { commands } = require('../package.json').contributes;
  const source = join(__dirname, '..', 'src');
  const sources = readdirSync(source).map((file) => readFileSync(join(source, file), 'utf8'));
  const server = readFileSync(join(__dirname, '../../../server/lsp/src/commands.rs'), 'utf8');
  for (const { command } of commands) {
    const isOurs = sources.some((text) => text.includes(`'${command}'`));
    assert.ok(isOurs || server.includes(`"${command}"`), command);
  }
});
