"""Whose turn is it? A clockless machine: fed frames, texts and what the agent expects, it returns decisions.

```
         onset               p < silence_at          silence >= wait
 IDLE ───────────► SPEAKING ───────────────► PAUSED ────────────────► IDLE   TurnEnded (or NoiseIgnored)
                      ▲                        │  ├─ silence >= eager_after: EagerEndOfTurn(attempt)
                      └────── p >= speech_at ──┘  └─ heard(attempt, text) makes the wait shorter or longer
                              SpeechResumed(attempt)
```
"""

from dataclasses import replace

from speech.expectation import Expectation
from speech.turns.completeness import Completeness, judge
from speech.turns.decisions import (
    EagerEndOfTurn,
    EndReason,
    NoiseIgnored,
    SpeechResumed,
    SpeechStarted,
    TurnDecision,
    TurnEnded,
)
from speech.turns.pace import CallerPace
from speech.turns.policy import TurnPolicy

_TAIL_SECONDS = 0.1
"""of the silence that is handed to the transcriber: final consonants fade under the detector's threshold"""


class TurnDetector:
    """One caller's turns. All times are seconds on the caller's stream and never run backwards."""

    def __init__(self, policy: TurnPolicy, frame_seconds: float, pace: CallerPace | None = None) -> None:
        self._policy = policy
        self._frame_seconds = frame_seconds
        self.pace = pace or CallerPace()
        """what was learned about this caller; carry it to the caller's next leg"""
        self._expectation = Expectation.OPEN
        self._expected_digits: tuple[int, ...] = ()
        self._began: float | None = None
        self._fell_silent: float | None = None
        self._speech_seconds = 0.0
        self._onset_seconds = 0.0
        self._attempt = 0
        self._is_eager = False
        self._verdict = Completeness.UNKNOWN
        self._sounds_finished: float | None = None
        self._last_turn_ended: float | None = None

    @property
    def is_speaking(self) -> bool:
        """True between SpeechStarted and the end of the turn, pauses included."""
        return self._began is not None

    @property
    def silence_seconds_allowed(self) -> float:
        """The silence that would end the turn as things stand."""
        return self._wait()[0]

    def set_policy(self, policy: TurnPolicy) -> None:
        """Other patience from now on (a loaded machine looks later)."""
        self._policy = policy

    def expect(self, expectation: Expectation, expected_digits: tuple[int, ...] = ()) -> None:
        """What the agent just asked for; holds until the next call."""
        self._expectation, self._expected_digits = expectation, expected_digits

    def hear(self, at: float, probability: float) -> list[TurnDecision]:
        """Takes the frame that ended at `at`, returns what it decides, in order."""
        if self._began is None:
            return self._wait_for_onset(at, probability)
        if self._fell_silent is None:
            return self._while_speaking(at, probability, self._began)
        return self._while_silent(at, probability, self._began, self._fell_silent)

    def heard(self, attempt: int, text: str, at: float) -> list[TurnDecision]:
        """Takes the text of a eager end; one that speech has overtaken changes nothing."""
        if not self._is_current(attempt) or self._began is None or self._fell_silent is None:
            return []
        self._verdict = judge(text, self._expectation, self._expected_digits)
        return self._end_if_due(at, self._began, self._fell_silent)

    def sounded(self, attempt: int, finished: float, at: float) -> list[TurnDecision]:
        """Takes the end-of-turn model's opinion (0 hangs, 1 has come to rest) of a eager end's sound."""
        if not self._is_current(attempt) or self._began is None or self._fell_silent is None:
            return []
        self._sounds_finished = finished
        return self._end_if_due(at, self._began, self._fell_silent)

    def stop(self, at: float) -> list[TurnDecision]:
        """No more sound comes for now: a turn under way is over as it stands."""
        if self._began is None:
            self._onset_seconds = 0.0
            return []
        return [self._end(at, self._began, at if self._fell_silent is None else self._fell_silent, EndReason.CUT_OFF)]

    def _is_current(self, attempt: int) -> bool:
        return self._is_eager and attempt == self._attempt

    def _wait_for_onset(self, at: float, probability: float) -> list[TurnDecision]:
        if probability < self._policy.speech_at:
            self._onset_seconds = 0.0
            return []
        self._onset_seconds += self._frame_seconds
        if self._onset_seconds < self._policy.onset_seconds:
            return []
        began = at - self._onset_seconds
        self._began, self._fell_silent = began, None
        self._speech_seconds, self._onset_seconds = self._onset_seconds, 0.0
        self._forget_attempt()
        self._learn_from_split(began)
        return [SpeechStarted(at=began, known_at=at)]

    def _learn_from_split(self, began: float) -> None:
        ended = self._last_turn_ended
        if ended is not None and began - ended <= self._policy.split_within_seconds:
            self.pace = self.pace.after_pause(began - ended)

    def _while_speaking(self, at: float, probability: float, began: float) -> list[TurnDecision]:
        if probability < self._policy.silence_at:
            self._fell_silent = fell_silent = at - self._frame_seconds
            return self._while_silent(at, probability, began, fell_silent)
        self._speech_seconds += self._frame_seconds
        if at - began >= self._policy.longest_turn_seconds:
            return [self._end(at, began, at, EndReason.TOO_LONG)]
        return []

    def _while_silent(self, at: float, probability: float, began: float, fell_silent: float) -> list[TurnDecision]:
        if probability >= self._policy.speech_at:
            return self._resume(at, fell_silent)
        decisions: list[TurnDecision] = []
        is_time = at - fell_silent >= self._policy.eager_after(self._expectation)
        if is_time and not self._is_eager and self._is_turn():
            self._is_eager = True
            self._attempt += 1
            start, end = self._span(began, fell_silent)
            decisions.append(EagerEndOfTurn(self._attempt, start, end, fell_silent))
        return decisions + self._end_if_due(at, began, fell_silent)

    def _resume(self, at: float, fell_silent: float) -> list[TurnDecision]:
        pause = at - self._frame_seconds - fell_silent
        self._speech_seconds += self._frame_seconds
        self._fell_silent = None
        self.pace = self.pace.after_pause(pause)
        overtaken = self._attempt if self._is_eager else 0
        self._forget_attempt()
        return [SpeechResumed(overtaken, pause)] if overtaken else []

    def _end_if_due(self, at: float, began: float, fell_silent: float) -> list[TurnDecision]:
        wait, reason = self._wait()
        # Frames arrive on a grid of 32 ms; half a microsecond keeps sums of floats from losing a frame.
        if at - fell_silent + 5e-7 < wait:
            return []
        return [self._end(at, began, fell_silent, reason)]

    def _wait(self) -> tuple[float, EndReason]:
        """The silence that ends the turn now, and the reason it would give."""
        policy, sound, habit = self._policy, self._sounds_finished, self.pace.least_wait_seconds
        usual = policy.silence_seconds[self._expectation]
        match self._verdict:
            case Completeness.ANSWERED:
                wait, reason = policy.answered_seconds, EndReason.ANSWERED
            case Completeness.SENTENCE if sound is not None and sound >= policy.sounds_finished_at:
                wait, reason = policy.answered_seconds, EndReason.SENTENCE
            case Completeness.SENTENCE if sound is None or sound >= policy.sounds_unfinished_at:
                # The caller's habit counts here: a whole sentence may be the first of two.
                wait, reason = max(policy.sentence_seconds, min(habit, usual)), EndReason.SENTENCE
            case Completeness.FIGURES:
                wait, reason = max(policy.silence_seconds[Expectation.DIGITS], habit), EndReason.SILENCE
            case Completeness.TRAILING if sound is not None and sound >= policy.sounds_finished_at:
                wait, reason = max(usual, habit), EndReason.SILENCE
            case Completeness.UNFINISHED | Completeness.TRAILING:
                wait = max(policy.unfinished_seconds, policy.unfinished_times * usual, habit)
                reason = EndReason.UNFINISHED
            case _:
                wait, reason = max(usual, habit), EndReason.SILENCE
        return min(wait, policy.longest_wait_seconds), reason

    def _end(self, at: float, began: float, fell_silent: float, reason: EndReason) -> TurnDecision:
        start, end = self._span(began, fell_silent)
        decision: TurnDecision
        if self._is_turn():
            attempt = self._attempt if self._is_eager else 0
            decision = TurnEnded(start, end, fell_silent, at, attempt, reason)
            self._last_turn_ended = fell_silent
        else:
            decision = NoiseIgnored(began, fell_silent, self._speech_seconds)
        self._began = self._fell_silent = None
        self._speech_seconds = 0.0
        self._forget_attempt()
        return decision

    def _span(self, began: float, fell_silent: float) -> tuple[float, float]:
        return max(0.0, began - self._policy.preroll_seconds), fell_silent + _TAIL_SECONDS

    def _is_turn(self) -> bool:
        return self._speech_seconds >= self._policy.least_speech(self._expectation) - 5e-7

    def _forget_attempt(self) -> None:
        self._is_eager, self._verdict, self._sounds_finished = False, Completeness.UNKNOWN, None


def patient(policy: TurnPolicy, *, eager_after_seconds: float) -> TurnPolicy:
    """The same policy with eager end at another silence: the first step of a loaded machine."""
    return replace(policy, eager_after_seconds=eager_after_seconds)
