"""Cuts a stream of any chunk size into frames of one size."""

from collections.abc import Iterator

import numpy as np

from speech.audio.pcm import Samples


class Reblocker:
    """20 ms off the wire in, 32 ms to the detector out; the rest waits inside for the next chunk."""

    def __init__(self, frame_samples: int) -> None:
        if frame_samples <= 0:
            raise ValueError(f"a frame needs at least one sample, got {frame_samples!r}")
        self._frame_samples = frame_samples
        self._rest: Samples = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> Iterator[Samples]:
        """Every full frame now at hand, oldest first. The rest is kept even if the iterator is dropped half way."""
        joined = np.concatenate([self._rest, samples]) if self._rest.size else samples
        whole = len(joined) - len(joined) % self._frame_samples
        self._rest = joined[whole:].copy()
        return iter([joined[at : at + self._frame_samples] for at in range(0, whole, self._frame_samples)])

    @property
    def waiting_samples(self) -> int:
        """Samples kept back because they do not fill a frame yet."""
        return len(self._rest)
