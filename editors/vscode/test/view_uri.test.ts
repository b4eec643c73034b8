import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedBy, viewUri } from '../src/view_uri';

test('the name of a text says what to ask for', () => {
  const argument = { uri: 'file:///a%20b/config', queue: 'gmail.com/news' };
  const asked = { command: 'pmta-ls.effectiveSettings', arguments: [argument] };
  const uri = viewUri('Effective settings of gmail.com/news', asked);
  assert.equal(uri.scheme, 'pmta-ls');
  assert.equal(uri.path, '/Effective settings of gmail.com\u2215news.txt');
  assert.deepEqual(askedBy(uri.query), asked);
});
