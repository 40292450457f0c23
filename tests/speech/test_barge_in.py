"""An interruption stops the agent; a cough does not. In virtual time."""

import pytest

from speech.turns import BargeInDecision, BargeInDetector, BargeInPolicy, Interrupt, PausePlayback, ResumePlayback

FRAME = 0.032


class Talk:
    """The agent speaks from time zero; the caller makes sounds."""

    def __init__(self, *, is_question: bool = False, **policy: float) -> None:
        self.detector = BargeInDetector(BargeInPolicy(**policy), FRAME)
        self.detector.playback_started(0.0, is_question=is_question)
        self.frames = 0
        self.decisions: list[BargeInDecision] = []

    @property
    def now(self) -> float:
        return self.frames * FRAME

    def sound(self, seconds: float, probability: float = 0.95) -> "Talk":
        for _ in range(round(seconds / FRAME)):
            self.frames += 1
            self.decisions += self.detector.hear(self.now, probability)
        return self

    def quiet(self, seconds: float) -> "Talk":
        return self.sound(seconds, 0.02)

    def words(self, text: str, *, is_final: bool = True) -> "Talk":
        self.decisions += self.detector.words(self.now, text, is_final=is_final)
        return self

    @property
    def kinds(self) -> list[type[BargeInDecision]]:
        return [type(each) for each in self.decisions]


def test_a_quarter_second_of_speech_pauses_and_words_interrupt() -> None:
    talk = Talk().quiet(1.0).sound(0.5).words("Wait, that's wrong.")

    paused, interrupted = talk.decisions
    assert isinstance(paused, PausePlayback)
    assert paused.at == pytest.approx(1.0 + 0.25, abs=2 * FRAME)
    assert paused.speech_began == pytest.approx(1.0, abs=FRAME)
    assert interrupted == Interrupt(talk.now, "Wait, that's wrong.")


def test_a_cough_never_stops_the_agent() -> None:
    assert Talk().sound(0.16).quiet(0.5).sound(0.16).quiet(1.0).kinds == []


def test_a_longer_noise_pauses_and_the_agent_goes_on_at_once_when_no_words_were_in_it() -> None:
    talk = Talk().sound(0.4).quiet(0.3).words("")

    assert talk.kinds == [PausePlayback, ResumePlayback]
    assert not talk.detector.is_paused


def test_without_any_transcript_the_agent_goes_on_after_two_seconds() -> None:
    talk = Talk().sound(0.4).quiet(1.9)
    assert talk.kinds == [PausePlayback]

    assert talk.quiet(0.2).kinds == [PausePlayback, ResumePlayback]


def test_the_agent_waits_while_the_caller_still_speaks() -> None:
    assert Talk().sound(6.0).kinds == [PausePlayback]


def test_a_sound_that_never_ends_and_has_no_words_does_not_silence_the_agent_for_good() -> None:
    talk = Talk().sound(30.0)
    assert talk.kinds == [PausePlayback, ResumePlayback]

    assert talk.quiet(0.5).sound(0.3).kinds == [PausePlayback, ResumePlayback, PausePlayback]


@pytest.mark.parametrize("backchannel", ["Mm-hm.", "Okay.", "Yeah, right.", "I see."])
def test_a_backchannel_is_no_interruption_but_an_answer_to_a_question(backchannel: str) -> None:
    assert Talk().sound(0.4).words(backchannel).kinds == [PausePlayback, ResumePlayback]
    assert Talk(is_question=True).sound(0.4).words(backchannel).kinds == [PausePlayback, Interrupt]


def test_words_interrupt_even_before_the_quarter_second() -> None:
    assert Talk().sound(0.1).words("Stop!", is_final=False).kinds == [Interrupt]


def test_a_partial_nod_decides_nothing_yet() -> None:
    assert Talk().sound(0.4).words("Okay", is_final=False).kinds == [PausePlayback]


def test_after_a_resume_the_caller_may_interrupt_again() -> None:
    talk = Talk().sound(0.4).quiet(0.3).words("").quiet(0.5).sound(0.5).words("Actually no, a person please.")

    assert talk.kinds == [PausePlayback, ResumePlayback, PausePlayback, Interrupt]


def test_without_echo_cancellation_the_first_moment_is_not_listened_to() -> None:
    assert Talk(deaf_seconds=0.5).sound(0.45).quiet(0.5).kinds == []


def test_nothing_can_be_interrupted_when_the_agent_is_silent() -> None:
    talk = Talk()
    talk.detector.playback_finished()

    assert talk.sound(1.0).words("Hello?").kinds == []
