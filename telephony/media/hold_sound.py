"""What a caller hears when nobody speaks: the hold sound, the ringing tone and a chime. Made here, free of any rights.

The hold sound is 48 seconds of slow, warm chords with a bell now and then, some 9 dB softer than a voice. It ends as it
begins, so it can go round for ever. Rendering takes half a second, once: `prepare` it in a thread at start.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np

from speech.audio import Samples, to_pcm16
from telephony.wire import FRAME_BYTES, SAMPLE_RATE_HZ

CHORD_SECONDS = 8.0
CROSSING_SECONDS = 5.0
FADE_IN_SECONDS = 2.0
HOLD_RMS = 10 ** (-29 / 20)
"""-29 dBFS; the agent's voice is near -20."""

_CHORDS = (
    (41, 53, 57, 60, 67),  # F with the ninth: F A C G
    (38, 53, 57, 60, 64),  # D minor with the ninth: D F A C E
    (46, 53, 58, 62, 69),  # B flat with the seventh: B flat F D A
    (43, 53, 58, 60, 62),  # G minor, open: G F B flat C D
    (45, 52, 57, 60, 67),  # A minor with the seventh: A E C G
    (48, 53, 58, 62, 67),  # C, suspended: C F B flat D G
)
"""MIDI notes; neighbours share tones, so one grows out of the other."""

_BELLS = ((3.0, 77), (10.5, 81), (13.0, 79), (20.5, 74), (29.0, 77), (35.5, 84), (43.0, 79), (45.5, 77))
"""(seconds into the loop, MIDI note), uneven so that no beat is felt."""

_PARTIALS = ((1, 1.0), (2, 0.42), (3, 0.2), (4, 0.09), (5, 0.04))
_VOICES = ((1.0, 1.0), (1.0013, 0.35))
"""(tuning, level): a softer second voice two cents sharp gives a slow shimmer instead of a dead tone."""

RINGBACK_HZ = (400.0, 450.0)
RINGBACK_CADENCE = ((0.4, True), (0.2, False), (0.4, True), (2.0, False))
"""Seconds on and off: the British ringing tone (BT SIN 350)."""


def hold_frames() -> Iterator[bytes]:
    """The hold sound from its soft start, without end, a frame of 20 ms each time."""
    loop = _hold_loop()
    opening = np.frombuffer(loop[: _samples(FADE_IN_SECONDS) * 2], "<i2").astype(np.float32) / 32_768
    rising = to_pcm16(np.asarray(opening * _rise(len(opening)), np.float32))
    yield from _frames(rising)
    at = len(rising)
    while True:
        yield from _frames(loop[at:])
        at = 0


def ringback_frames() -> Iterator[bytes]:
    """The ringing tone, without end, a frame of 20 ms each time."""
    while True:
        yield from _frames(_ringback())


@cache
def chime() -> bytes:
    """Two soft notes that say "connected": 0.6 s, whole frames."""
    sound = np.zeros(_samples(0.6), np.float32)
    for start, note in ((0.0, 72), (0.16, 79)):
        bell = _bell(note, len(sound) - _samples(start), tail_seconds=0.12)
        sound[_samples(start) :] += bell
    sound *= 0.12 / float(np.abs(sound).max())
    sound[-_samples(0.1) :] *= _rise(_samples(0.1))[::-1]
    return to_pcm16(sound)


def prepare() -> None:
    """Render everything now, so that no caller waits for it."""
    _hold_loop()
    _ringback()
    chime()


@cache
def _hold_loop() -> bytes:
    loop = np.zeros(_samples(CHORD_SECONDS * len(_CHORDS)), np.float32)
    tones = {note: _pad(note) for note in {note for chord in _CHORDS for note in chord}}
    for number, chord in enumerate(_CHORDS):
        for note in chord:
            _add_round(loop, number * CHORD_SECONDS, tones[note])
    for start, note in _BELLS:
        _add_round(loop, start, 0.35 * _bell(note, _samples(5.0), tail_seconds=1.1))
    loop *= HOLD_RMS / float(np.sqrt(np.mean(np.square(loop))))
    return to_pcm16(loop)


@cache
def _ringback() -> bytes:
    parts = []
    for seconds, is_on in RINGBACK_CADENCE:
        tone = _samples(seconds)
        sound = sum(_sine(hertz, tone) for hertz in RINGBACK_HZ) if is_on else np.zeros(tone, np.float32)
        edge = _samples(0.01)
        shaped = np.asarray(0.04 * sound, np.float32)
        shaped[:edge] *= _rise(edge)
        shaped[-edge:] *= _rise(edge)[::-1]
        parts.append(shaped)
    return to_pcm16(np.concatenate(parts))


def _pad(note: int) -> Samples:
    """One tone of a chord. It fades while the next chord swells, at equal power, so the loudness stays level."""
    swell = np.sqrt(_rise(_samples(CROSSING_SECONDS)))
    shape = np.concatenate([swell, np.ones(_samples(CHORD_SECONDS - CROSSING_SECONDS), np.float32), swell[::-1]])
    hertz = _hertz(note)
    sound = np.zeros(len(shape), np.float32)
    for tuning, strength in _VOICES:
        for partial, level in _PARTIALS:
            sound += np.float32(strength * level) * _sine(hertz * tuning * partial, len(shape))
    # Low tones carry further than they should on good headphones and not at all on a phone.
    return np.asarray(sound * shape * (0.6 if note < 50 else 1.0), np.float32)


def _bell(note: int, count: int, *, tail_seconds: float) -> Samples:
    hertz, seconds = _hertz(note), np.arange(count, dtype=np.float32) / SAMPLE_RATE_HZ
    ring = np.exp(-seconds / tail_seconds) * (1 - np.exp(-seconds / 0.008))
    sound = _sine(hertz, count) + 0.18 * np.exp(-3 * seconds / tail_seconds) * _sine(hertz * 3, count)
    return np.asarray(sound * ring, np.float32)


def _add_round(loop: Samples, start_seconds: float, sound: Samples) -> None:
    """What runs over the end goes on at the beginning: that makes the loop seamless."""
    start = _samples(start_seconds)
    first = min(len(sound), len(loop) - start)
    loop[start : start + first] += sound[:first]
    loop[: len(sound) - first] += sound[first:]


def _sine(hertz: float, count: int) -> Samples:
    # Phases are taken modulo one turn in double precision: float32 would go out of tune after some seconds.
    turns = np.modf(np.arange(count) * (hertz / SAMPLE_RATE_HZ))[0]
    return np.asarray(np.sin(np.float32(2 * np.pi) * turns.astype(np.float32)), np.float32)


def _rise(count: int) -> Samples:
    """From 0 to 1 along half a cosine."""
    return np.asarray(0.5 - 0.5 * np.cos(np.linspace(0, np.pi, count)), np.float32)


def _hertz(note: int) -> float:
    return float(440.0 * 2 ** ((note - 69) / 12))


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)


def _frames(sound: bytes) -> Iterator[bytes]:
    return (sound[at : at + FRAME_BYTES] for at in range(0, len(sound), FRAME_BYTES))
