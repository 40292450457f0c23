"""Cuts speech that is longer than Whisper's 30 s at its quietest moments."""

from collections.abc import Iterator

import numpy as np

from speech.audio import Samples
from speech.stt.values import STT_RATE_HZ

MAX_PIECE_SECONDS = 28.0
_SEARCH_SECONDS = 8.0
_WINDOW_SAMPLES = STT_RATE_HZ // 50


def pieces(samples: Samples) -> Iterator[tuple[float, Samples]]:
    """(start in seconds, samples) of each piece, in order; one piece when the sound is short enough."""
    at, longest = 0, int(MAX_PIECE_SECONDS * STT_RATE_HZ)
    while len(samples) - at > longest:
        cut = _quietest(samples, at + longest - int(_SEARCH_SECONDS * STT_RATE_HZ), at + longest)
        yield at / STT_RATE_HZ, samples[at:cut]
        at = cut
    yield at / STT_RATE_HZ, samples[at:]


def _quietest(samples: Samples, start: int, end: int) -> int:
    """Middle of the quietest 300 ms between two positions."""
    whole = (end - start) // _WINDOW_SAMPLES
    power = np.square(samples[start : start + whole * _WINDOW_SAMPLES]).reshape(whole, _WINDOW_SAMPLES).sum(axis=1)
    smooth = np.convolve(power, np.ones(15), mode="valid")
    return start + (int(np.argmin(smooth)) + 7) * _WINDOW_SAMPLES
