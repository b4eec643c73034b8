import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingEndTag } from '../src/end_tag';

/** The end tag that the first of these lines lacks. */
function below(...lines: string[]): string | undefined {
  return missingEndTag(0, lines.length, (line) => lines[line] ?? '');
}

test('a tag without an end gets one', () => {
  assert.equal(below('<domain *>', ''), '</domain>');
  assert.equal(below('  <virtual-mta a> # first', '', '</domain>'), '</virtual-mta>');
  assert.equal(below('<spool>', '', '<spool /var/spool/pmta>', '</spool>'), '</spool>');
  assert.equal(below('<domain *>', '', '<source 192.0.2.1>', '</source>'), '</domain>');
});

test('a tag with an end gets none', () => {
  assert.equal(below('<domain *>', '', '</domain>'), undefined);
  assert.equal(below('<Domain *>', '', '  max-smtp-out 5', '</domain>'), undefined);
});

test('what is no start tag gets none', () => {
  for (const line of ['</domain>', '<domain *', '# <domain *>', 'max-smtp-out 5', '<a/>', '<!-- a -->', '<a>5</a>']) {
    assert.equal(below(line, ''), undefined, line);
  }
});
