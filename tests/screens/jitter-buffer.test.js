// Sound that comes in pieces is played without gaps and in order; marks come back when what was before them was played.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { JitterBuffer } from '../../screens/voice/jitter-buffer.js';

const RATE_HZ = 16_000;
const frame = (ms, level = 8_000) => new Int16Array((RATE_HZ * ms) / 1000).fill(level);
const take = (buffer, ms, now) => {
  const output = new Float32Array((RATE_HZ * ms) / 1000);
  return { output, marks: buffer.take(output, now) };
};

test('silence goes out until the target is there, then the sound', () => {
  const buffer = new JitterBuffer();
  buffer.add(frame(20), 0);
  assert.ok(take(buffer, 10, 0).output.every((sample) => sample === 0));
  buffer.add(frame(40), 0.01);
  const { output } = take(buffer, 10, 0.02);
  assert.ok(output.every((sample) => Math.abs(sample - 8_000 / 32_768) < 1e-6));
});

test('a little that never grows to the target is played after as long', () => {
  const buffer = new JitterBuffer();
  buffer.add(frame(20), 0);
  assert.ok(take(buffer, 10, 0.06).output.some((sample) => sample !== 0));
});

test('a mark comes back once the sound before it was taken, and not before', () => {
  const buffer = new JitterBuffer();
  buffer.add(frame(60), 0);
  buffer.mark('first');
  buffer.add(frame(60), 0);
  assert.deepEqual(take(buffer, 40, 0).marks, []);
  assert.deepEqual(take(buffer, 20, 0.04).marks, ['first']);
});

test('a flush drops what waits and its marks, and fades out what plays', () => {
  const buffer = new JitterBuffer();
  buffer.add(frame(200), 0);
  buffer.mark('never');
  take(buffer, 20, 0);
  buffer.flush();
  const { output, marks } = take(buffer, 20, 0.02);
  assert.deepEqual(marks, []);
  assert.ok(output[0] > output[60]);
  assert.equal(output.at(-1), 0);
});

test('late sound makes the target longer, and is counted as a gap that was heard', () => {
  const buffer = new JitterBuffer();
  const before = buffer.targetMs;
  buffer.add(frame(60), 0);
  take(buffer, 60, 0);
  buffer.add(frame(20), 0.1);
  assert.equal(buffer.underruns, 1);
  assert.ok(buffer.targetMs > before + 90);
});

test('no more than ten seconds are kept', () => {
  const buffer = new JitterBuffer();
  for (let at = 0; at < 12; at += 1) buffer.add(frame(1_000), at);
  assert.equal(buffer.bufferedMs, 10_000);
});
