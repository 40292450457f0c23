"""Both ends of a virtual line: a microphone that speaks by script, a loudspeaker that plays in its own time.

Every frame says what it is: its samples are a number. So a test reads off what was sounded, 20 ms by 20 ms, and a
transcription request reads off what was said.
"""

from collections import deque
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from speech.audio import Samples
from speech.tts import Clause, SpokenClause
from telephony import wire as w
from telephony.call.utterance import first_words
from telephony.call.values import CUSTOMER

STEP_SECONDS = w.FRAME_MS / 1_000
FRAME_SAMPLES = w.FRAME_BYTES // 2

VOICES = {CUSTOMER: 16_000, "op-maya": 4_000, "op-noor": 1_000}
"""A speaker's own level; the number of what is said is added, at most MOST_SAYINGS, so that sums can be told apart."""

MOST_SAYINGS = 300
AGENT_LEVEL, HOLD_LEVEL = -8_000, -300

SILENCE = bytes(w.FRAME_BYTES)
HOLD = np.full(FRAME_SAMPLES, HOLD_LEVEL, "<i2").tobytes()


@dataclass(frozen=True)
class Saying:
    """Something said into a microphone."""

    text: str | None
    """What transcription makes of it: "" for noise, None when it fails."""
    delay_seconds: float
    """How long transcription takes."""
    frames: int


class Microphone:
    """One person's: silence until something is to be said."""

    def __init__(self, leg: str, *, is_sending: bool) -> None:
        self._level = VOICES[leg]
        self._sayings: list[Saying] = []
        self._queue: deque[bytes] = deque()
        self.is_sending = is_sending

    @property
    def is_speaking(self) -> bool:
        return bool(self._queue)

    def say(self, text: str | None, seconds: float, delay_seconds: float) -> None:
        """Say it after what is being said now."""
        saying = Saying(text, delay_seconds, round(seconds / STEP_SECONDS))
        self._sayings.append(saying)
        assert len(self._sayings) < MOST_SAYINGS
        frame = np.full(FRAME_SAMPLES, self._level + len(self._sayings), "<i2").tobytes()
        self._queue.extend([frame] * saying.frames)

    def pause(self, seconds: float) -> None:
        self._queue.extend([SILENCE] * round(seconds / STEP_SECONDS))

    def frame(self) -> bytes | None:
        """What it picks up in the next 20 ms; None when it sends nothing."""
        if not self.is_sending:
            return None
        return self._queue.popleft() if self._queue else SILENCE

    def understood(self, samples: Samples) -> tuple[str | None, float]:
        """The words in this sound, and how long it takes to find them."""
        levels = np.rint(samples * 32_768).astype(int) - self._level
        texts: list[str] = []
        delay = 0.0
        for number, saying in enumerate(self._sayings, 1):
            share = float(np.count_nonzero(levels == number)) / FRAME_SAMPLES / saying.frames
            if share == 0.0:
                continue
            delay = max(delay, saying.delay_seconds)
            if saying.text is None:
                return None, delay
            texts.append(saying.text if share > 0.9 else first_words(saying.text, share))
        return " ".join(text for text in texts if text), delay


class TaggedVoice:
    """The agent's voice: every clause takes the same time, whatever its wording, and every frame has its number."""

    def __init__(self, clause_seconds: float = 1.2) -> None:
        self._frames = round(clause_seconds / STEP_SECONDS)
        self.clauses: list[str] = []

    def render(self, clause: Clause) -> SpokenClause:
        self.clauses.append(clause.text)
        samples = np.full((self._frames, FRAME_SAMPLES), AGENT_LEVEL, np.float32)
        samples[:, 0] = len(self.clauses)
        samples[:, 1] = np.arange(self._frames)
        return SpokenClause(clause.text, np.asarray(samples.reshape(-1) / 32_768, np.float32), w.SAMPLE_RATE_HZ)


@dataclass(frozen=True)
class Sound:
    """20 ms out of a loudspeaker."""

    source: str
    """"agent", "hold", "" for silence, or who speaks: "customer", "maya", "maya+noor", "agent+maya"."""
    clause: int = 0
    """Which of the voice's clauses."""
    frame: int = 0
    """Which frame of it."""


@dataclass(frozen=True)
class Stretch:
    """The same sound for a while, seconds on the call's clock."""

    source: str
    clause: int
    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


@dataclass
class Loudspeaker:
    """Plays what it is sent, 20 ms a step, reports marks as their sound is over, forgets all at a flush."""

    is_reporting: bool = True
    sounds: list[tuple[float, Sound]] = field(default_factory=list)
    """All that was sounded and not silent: (when it began, what)."""
    most_buffered: int = 0
    _buffer: deque[bytes | str] = field(default_factory=deque)

    def take(self, message: w.ToCaller) -> None:
        match message:
            case w.Play(pcm=pcm):
                self._buffer.extend(pcm[at : at + w.FRAME_BYTES] for at in range(0, len(pcm), w.FRAME_BYTES))
                self.most_buffered = max(self.most_buffered, len(self._buffer))
            case w.Mark(mark=mark):
                self._buffer.append(mark)
            case w.Flush():
                self._buffer.clear()
            case _:
                return

    def play(self, at: float) -> list[str]:
        """One step; returns the marks reached."""
        if self._buffer and isinstance(frame := self._buffer[0], bytes):
            self._buffer.popleft()
            sound = _sound(frame)
            if sound.source:
                self.sounds.append((at, sound))
        marks = []
        while self._buffer and isinstance(self._buffer[0], str):
            marks.append(str(self._buffer.popleft()))
        return marks if self.is_reporting else []

    def stretches(self, source: str | None = None) -> list[Stretch]:
        """What was sounded, one after the other; `source` picks."""
        found: list[Stretch] = []
        for at, sound in self.sounds:
            last = found[-1] if found else None
            is_same = last and (last.source, last.clause) == (sound.source, sound.clause) and at - last.end < 0.03
            if last and is_same:
                found[-1] = Stretch(last.source, last.clause, last.start, at + STEP_SECONDS)
            else:
                found.append(Stretch(sound.source, sound.clause, at, at + STEP_SECONDS))
        return [one for one in found if source in (None, one.source)]

    def frames_of(self, clause: int) -> list[int]:
        """The frames of one of the voice's clauses as they were sounded."""
        return [sound.frame for _, sound in self.sounds if "agent" in sound.source and sound.clause == clause]

    def silent_since(self, at: float) -> bool:
        """True when nothing was sounded from then on."""
        return all(when <= at for when, _ in self.sounds)

    def sources(self, start: float = 0.0, end: float = float("inf")) -> list[str]:
        """Who was heard between the two times, each once in a row."""
        heard = [sound.source for at, sound in self.sounds if start < at <= end]
        return [source for source, _ in groupby(heard)]


def _sound(frame: bytes) -> Sound:
    samples = np.frombuffer(frame, "<i2")
    level = int(samples[2])
    if level == HOLD_LEVEL:
        return Sound("hold")
    if level < HOLD_LEVEL:
        talk = level - AGENT_LEVEL
        return Sound("+".join(["agent", *_people(talk)]), int(samples[0]) - talk, int(samples[1]) - talk)
    return Sound("+".join(_people(level)))


def _people(level: int) -> list[str]:
    return [
        name
        for name, is_in in (
            ("customer", level >= 16_000),
            ("maya", level % 16_000 >= 4_000),
            ("noor", level % 4_000 >= 1_000),
        )
        if is_in
    ]
