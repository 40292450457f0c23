"""How loud, and where the sound begins."""

import math

import numpy as np

from speech.audio.pcm import Samples

SILENCE_DBFS = -120.0
"""what an empty or all-zero sound measures; the floor of `rms_dbfs`"""


def rms_dbfs(samples: Samples) -> float:
    """Mean power in dB against a full-scale square wave, never under SILENCE_DBFS."""
    if samples.size == 0:
        return SILENCE_DBFS
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(SILENCE_DBFS, 10.0 * math.log10(power)) if power > 0.0 else SILENCE_DBFS


def peak(samples: Samples) -> float:
    """Largest magnitude, 0..1 for sound inside full scale."""
    return float(np.max(np.abs(samples))) if samples.size else 0.0


def opening_silence_samples(
    samples: Samples, rate_hz: int, *, threshold_dbfs: float = -45.0, keep_seconds: float = 0.02
) -> int:
    """How many samples may be cut from the front so that sound starts within `keep_seconds`.

    Looks at 5 ms windows; the default threshold sits 20 dB under a quiet syllable of the local voice.
    A sound that never passes the threshold is all silence: its whole length is returned.
    """
    window = max(1, rate_hz // 200)
    whole = len(samples) // window
    if whole == 0:
        return 0
    power = np.mean(np.square(samples[: whole * window].reshape(whole, window)), axis=1)
    loud = np.flatnonzero(power > 10.0 ** (threshold_dbfs / 10.0))
    if loud.size == 0:
        return len(samples)
    return max(0, int(loud[0]) * window - int(keep_seconds * rate_hz))


def trim_silence(
    samples: Samples, rate_hz: int, *, keep_before_seconds: float = 0.02, keep_after_seconds: float = 0.08
) -> Samples:
    """The sound without its silent ends, keeping a little of each so that consonants stay whole."""
    start = opening_silence_samples(samples, rate_hz, keep_seconds=keep_before_seconds)
    tail = opening_silence_samples(samples[::-1], rate_hz, keep_seconds=keep_after_seconds)
    return samples[start : max(start, len(samples) - tail)]
