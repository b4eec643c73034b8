import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, type Surroundings, versionIn } from '../src/server_path';

const NOWHERE: Surroundings = {
  environment: {},
  setting: undefined,
  extension: '/extensions/pmta-ls',
  home: '/home/a',
  platform: 'linux',
};

function commands(known: Partial<Surroundings>): string[] {
  return candidates({ ...NOWHERE, ...known }).map(({ command }) => command);
}

test('the environment goes before the setting, that before the extension, that before PATH', () => {
  const environment = { PMTA_LS_PATH: '/opt/pmta-ls' };
  assert.deepEqual(commands({ environment, setting: '/usr/bin/pmta-ls' }), ['/opt/pmta-ls']);
  assert.deepEqual(commands({ setting: '/usr/bin/pmta-ls' }), ['/usr/bin/pmta-ls']);
  const ours = '/extensions/pmta-ls/server/pmta-ls';
  assert.deepEqual(commands({ environment: { PMTA_LS_PATH: ' ' }, setting: '' }), [ours, 'pmta-ls']);
  assert.deepEqual(commands({ platform: 'win32' }), [`${ours}.exe`, 'pmta-ls']);
});

test('what a person names is not replaced by something else', () => {
  const [named, ...others] = candidates({ ...NOWHERE, setting: '/not/there' });
  assert.ok(named?.isNamed);
  assert.deepEqual(others, []);
});

test('~ is the home folder', () => {
  assert.deepEqual(commands({ setting: '~/bin/pmta-ls' }), ['/home/a/bin/pmta-ls']);
  assert.deepEqual(commands({ setting: '~other/pmta-ls' }), ['~other/pmta-ls']);
});

test('a program is the server if it answers like it', () => {
  assert.equal(versionIn('pmta-ls 0.1.0\n'), '0.1.0');
  assert.equal(versionIn('pmta-ls 1.2.3-beta.1'), '1.2.3-beta.1');
  for (const answer of ['', 'pmta-ls', 'pmta 5.0r1', 'GNU bash, version 5.2.15\npmta-ls 0.1.0']) {
    assert.equal(versionIn(answer), undefined, answer);
  }
});
