import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Report, sentence } from '../src/findings';

type Items = NonNullable<Report['items'][number]['items']>;

function report(...files: Items[]): Report {
  return { items: files.map((items, number) => ({ uri: `file:///${number}`, kind: 'full', items })) };
}

test('counts are told by severity', () => {
  const files = report([{ severity: 1 }, { severity: 2 }, { severity: 2 }], [{ severity: 4 }], [{ severity: 3 }]);
  assert.equal(sentence(files), '1 error, 2 warnings, 1 remark in 2 of 3 files.');
});

test('what has no severity is an error', () => {
  assert.equal(sentence(report([{}])), '1 error in 1 of 1 file.');
});

test('files without findings are told too', () => {
  assert.equal(sentence(report([], [{ severity: 4 }])), 'Nothing was found in 2 files.');
});
