"""One speaking leg: frames in, turns with their words out. Clockless; transcription is asked for by commands.

```
 frames ──► speech detector ──► turn detector ──► EagerEndOfTurn ── Transcribe, Judge ──► EagerTranscript
                                              ├─► SpeechResumed ── Forget ────────► TurnResumed
                                              ├─► TurnEnded ── MakeFinal | Transcribe ─► SpokenTurn
                                              └─► NoiseIgnored ────────────────────► Noise
```
After an `EagerTranscript` an answer is made ahead (a preemptive answer); `TurnResumed` takes it back.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from speech import Expectation
from speech.audio import BROWSER, Samples
from speech.scheduler import Work
from speech.stt import TranscriptionRequest
from speech.turns import (
    CallerPace,
    EagerEndOfTurn,
    NoiseIgnored,
    SpeechResumed,
    SpeechStarted,
    TurnDecision,
    TurnDetector,
    TurnEnded,
    TurnPolicy,
)
from speech.vad import SpeechDetector
from telephony.call.values import Forget, Judge, MakeFinal, Transcribe

RATE_HZ = BROWSER.rate_hz
KEPT_SECONDS = 1.0
"""Sound remembered while nobody speaks: more than the turn detector's pre-roll."""

MOST_PENDING = 8
"""Turns that may wait for their words; a caller who talks on while the machine is stuck loses the oldest guess."""


class SpeechModels(Protocol):
    """Where a recognizer gets its detectors; `speech.SpeechEngine` is one."""

    def listen(self, rate_hz: int) -> SpeechDetector: ...

    def turns(self, pace: CallerPace | None = None) -> TurnDetector: ...


@dataclass(frozen=True)
class RecognitionHints:
    """What the agent just asked for, as speech recognition uses it."""

    expectation: Expectation = Expectation.OPEN
    digits: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    """Words the dialogue state makes likely, most important first."""


@dataclass(frozen=True)
class Began:
    """Somebody began to speak."""

    at: float


@dataclass(frozen=True)
class EagerTranscript:
    """What was said if the turn is over now."""

    text: str


@dataclass(frozen=True)
class TurnResumed:
    """The speaker goes on."""


@dataclass(frozen=True)
class SpokenTurn:
    """A turn is over. Times on the leg's stream."""

    text: str | None
    """None: the words could not be had."""
    start: float
    speech_end: float
    decided: float
    transcript: float


@dataclass(frozen=True)
class Noise:
    """A sound that was no speech."""


@dataclass(frozen=True)
class Partial:
    """What was said so far, for the screen."""

    text: str


RecognizerSign = Began | EagerTranscript | TurnResumed | SpokenTurn | Noise | Partial
RecognizerOutput = RecognizerSign | Transcribe | Judge | Forget | MakeFinal


@dataclass(frozen=True)
class _Guessing:
    attempt: int
    job: int
    judge: int
    text: str | None = None
    at: float = 0.0
    is_dead: bool = False


@dataclass
class _Pending:
    turn: TurnEnded
    job: int
    text: str | None = None
    at: float = 0.0
    is_done: bool = False


