"""Fakes that ship: the demo, the tests and a machine without models run on them.

A scripted transcriber answers from a list, a scripted voice hums a tone whose length follows the text, a level detector
calls loud frames speech. All are deterministic and cost nothing.
"""

import threading
from collections.abc import Callable, Iterable

import numpy as np

from speech.audio import Reblocker, Samples, rms_dbfs
from speech.stt.values import Transcript, TranscriptionRequest
from speech.vad import FRAME_SECONDS


class ScriptedTranscriber:
    """Answers in order from a script; when it is used up, the last line again ("" for an empty script)."""

    def __init__(self, script: Iterable[str | Transcript], *, name: str = "scripted") -> None:
        self._script = list(script)
        self._name = name
        self._lock = threading.Lock()
        self.requests: list[TranscriptionRequest] = []
        """everything that was asked, oldest first"""

    @property
    def name(self) -> str:
        """As given."""
        return self._name

    def transcribe(self, request: TranscriptionRequest) -> Transcript:
        """The next line of the script."""
        with self._lock:
            line = self._script[min(len(self.requests), len(self._script) - 1)] if self._script else ""
            self.requests.append(request)
        if isinstance(line, Transcript):
            return line
        return Transcript(line, logprob=-0.2, no_speech=0.0 if line else 1.0, seconds=request.seconds)


class ScriptedVoice:
    """A quiet tone of 60 ms a letter between two short silences, as real voices have."""

    def __init__(self, *, rate_hz: int = 16000, seconds_per_letter: float = 0.06) -> None:
        self._rate_hz = rate_hz
        self._seconds_per_letter = seconds_per_letter
        self.said: list[str] = []
        """every text that was rendered, oldest first"""

    @property
    def name(self) -> str:
        """ "scripted"."""
        return "scripted"

    @property
    def rate_hz(self) -> int:
        """As given."""
        return self._rate_hz

    def say(self, words: str) -> Samples:
        """The tone; longer words, longer tone."""
        self.said.append(words)
        count = int(len(words) * self._seconds_per_letter * self._rate_hz)
        tone = 0.2 * np.sin(2 * np.pi * 220.0 * np.arange(count) / self._rate_hz)
        silence = np.zeros(self._rate_hz // 10, np.float32)
        return np.concatenate([silence, tone.astype(np.float32), silence])


class LevelDetector:
    """Calls a frame speech when it is louder than -40 dBFS; the detector of scripted calls."""

    def __init__(self, rate_hz: int) -> None:
        self._blocks = Reblocker(int(rate_hz * FRAME_SECONDS))

    @property
    def frame_seconds(self) -> float:
        """32 ms, as the real one."""
        return FRAME_SECONDS

    def feed(self, samples: Samples) -> list[float]:
        """1.0 for loud frames, 0.0 for the others."""
        return [1.0 if rms_dbfs(frame) > -40.0 else 0.0 for frame in self._blocks.feed(samples)]


class ScriptedEndOfTurn:
    """An end-of-turn model with one opinion."""

    def __init__(self, finished: float | Callable[[Samples], float] = 1.0) -> None:
        self._finished = finished

    def finished(self, samples: Samples) -> float:
        """The opinion."""
        return self._finished(samples) if callable(self._finished) else self._finished


def spoken_line(words_seconds: Iterable[tuple[float, bool]], rate_hz: int = 16000) -> Samples:
    """A caller as sound: (seconds, is speech) one after another, a tone for speech, zeros for silence."""
    pieces: list[Samples] = []
    for seconds, is_speech in words_seconds:
        time = np.arange(int(seconds * rate_hz)) / rate_hz
        pieces.append((0.3 * np.sin(2 * np.pi * 180.0 * time) if is_speech else 0.0 * time).astype(np.float32))
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
