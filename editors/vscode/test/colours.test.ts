// Checks the TextMate grammar: under a line, `^` mark what the names behind them are said of.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { EXTENSION } from './extension_folder';

const GRAMMAR = path.join(EXTENSION, 'syntaxes/pmta.tmLanguage.json');
const SAMPLE = path.join(EXTENSION, 'test/colours.conf');

async function load(): Promise<textmate.IGrammar> {
  const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(fs.readFileSync(GRAMMAR, 'utf8'), GRAMMAR)),
  });
  const grammar = await registry.loadGrammar('source.pmta');
  assert.ok(grammar);
  return grammar;
}

test('every mark in the sample is right', async () => {
  const grammar = await load();
  let state: textmate.StateStack = textmate.INITIAL;
  let tokens: textmate.IToken[] = [];
  let shown = '';
  let marks = 0;
  for (const line of fs.readFileSync(SAMPLE, 'utf8').split('\n')) {
    const [, carets, wanted] = /^#\s*(\^+)\s+(.+)$/.exec(line) ?? [];
    if (!carets || !wanted) {
      const result = grammar.tokenizeLine(line, state);
      assert.ok(!result.stoppedEarly);
      ({ tokens, ruleStack: state } = result);
      shown = line;
      continue;
    }
    const start = line.indexOf('^');
    for (let column = start; column < start + carets.length; column++) {
      const token = tokens.find((it) => it.startIndex <= column && column < it.endIndex);
      const scopes = token?.scopes.slice(1).join(' ') ?? '';
      const fits = wanted === 'none' ? scopes === '' : scopes.split(/[ .]/).join('.').includes(wanted);
      assert.ok(fits, `column ${column} of "${shown}" is "${scopes}", not ${wanted}`);
    }
    marks += 1;
  }
  assert.ok(marks > 40, `only ${marks} marks`);
});