class LegRecognizer:
    """The recognizer of one leg. `at` is seconds of sound received."""

    def __init__(
        self, leg: str, speech_models: SpeechModels, next_job: Callable[[], int], *, captions: float | None
    ) -> None:
        """`captions`: least seconds between live captions, None for none."""
        self._leg = leg
        self._detector = speech_models.listen(RATE_HZ)
        self._turns = speech_models.turns()
        self._next_job = next_job
        self._captions = captions
        self._captioned = 0.0
        self._caption_job = 0
        self._expected = RecognitionHints()
        self._sound: deque[Samples] = deque()
        self._sound_from = 0
        """Index of the first remembered sample in the stream."""
        self._samples = 0
        self._frames = 0
        self._began: float | None = None
        self._turn_end = 0.0
        """Sound up to here belongs to turns that are over."""
        self._guess: _Guessing | None = None
        self._pending: deque[_Pending] = deque()
        self.probabilities: list[tuple[float, float]] = []
        """(time, probability of speech) of the frames in the last `hear`, for who else listens."""

    @property
    def at(self) -> float:
        """Seconds of sound heard so far."""
        return self._samples / RATE_HZ

    @property
    def is_busy(self) -> bool:
        """True while somebody speaks, or words are awaited."""
        return self._turns.is_speaking or bool(self._pending)

    @property
    def is_speaking(self) -> bool:
        return self._turns.is_speaking

    @property
    def awaited(self) -> frozenset[int]:
        """Jobs whose words are waited for."""
        return frozenset(one.job for one in self._pending if not one.is_done)

    def set_policy(self, policy: TurnPolicy) -> None:
        self._turns.set_policy(policy)

    def expect(self, expected: RecognitionHints) -> None:
        """What the agent asked for."""
        self._expected = expected
        self._turns.expect(expected.expectation, expected.digits)

    def hear(self, samples: Samples) -> list[RecognizerOutput]:
        """Takes sound in order, any length."""
        self._remember(samples)
        self.probabilities = []
        outputs: list[RecognizerOutput] = []
        for probability in self._detector.feed(samples):
            self._frames += 1
            at = self._frames * self._detector.frame_seconds
            self.probabilities.append((at, probability))
            outputs += self._act(self._turns.hear(at, probability))
        self._forget_old()
        return outputs + self._caption()

    def finish(self) -> list[RecognizerOutput]:
        """No more sound comes for now: what was said so far is a turn."""
        return self._act(self._turns.stop(self._heard_until))

    def transcribed(self, job: int, text: str | None) -> list[RecognizerOutput]:
        """The words of a job; None when they could not be had."""
        if job == self._caption_job:
            self._caption_job = 0
            return [Partial(text)] if text and self._turns.is_speaking else []
        for pending in self._pending:
            if pending.job == job:
                pending.text, pending.at, pending.is_done = text, self.at, True
                return list(self._ready())
        guess = self._guess
        if guess is None or guess.job != job:
            return []
        if text is None:
            self._guess = replace(guess, is_dead=True)
            return []
        self._guess = replace(guess, text=text, at=self.at)
        decided = self._act(self._turns.heard(guess.attempt, text, self._heard_until))
        return decided or ([EagerTranscript(text)] if text else [])

    def judged(self, job: int, finished: float) -> list[RecognizerOutput]:
        """How finished the voice sounded."""
        guess = self._guess
        if guess is None or guess.judge != job:
            return []
        return self._act(self._turns.sounded(guess.attempt, finished, self._heard_until))

    @property
    def _heard_until(self) -> float:
        return self._frames * self._detector.frame_seconds

    def _act(self, decisions: list[TurnDecision]) -> list[RecognizerOutput]:
        outputs: list[RecognizerOutput] = []
        for decision in decisions:
            match decision:
                case SpeechStarted(at=at):
                    self._began = self._captioned = at
                    outputs.append(Began(at))
                case EagerEndOfTurn():
                    outputs += self._eager_end(decision)
                case SpeechResumed():
                    outputs += self._drop_guess()
                case TurnEnded():
                    outputs += self._end(decision)
                case NoiseIgnored():
                    outputs += [*self._drop_guess(), Noise()]
                    self._began = None
        return outputs

    def _eager_end(self, decision: EagerEndOfTurn) -> list[RecognizerOutput]:
        dropped = self._drop_guess()
        job, judge = self._next_job(), self._next_job()
        self._guess = _Guessing(decision.attempt, job, judge)
        sound = self._cut(max(decision.start, self._turn_end), decision.end)
        return [
            *dropped,
            Transcribe(job, self._leg, Work.EAGER, self._request(sound)),
            Judge(judge, self._leg, sound),
        ]

    def _drop_guess(self) -> list[RecognizerOutput]:
        guess, self._guess = self._guess, None
        return [] if guess is None else [Forget(guess.job), Forget(guess.judge), TurnResumed()]

    def _end(self, turn: TurnEnded) -> list[RecognizerOutput]:
        # The pre-roll of a turn that follows at once would repeat the last words of the one before.
        turn = replace(turn, start=max(turn.start, self._turn_end))
        self._turn_end = min(turn.end, turn.decided_at)
        guess, self._guess, self._began = self._guess, None, None
        outputs: list[RecognizerOutput] = []
        if len(self._pending) >= MOST_PENDING:
            outputs.append(Forget(self._pending.popleft().job))
        if guess and guess.attempt == turn.attempt and not guess.is_dead:
            self._pending.append(_Pending(turn, guess.job, guess.text, guess.at, guess.text is not None))
            outputs.append(Forget(guess.judge))
            if guess.text is None:
                outputs.append(MakeFinal(guess.job))
        else:
            job = self._next_job()
            self._pending.append(_Pending(turn, job))
            sound = self._cut(turn.start, turn.end)
            outputs.append(Transcribe(job, self._leg, Work.FINAL, self._request(sound)))
        return [*outputs, *self._ready()]

    def _ready(self) -> list[SpokenTurn]:
        """Turns whose words are there, in the order they were said."""
        ready = []
        while self._pending and self._pending[0].is_done:
            one = self._pending.popleft()
            ended = one.turn
            ready.append(SpokenTurn(one.text, ended.start, ended.speech_ended, ended.decided_at, one.at))
        return ready

    def _caption(self) -> list[RecognizerOutput]:
        is_due = (
            self._captions is not None
            and self._began is not None
            and not self._caption_job
            and self._guess is None
            and self.at - self._captioned >= self._captions
        )
        if not is_due or self._began is None:
            return []
        self._captioned = self.at
        self._caption_job = self._next_job()
        sound = self._cut(max(0.0, self._began - 0.3), self.at)
        return [Transcribe(self._caption_job, self._leg, Work.CAPTION, replace(self._request(sound), is_draft=True))]

    def _request(self, sound: Samples) -> TranscriptionRequest:
        expected = self._expected
        return TranscriptionRequest(sound, expected.expectation, expected.words, expected.digits)

    def _remember(self, samples: Samples) -> None:
        self._sound.append(samples)
        self._samples += len(samples)

    def _forget_old(self) -> None:
        keep_from = self.at - KEPT_SECONDS if self._began is None else max(0.0, self._began - KEPT_SECONDS)
        while self._sound and self._sound_from + len(self._sound[0]) < keep_from * RATE_HZ:
            self._sound_from += len(self._sound.popleft())

    def _cut(self, start: float, end: float) -> Samples:
        """The remembered sound from `start` to `end`."""
        first = max(0, int(start * RATE_HZ) - self._sound_from)
        last = int(end * RATE_HZ) - self._sound_from
        whole: Samples = np.concatenate(self._sound) if self._sound else np.zeros(0, np.float32)
        return whole[first:last]
