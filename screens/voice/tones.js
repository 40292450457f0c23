// @ts-check
// Tones of a telephone: the keys' pairs (ITU-T Q.23), the ring of an incoming call. Made in the browser, nothing to
// load.

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = ['123A', '456B', '789C', '*0#D'];
const KEY_SECONDS = 0.14;
const KEY_LOUDNESS = 0.06;

/** @type {AudioContext | undefined} */
let audio;

function context() {
  audio ??= new AudioContext();
  // Browsers keep a page silent until it was pressed once.
  if (audio.state === 'suspended') audio.resume();
  return audio;
}

/** The two frequencies of a key, in hertz. @param {string} key @returns {[number, number] | null} */
export function keyFrequencies(key) {
  const row = KEYS.findIndex((keys) => keys.includes(key));
  return row < 0 ? null : [ROWS[row], COLUMNS[KEYS[row].indexOf(key)]];
}

/** What the person who presses hears; the server is told the key, not the sound. @param {string} key */
export function playKey(key) {
  const frequencies = keyFrequencies(key);
  if (!frequencies) return;
  const at = context().currentTime;
  for (const hertz of frequencies) tone(hertz, at, KEY_SECONDS, KEY_LOUDNESS);
}

/** Two soft double rings, as a desk phone's. */
export function ring(loudness = 0.1) {
  const at = context().currentTime;
  for (const start of [0, 0.45]) for (const hertz of [440, 554.4]) tone(hertz, at + start, 0.34, loudness);
}

/** Ring every three seconds until the function it returns is called. */
export function keepRinging() {
  ring();
  const timer = window.setInterval(ring, 3_000);
  return () => clearInterval(timer);
}

/**
 * @param {number} hertz
 * @param {number} at seconds of the context's clock
 * @param {number} seconds
 * @param {number} loudness 0 to 1
 */
function tone(hertz, at, seconds, loudness) {
  const player = context();
  const source = new OscillatorNode(player, { type: 'sine', frequency: hertz });
  const volume = new GainNode(player, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + 0.01);
  volume.gain.setValueAtTime(loudness, at + seconds - 0.02);
  volume.gain.linearRampToValueAtTime(0, at + seconds);
  source.connect(volume).connect(player.destination);
  source.start(at);
  source.stop(at + seconds);
}
