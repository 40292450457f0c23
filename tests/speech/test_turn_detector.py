"""Turn-taking in virtual time: frames and texts in, decisions out. No clock, no sound."""

import pytest

from speech import Expectation
from speech.turns import (
    CallerPace,
    EagerEndOfTurn,
    EndReason,
    NoiseIgnored,
    SpeechResumed,
    SpeechStarted,
    TurnDecision,
    TurnDetector,
    TurnEnded,
    TurnPolicy,
    patient,
)

FRAME = 0.032


class Line:
    """A caller's stream: speaks, falls silent, and hands every text to the detector at its time."""

    def __init__(self, detector: TurnDetector) -> None:
        self.detector = detector
        self.frames = 0
        self.decisions: list[TurnDecision] = []

    @property
    def now(self) -> float:
        return self.frames * FRAME

    def speak(self, seconds: float) -> "Line":
        return self._feed(seconds, 0.95)

    def rest(self, seconds: float) -> "Line":
        return self._feed(seconds, 0.02)

    def murmur(self, seconds: float) -> "Line":
        """Between the two thresholds: neither clearly speech nor clearly silence."""
        return self._feed(seconds, 0.42)

    def text(self, text: str) -> "Line":
        """The newest eager end's transcript arrives now."""
        self.decisions += self.detector.heard(self.attempt, text, self.now)
        return self

    def voice(self, finished: float) -> "Line":
        """The end-of-turn model's opinion arrives now."""
        self.decisions += self.detector.sounded(self.attempt, finished, self.now)
        return self

    @property
    def attempt(self) -> int:
        return max((each.attempt for each in self.decisions if isinstance(each, EagerEndOfTurn)), default=0)

    @property
    def kinds(self) -> list[str]:
        return [type(each).__name__ for each in self.decisions]

    @property
    def ended(self) -> TurnEnded:
        (turn,) = (each for each in self.decisions if isinstance(each, TurnEnded))
        return turn

    @property
    def silence(self) -> float:
        """How long the caller was silent when the turn ended."""
        return self.ended.decided_at - self.ended.speech_ended

    def _feed(self, seconds: float, probability: float) -> "Line":
        for _ in range(round(seconds / FRAME)):
            self.frames += 1
            self.decisions += self.detector.hear(self.now, probability)
        return self


def _line(
    expectation: Expectation = Expectation.OPEN, *digits: int, pace: CallerPace | None = None, **policy: float
) -> Line:
    detector = TurnDetector(TurnPolicy(**policy), FRAME, pace)  # type: ignore[arg-type]
    detector.expect(expectation, digits)
    return Line(detector)


def test_a_plain_turn_is_started_guessed_and_ended() -> None:
    line = _line().rest(1.0).speak(1.5).rest(1.0)

    assert line.kinds == ["SpeechStarted", "EagerEndOfTurn", "TurnEnded"]
    started, guess, ended = line.decisions
    assert isinstance(started, SpeechStarted)
    assert isinstance(guess, EagerEndOfTurn)
    assert isinstance(ended, TurnEnded)
    assert started.at == pytest.approx(1.0, abs=FRAME)
    assert guess.start == pytest.approx(started.at - 0.3)
    assert guess.end == pytest.approx(guess.silence_began + 0.1)
    assert (ended.start, ended.end, ended.attempt) == (guess.start, guess.end, guess.attempt)
    assert ended.reason is EndReason.SILENCE


@pytest.mark.parametrize(
    ("expectation", "seconds"),
    [
        (Expectation.YES_NO, 0.35),
        (Expectation.OPEN, 0.5),
        (Expectation.DIGITS, 0.9),
        (Expectation.ADDRESS, 1.2),
    ],
)
def test_without_text_the_state_decides_how_long_to_wait(expectation: Expectation, seconds: float) -> None:
    line = _line(expectation).speak(1.0).rest(3.0)

    assert line.silence == pytest.approx(seconds, abs=FRAME)


@pytest.mark.parametrize(
    ("expectation", "digits", "text", "seconds", "reason"),
    [
        (Expectation.YES_NO, (), "Yes.", 0.25, EndReason.ANSWERED),
        (Expectation.YES_NO, (), "Yes, but", 1.2, EndReason.UNFINISHED),
        (Expectation.DIGITS, (7,), "710 4482", 0.25, EndReason.ANSWERED),
        (Expectation.DIGITS, (7,), "710", 1.44, EndReason.UNFINISHED),
        (Expectation.DIGITS, (), "710", 0.9, EndReason.SILENCE),
        (Expectation.OPEN, (), "I want to change my address.", 0.42, EndReason.SENTENCE),
        (Expectation.OPEN, (), "I want to change my", 1.2, EndReason.UNFINISHED),
        (Expectation.OPEN, (), "Hello.", 1.2, EndReason.UNFINISHED),
        (Expectation.OPEN, (), "My claim", 0.5, EndReason.SILENCE),
    ],
)
def test_the_text_makes_the_wait_shorter_or_longer(
    expectation: Expectation, digits: tuple[int, ...], text: str, seconds: float, reason: EndReason
) -> None:
    line = _line(expectation, *digits, eager_spelled_seconds=0.0).speak(1.0).rest(0.15).text(text).rest(3.0)

    assert line.silence == pytest.approx(seconds, abs=FRAME)
    assert line.ended.reason is reason


