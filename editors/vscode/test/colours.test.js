// Checks the TextMate grammar: under a line, `^` mark what the names behind them are said of.
'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');

const GRAMMAR = path.join(__dirname, '../syntaxes/pmta.tmLanguage.json');
const SAMPLE = path.join(__dirname, 'colours.conf');

async function load() {
  const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(GRAMMAR, 'utf8'), GRAMMAR),
  });
  return registry.loadGrammar('source.pmta');
}

test('every mark in the sample is right', async () => {
  const grammar = await load();
  let state = textmate.INITIAL;
  let tokens = [];
  let shown = '';
  let marks = 0;
  for (const line of fs.readFileSync(SAMPLE, 'utf8').split('\n')) {
    const mark = /^#\s*(\^+)\s+(.+)$/.exec(line);
    if (!mark) {
      const result = grammar.tokenizeLine(line, state);
      assert.ok(!result.stoppedEarly);
      ({ tokens, ruleStack: state } = result);
      shown = line;
      continue;
    }
    const start = line.indexOf('^');
    for (let column = start; column < start + mark[1].length; column++) {
      const token = tokens.find((it) => it.startIndex <= column && column < it.endIndex);
      const scopes = token?.scopes.slice(1).join(' ') ?? '';
      const fits = mark[2] === 'none' ? scopes === '' : scopes.split(/[ .]/).join('.').includes(mark[2]);
      assert.ok(fits, `column ${column} of "${shown}" is "${scopes}", not ${mark[2]}`);
    }
    marks += 1;
  }
  assert.ok(marks > 40, `only ${marks} marks`);
});
