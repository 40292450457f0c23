"""Rate changes by soxr.

A whole utterance goes through the one-shot high-quality filter. A stream goes through the low-quality one: it holds
back about 5 ms, where high quality holds back 58 ms between 8 and 16 kHz.
"""

import numpy as np
import soxr

from speech.audio.pcm import Samples


def resample(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """The whole sound at another rate, high quality, no delay."""
    if from_hz == to_hz or samples.size == 0:
        return samples
    return np.asarray(soxr.resample(samples, from_hz, to_hz, quality="HQ"), dtype=np.float32)


class StreamResampler:
    """Changes the rate of one endless stream, chunk by chunk."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._stream = None if from_hz == to_hz else soxr.ResampleStream(from_hz, to_hz, 1, quality="LQ")

    def feed(self, samples: Samples, *, is_last: bool = False) -> Samples:
        """What has become final at the new rate; about 5 ms stays inside until more arrives or `is_last`."""
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=is_last), dtype=np.float32)
