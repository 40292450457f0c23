"""Rate changes: a whole sound by soxr at high quality, an endless stream by a short filter of our own.

soxr's streams are made for files: fed 20 ms at a time, 8 to 16 kHz comes out in lumps of 59 ms even at low quality. The
filter here answers every chunk at once and holds back 2 ms.
"""

from math import gcd

import numpy as np
import soxr
from numpy.typing import NDArray

from speech.audio.pcm import Samples

_HALF_WIDTH = 16
"""of the filter, in samples of the lower rate: 60 dB of what would fold back is gone 15 % above the cut"""


def resample(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """The whole sound at another rate, high quality, no delay."""
    if from_hz == to_hz or samples.size == 0:
        return samples
    return np.asarray(soxr.resample(samples, from_hz, to_hz, quality="HQ"), dtype=np.float32)


class StreamResampler:
    """Changes the rate of one endless stream, chunk by chunk; 10 microseconds for 20 ms."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        common = gcd(from_hz, to_hz)
        self._up, self._down = to_hz // common, from_hz // common
        half = _HALF_WIDTH * max(self._up, self._down)
        self._taps = _low_pass(half, max(self._up, self._down)) * self._up
        self._history: Samples = np.zeros(2 * half, np.float32)
        self._skip = 0

    def feed(self, samples: Samples) -> Samples:
        """The chunk at the new rate, 16 samples of the lower rate late."""
        if self._up == self._down:
            return samples
        raised = np.zeros(len(samples) * self._up, np.float32)
        raised[:: self._up] = samples
        line = np.concatenate([self._history, raised])
        self._history = line[len(line) - len(self._history) :]
        smooth = np.convolve(line, self._taps, mode="valid")
        kept = smooth[self._skip :: self._down]
        self._skip = (self._skip - len(raised)) % self._down
        return kept


def _low_pass(half: int, ratio: int) -> NDArray[np.float32]:
    """Windowed sinc (Kaiser, beta 6) that cuts at 0.9 of the lower rate's half; 2 * half + 1 taps that sum to one."""
    at = np.arange(-half, half + 1)
    cut = 0.9 / ratio
    taps = cut * np.sinc(cut * at) * np.kaiser(2 * half + 1, 6.0)
    normal: NDArray[np.float64] = taps / taps.sum()
    return normal.astype(np.float32)
