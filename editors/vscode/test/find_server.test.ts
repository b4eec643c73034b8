import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { findServer } from '../src/find_server';
import type { Candidate } from '../src/server_path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'find-server-'));
after(() => fs.rmSync(folder, { recursive: true }));

/** A program that prints this and nothing else. */
function program(name: string, prints: string): Candidate {
  const command = path.join(folder, name);
  fs.writeFileSync(command, `#!/bin/sh\necho '${prints}'\n`, { mode: 0o755 });
  return { command, from: name, isNamed: false };
}

test('the first program that is the server is taken', async () => {
  const missing = { command: path.join(folder, 'missing'), from: 'nowhere', isNamed: false };
  const other = program('other', 'another 1.0.0');
  const server = program('server', 'pmta-ls 1.2.3');
  const { found, refused } = await findServer([missing, other, server]);
  assert.equal(found?.command, server.command);
  assert.equal(found?.version, '1.2.3');
  assert.deepEqual(refused.map(({ from }) => from), ['nowhere', 'other']);
  assert.match(refused[0]?.reason ?? '', /ENOENT/);
  assert.match(refused[1]?.reason ?? '', /does not answer as pmta-ls does/);
});

test('without a server there are reasons', async () => {
  const { found, refused } = await findServer([program('third', 'third 3')]);
  assert.equal(found, undefined);
  assert.equal(refused.length, 1);
});
