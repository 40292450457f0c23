"""What goes into a voice and what comes out, the same for every provider."""

from dataclasses import dataclass
from typing import Protocol

from speech.audio import AudioFormat, Samples, resample


class Voice(Protocol):
    """Text to speech for one clause. Blocking and thread-safe: the scheduler calls it from its workers."""

    @property
    def name(self) -> str:
        """Short, for logs and reports: "hibari:heart"."""
        ...

    @property
    def rate_hz(self) -> int:
        """Rate of what `say` returns."""
        ...

    def say(self, words: str) -> Samples:
        """The sound of plain words (numbers already written out). Raises ProviderUnavailable or ProviderRefused."""
        ...


@dataclass(frozen=True)
class Clause:
    """The piece of a reply that is spoken in one go."""

    text: str
    """as the agent wrote it: what enters the record once it was heard"""
    words: str
    """as it is read aloud"""
    pause_seconds: float
    """rest after it, before the next clause"""


@dataclass(frozen=True)
class SpokenClause:
    """A clause as sound: its silent ends trimmed, its rest added."""

    text: str
    """as the agent wrote it"""
    samples: Samples
    """mono"""
    rate_hz: int
    """of the samples"""

    @property
    def seconds(self) -> float:
        """How long it sounds, the rest included."""
        return len(self.samples) / self.rate_hz

    def at_rate(self, rate_hz: int) -> Samples:
        """The same sound at another rate, one-shot."""
        return resample(self.samples, self.rate_hz, rate_hz)

    def frames(self, audio_format: AudioFormat) -> list[bytes]:
        """Wire frames for one line."""
        return audio_format.frames(self.at_rate(audio_format.rate_hz))
