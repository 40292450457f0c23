// The intents' store: lists are read again only when the server says that something changed, and trouble is said.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import './page.js';
import { IntentsStore } from '../../screens/supervisor/intents/store.js';

const discovery = (stamp) => ({
  stamp,
  is_looking: false,
  job: null,
  last_run: null,
  waiting: 0,
  lines: [],
  canaries: [],
});
const inbox = { items: [{ id: 'p1', name: 'Loyalty points' }], counts: { pending: 1 }, alarms: [] };
const library = { version: 1, intents: [] };

/** Answers by path; `asked` collects what was asked for. */
function server(answers) {
  const asked = [];
  globalThis.fetch = async (path) => {
    asked.push(String(path));
    const [, answer] = Object.entries(answers).find(([start]) => String(path).startsWith(start)) ?? [];
    if (answer instanceof Error) throw answer;
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  };
  return asked;
}

test('the lists are read once for one stamp, and again for the next', async () => {
  const answers = { '/api/discovery': discovery('1'), '/api/proposals': inbox, '/api/library': library };
  const asked = server(answers);
  const store = new IntentsStore();
  await store.refresh();
  await store.refresh();
  const reads = () => asked.filter((path) => path.startsWith('/api/proposals')).length;
  assert.equal(reads(), 1);
  assert.equal(store.rows[0].name, 'Loyalty points');
  answers['/api/discovery'] = discovery('2');
  await store.refresh();
  assert.equal(reads(), 2);
});

test('a server that is away is said, and what was read stays', async () => {
  const answers = { '/api/discovery': discovery('1'), '/api/proposals': inbox, '/api/library': library };
  server(answers);
  const store = new IntentsStore();
  await store.refresh();
  answers['/api/discovery'] = new TypeError('fetch failed');
  await store.refresh();
  assert.match(store.problem, /cannot be reached/);
  assert.equal(store.rows.length, 1);
});
