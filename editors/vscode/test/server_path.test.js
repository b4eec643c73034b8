'use strict';

const test = require('node:test');
const assert = require('node:assert/strict');
const { serverPath } = require('../src/server_path');

test('the setting comes first, then the environment, then PATH', () => {
  const env = { PMTA_LS_PATH: '/opt/pmta-ls' };
  assert.equal(serverPath('/usr/bin/pmta-ls', env, '/home/a').command, '/usr/bin/pmta-ls');
  assert.equal(serverPath('  ', env, '/home/a').command, '/opt/pmta-ls');
  assert.equal(serverPath(undefined, {}, '/home/a').command, 'pmta-ls');
});

test('~ is the home folder', () => {
  assert.equal(serverPath('~/bin/pmta-ls', {}, '/home/a').command, '/home/a/bin/pmta-ls');
  assert.equal(serverPath('~other/pmta-ls', {}, '/home/a').command, '~other/pmta-ls');
});
