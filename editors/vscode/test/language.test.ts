import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTENT_PATH, FIRST_LINE, NONE_LINE, NONE_PATH } from '../src/language';

test('a first line that stands in no other language says what a file is', () => {
  for (const line of ['# pmta-ls: place=domain', '<virtual-mta a>', '  <Acct-File /a.csv>', 'smtp-listener 0/0:25']) {
    assert.match(line, FIRST_LINE);
  }
  for (const line of ['# a comment', '<domain a>', '<source>', 'host-name a', 'smtp-listeners 2', '<VirtualHost *:80>']) {
    assert.doesNotMatch(line, FIRST_LINE);
  }
});

test('only some files are looked into', () => {
  for (const path of ['/mail/a.conf', '/mail/rules', '/mail/a.TXT']) {
    assert.match(path, CONTENT_PATH);
  }
  assert.doesNotMatch('/mail/a.ts', CONTENT_PATH);
  assert.match('/etc/pmta/keys/a.txt', NONE_PATH);
  assert.match('-----BEGIN PRIVATE KEY-----', NONE_LINE);
});
