// @ts-check
// The wire's sound: PCM of one channel, 16-bit little-endian, 16 kHz, in frames of 20 ms.
// docs/reference/websocket-protocol.md

export const RATE_HZ = 16_000;
export const FRAME_MS = 20;
/** Samples of one frame. */
export const FRAME_SAMPLES = (RATE_HZ * FRAME_MS) / 1000;
