import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemWithAddress, problemWithClient, problemWithQueue } from '../src/questions';

test('answers that can be used have no problem', () => {
  assert.equal(problemWithAddress(' news@example.com '), undefined);
  for (const client of ['', '192.0.2.1', '2001:db8::1']) {
    assert.equal(problemWithClient(client), undefined, client);
  }
  for (const queue of ['gmail.com', 'gmail.com/news', '{sparkpost}']) {
    assert.equal(problemWithQueue(queue), undefined, queue);
  }
});

test('others are asked for again', () => {
  for (const address of ['', 'news', 'a@b@c', '<a@b>', 'a b@c']) {
    assert.match(problemWithAddress(address) ?? '', /mail address/, address);
  }
  assert.match(problemWithClient('localhost') ?? '', /IP address/);
  for (const queue of ['', 'a/b/c', 'gmail.com news', '/news']) {
    assert.match(problemWithQueue(queue) ?? '', /domain/, queue);
  }
});
