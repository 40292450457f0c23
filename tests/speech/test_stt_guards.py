"""Second thoughts about a transcript, as plain rules."""

import numpy as np
import pytest

from speech import Expectation
from speech.stt import TranscriptionRequest
from speech.stt.guards import SecondLook, is_invented, is_loop, second_look, without_repeats
from speech.stt.prompts import MAX_STATE_WORDS, prompt_text


def _asked(expectation: Expectation = Expectation.OPEN, *digits: int, is_draft: bool = False) -> TranscriptionRequest:
    return TranscriptionRequest(np.zeros(16000, np.float32), expectation, expected_digits=digits, is_draft=is_draft)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Yes please. Yes please.", "Yes please."),
        ("Yes please. Yes, please!", "Yes please."),
        ("I see. I see. I see. Thank you.", "I see. Thank you."),
        ("No. Yes. No.", "No. Yes. No."),
        ("A small latte with milk. A small latte with", "A small latte with milk."),
        ("I want it today. I want to pay.", "I want it today. I want to pay."),
        ("I want it today. I want", "I want it today. I want"),
        ("", ""),
    ],
)
def test_a_sentence_said_twice_is_kept_once(written: str, kept: str) -> None:
    assert without_repeats(written) == kept


def test_a_loop_is_told_from_speech() -> None:
    assert is_loop("going to the bathroom and " * 12)
    assert not is_loop("I would like to change the address on my home insurance policy, please.")


def test_only_both_doubts_together_call_it_invented() -> None:
    assert is_invented(-1.8, 0.9)
    assert not is_invented(-1.8, 0.1)
    assert not is_invented(-0.4, 0.9)


@pytest.mark.parametrize(
    ("asked", "text", "logprob", "look"),
    [
        (_asked(), "I need help.", -0.3, SecondLook.NONE),
        (_asked(), "I need help.", -0.9, SecondLook.DOUBTFUL),
        (_asked(is_draft=True), "I need help.", -0.9, SecondLook.NONE),
        (_asked(Expectation.DIGITS, 7), "710 448", -0.3, SecondLook.FIGURES),
        (_asked(Expectation.DIGITS, 7), "710 4482", -0.3, SecondLook.NONE),
        (_asked(Expectation.DIGITS), "710 448", -0.3, SecondLook.NONE),
        (_asked(Expectation.DIGITS, 4), "Double 471.", -0.3, SecondLook.NONE),
        (_asked(Expectation.DIGITS, 4), "Triple 4-1.", -0.3, SecondLook.NONE),
        (_asked(Expectation.CODE, 5), "HM-1001O", -0.3, SecondLook.NONE),
        (_asked(Expectation.CODE, 5), "HM-1001.", -0.3, SecondLook.FIGURES),
        (_asked(Expectation.CODE), "HB2 4QD.", -0.3, SecondLook.NONE),
        (_asked(Expectation.DIGITS, 7), "I don't have it, it is in box 4", -0.3, SecondLook.NONE),
    ],
)
def test_a_second_look_has_a_reason(asked: TranscriptionRequest, text: str, logprob: float, look: SecondLook) -> None:
    assert second_look(asked, text, text, logprob) is look


def test_the_prompt_holds_the_states_words_once_and_within_bounds() -> None:
    words = tuple(f"word{n}" for n in range(200))

    assert prompt_text(Expectation.CHOICE, ("home", "motor", "home", " ")) == "home, motor."
    assert prompt_text(Expectation.OPEN, words).count(",") == MAX_STATE_WORDS - 1
    assert prompt_text(Expectation.OPEN, ()) == ""
    assert prompt_text(Expectation.DIGITS, ("home",)) == ""
