// A message written is kept until the server has it, and goes out again under the same id.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import './page.js';
import { Outbox, newClientId } from '../../screens/kit/outbox.js';

function outbox() {
  const sent = [];
  const line = { isLive: true };
  const box = new Outbox({
    send: (parcel) => {
      if (line.isLive) sent.push(parcel.clientId);
      return line.isLive;
    },
    onChange: () => {},
  });
  return { box, sent, line };
}

test('what was written without a line goes out in order once there is one, under the ids it has', () => {
  const { box, sent, line } = outbox();
  line.isLive = false;
  const first = box.post({ text: 'one', type: 'say' });
  const second = box.post({ text: 'two', type: 'say' });
  assert.deepEqual(sent, []);
  line.isLive = true;
  box.flush();
  assert.deepEqual(sent, [first.clientId, second.clientId]);
  box.clear();
});

test('an acknowledged message is forgotten, any other is not', () => {
  const { box } = outbox();
  const kept = box.post({ text: 'one', type: 'say' });
  const gone = box.post({ text: 'two', type: 'say' });
  box.acknowledge(gone.clientId);
  assert.deepEqual(
    box.parcels.map(({ clientId }) => clientId),
    [kept.clientId],
  );
  box.clear();
});

test('a refusal without a way on says why, and the message can be tried again', () => {
  const { box, sent } = outbox();
  const { clientId } = box.post({ text: 'one', type: 'say' });
  box.refuse(clientId, 'Too long.');
  assert.equal(box.find(clientId)?.state, 'failed');
  assert.equal(box.find(clientId)?.why, 'Too long.');
  box.retry(clientId);
  assert.equal(box.find(clientId)?.state, 'sending');
  assert.deepEqual(sent, [clientId, clientId]);
  box.clear();
});

test('messages of an earlier page are taken over once', () => {
  const { box } = outbox();
  const parcel = { clientId: 'a', text: 'one', type: 'say', at: '2026-11-22T09:00:00Z', state: 'sending', retries: 0 };
  box.restore([parcel]);
  box.restore([parcel]);
  assert.equal(box.parcels.length, 1);
});

test('ids are fresh and fit the protocol', () => {
  const ids = new Set(Array.from({ length: 200 }, newClientId));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{22}$/);
});
