"""A caller's loudspeaker without a sound card: what would be heard when, by a real clock. Reads no clock itself.

arrives   [--- 100 ms ---][--- 100 ms ---] mark           flush
plays     |---------------||---------------|.................    it plays at once what it has, in order
                                           ^ played        ^ the rest is never heard, nor are its marks
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
AUDIBLE = 0.01
"""Of full scale (-40 dBFS): the first sample this loud is the first one a caller can hear. A syllable of the voice used
peaks at 0.2 to 0.5; the silence it opens with stays under 0.001."""


@dataclass
class _Stretch:
    starts: float
    loud: NDArray[np.float64]
    """seconds from `starts` of every audible sample"""


class Loudspeaker:
    """Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._stretches: list[_Stretch] = []
        self._plays_until = 0.0

    @property
    def plays_until(self) -> float:
        """When all that has arrived will have been played."""
        return self._plays_until

    def play(self, pcm: bytes, at: float) -> float | None:
        """Takes PCM16 that arrived at `at`; when its first audible sample sounds, or None."""
        samples = np.frombuffer(pcm, "<i2")
        starts = max(at, self._plays_until)
        self._plays_until = starts + len(samples) / RATE_HZ
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) >= AUDIBLE * 32768) / RATE_HZ
        if not loud.size:
            return None
        self._stretches.append(_Stretch(starts, loud))
        return starts + float(loud[0])

    def flush(self, at: float) -> None:
        """Drops what has not been played at `at`."""
        self._plays_until = min(self._plays_until, at)
        for stretch in self._stretches:
            stretch.loud = stretch.loud[stretch.starts + stretch.loud <= at]

    def first_audible(self, since: float) -> float | None:
        """When the first audible sample at or after `since` sounds, of what has arrived so far."""
        found = [stretch.starts + stretch.loud for stretch in self._stretches]
        times = [float(some[np.searchsorted(some, since)]) for some in found if some.size and some[-1] >= since]
        return min(times, default=None)

    def last_audible(self, before: float) -> float | None:
        """When the last audible sample before `before` sounded."""
        found = [stretch.starts + stretch.loud for stretch in self._stretches]
        times = [float(some[np.searchsorted(some, before) - 1]) for some in found if some.size and some[0] < before]
        return max(times, default=None)

    def forget(self, before: float) -> None:
        """Drops the memory of what was played before then."""
        self._stretches = [one for one in self._stretches if one.loud.size and one.starts + one.loud[-1] >= before]
