// The events of a conversation as a transcript's entries: turns with what was understood in them, calls, what waits.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import './page.js';
import { entriesOf } from '../../screens/kit/transcript/entries.js';

let seq = 0;
const event = (data) => ({ type: 'event', conversation_id: 'c-1', seq: (seq += 1), at: '2026-11-22T09:00:00Z', data });
const said = (text) => event({ kind: 'customer_said', text, client_id: `m${seq}`, voice: null });

test('turns carry who said them, and two of one speaker are one group', () => {
  const events = [
    said('Hello'),
    said('Are you there?'),
    event({ kind: 'agent_said', text: 'Yes.', sources: [], choices: [], card: null }),
  ];
  const entries = entriesOf(events, [], 'Harriet');
  assert.deepEqual(
    entries.map(({ who }) => who),
    ['customer', 'customer', 'agent'],
  );
  assert.deepEqual(
    entries.map(({ isFirst }) => isFirst),
    [true, false, true],
  );
  assert.equal(entries[2].name, 'Harriet');
});

test('what a caller did not hear of a line is known with it', () => {
  const line = event({ kind: 'agent_said', text: 'Your excess is £250.', sources: [], choices: [], card: null });
  const heard = event({ kind: 'agent_heard', said_seq: line.seq, text: 'Your excess', is_whole: false });
  const [turn] = entriesOf([line, heard], [], 'Harriet');
  assert.equal(turn.heard, 'Your excess');
});

test('what waits to be sent stands last, under the id it goes by', () => {
  const parcel = {
    clientId: 'p1',
    at: '2026-11-22T09:01:00Z',
    text: 'On its way',
    type: 'say',
    state: 'sending',
    retries: 0,
  };
  const entries = entriesOf([said('Hello')], [parcel], 'Harriet', [], 'op-1');
  assert.equal(entries.at(-1)?.key, 'cp1');
  assert.equal(entries.at(-1)?.parcel, parcel);
});

test('a call ends in the transcript with its conversation', () => {
  const events = [
    event({ kind: 'call_started', call_id: 'call-1', carrier: 'browser', is_recorded: true }),
    event({ kind: 'ended', by: 'customer', reason: 'resolved' }),
  ];
  assert.ok(entriesOf(events, [], 'Harriet').some((entry) => entry.kind === 'call' && entry.callId === 'call-1'));
});
