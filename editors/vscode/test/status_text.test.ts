import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appearance } from '../src/status_text';

test('a server that runs is shown with version and place', () => {
  const server = { command: '/opt/pmta-ls', from: 'PATH', isNamed: false, version: '1.2.3' };
  const { text, tooltip, isAlarming } = appearance({ is: 'running', server });
  assert.equal(text, '$(check) pmta-ls 1.2.3');
  assert.match(tooltip, /`\/opt\/pmta-ls` \(from PATH\)/);
  assert.ok(!isAlarming);
});

test('a server that does not run alarms and says why', () => {
  const { tooltip, isAlarming } = appearance({ is: 'failed', reason: 'It is not there.' });
  assert.match(tooltip, /does not run. It is not there./);
  assert.ok(isAlarming);
});

test('every state can be left by a command', () => {
  for (const is of ['starting', 'stopped'] as const) {
    assert.match(appearance({ is }).tooltip, /command:pmta-ls.restart/);
  }
});