def test_figures_in_pieces_are_not_guessed_at_every_gap() -> None:
    line = _line(Expectation.DIGITS, 7)
    for _ in range(7):
        line.speak(0.25).rest(0.2)

    assert line.rest(2.0).kinds.count("EagerEndOfTurn") == 1


@pytest.mark.parametrize(("finished", "seconds"), [(0.99, 0.25), (0.7, 0.42), (0.1, 0.5)])
def test_the_voice_tells_a_last_sentence_from_a_first(finished: float, seconds: float) -> None:
    line = _line().speak(1.0).rest(0.1).voice(finished).rest(0.05).text("I want a new policy.").rest(3.0)

    assert line.silence == pytest.approx(seconds, abs=FRAME)


@pytest.mark.parametrize(("finished", "seconds"), [(0.99, 0.5), (0.7, 1.2)])
def test_a_comma_is_believed_unless_the_voice_has_come_to_rest(finished: float, seconds: float) -> None:
    line = _line().speak(1.0).rest(0.1).voice(finished).rest(0.05).text("I want a large coffee with cream,").rest(3.0)

    assert line.silence == pytest.approx(seconds, abs=FRAME)


def test_a_text_that_comes_late_ends_the_turn_the_moment_it_comes() -> None:
    line = _line().speak(1.0).rest(0.46).text("I want a new policy.")

    assert line.kinds[-1] == "TurnEnded"
    assert line.ended.decided_at == line.now


def test_speech_that_resumes_drops_the_guess_and_its_text() -> None:
    line = _line().speak(1.0).rest(0.2)
    old = line.attempt
    line.speak(0.5)
    late = line.detector.heard(old, "I want a new policy.", line.now)
    line.rest(1.0)

    assert line.kinds == ["SpeechStarted", "EagerEndOfTurn", "SpeechResumed", "EagerEndOfTurn", "TurnEnded"]
    resumed = line.decisions[2]
    assert isinstance(resumed, SpeechResumed)
    assert resumed.attempt == old
    assert resumed.pause_seconds == pytest.approx(0.2, abs=FRAME)
    assert late == []
    assert line.ended.attempt == old + 1


def test_a_turn_that_ends_before_any_guess_must_still_be_transcribed() -> None:
    line = _line(eager_after_seconds=5.0).speak(1.0).rest(1.0)

    assert line.ended.attempt == 0


def test_a_murmur_is_neither_a_start_nor_an_end() -> None:
    assert _line().murmur(2.0).kinds == []
    assert _line().speak(0.5).murmur(2.0).kinds == ["SpeechStarted"]


def test_a_click_is_nothing_and_a_cough_is_ignored() -> None:
    assert _line().speak(0.04).rest(1.0).kinds == []
    (started, ignored) = _line().speak(0.16).rest(1.0).decisions
    assert isinstance(started, SpeechStarted)
    assert isinstance(ignored, NoiseIgnored)
    assert ignored.speech_seconds == pytest.approx(0.16)


def test_a_short_no_counts_where_a_short_answer_is_expected() -> None:
    assert _line(Expectation.YES_NO).speak(0.19).rest(1.0).kinds[-1] == "TurnEnded"


def test_a_monologue_is_cut() -> None:
    line = _line(longest_turn_seconds=10.0).speak(25.0)

    ends = [each for each in line.decisions if isinstance(each, TurnEnded)]
    assert [each.reason for each in ends] == [EndReason.TOO_LONG] * 2
    assert ends[1].start >= ends[0].end - 0.5


def test_a_caller_who_pauses_long_is_waited_for_longer() -> None:
    line = _line().speak(0.5).rest(0.4).speak(0.5).rest(0.45).speak(0.5).rest(0.45).speak(0.5).rest(3.0)

    assert line.silence > 0.53
    assert line.detector.pace.pauses == 3


def test_a_turn_split_at_a_pause_teaches_too() -> None:
    line = _line().speak(1.0).rest(0.6).speak(1.0).rest(1.0)

    assert line.detector.pace.pauses == 1
    assert line.detector.pace.mean_pause_seconds == pytest.approx(0.6, abs=2 * FRAME)


def test_the_pace_goes_with_the_caller_to_the_next_leg() -> None:
    slow = CallerPace().after_pause(0.7).after_pause(0.7)

    assert _line(pace=slow).speak(1.0).rest(3.0).silence == pytest.approx(0.91, abs=FRAME)


def test_no_silence_is_waited_out_for_ever() -> None:
    endless = CallerPace().after_pause(2.0).after_pause(2.0)

    assert _line(pace=endless).speak(1.0).rest(5.0).silence == pytest.approx(2.5, abs=2 * FRAME)


def test_a_loaded_machine_guesses_later() -> None:
    line = _line()
    line.detector.set_policy(patient(TurnPolicy(), eager_after_seconds=0.19))
    line.speak(1.0).rest(0.16)

    assert line.kinds == ["SpeechStarted"]
    assert line.rest(0.04).kinds == ["SpeechStarted", "EagerEndOfTurn"]


def test_two_turns_do_not_share_anything() -> None:
    line = _line().speak(1.0).rest(0.15).text("I want to change my").rest(2.0)
    line.decisions.clear()
    line.speak(1.0).rest(1.0)

    assert line.ended.reason is EndReason.SILENCE
