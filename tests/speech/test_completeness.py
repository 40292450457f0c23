"""Words that end a turn and words that promise more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech import Expectation
from speech.turns import Completeness, judge
from speech.turns.completeness import figure_count

OPEN, UNKNOWN = Expectation.OPEN, Completeness.UNKNOWN
SENTENCE, ANSWERED, UNFINISHED = Completeness.SENTENCE, Completeness.ANSWERED, Completeness.UNFINISHED


@pytest.mark.parametrize(
    ("text", "expectation", "verdict"),
    [
        ("I'd like to check my claim.", OPEN, SENTENCE),
        ("Where can I send it to?", OPEN, SENTENCE),
        ("I'd like to check my", OPEN, UNFINISHED),
        ("I'd like to check my.", OPEN, UNFINISHED),
        ("My kitchen flooded and", OPEN, UNFINISHED),
        ("It happened on Monday,", OPEN, Completeness.TRAILING),
        ("So, um...", OPEN, UNFINISHED),
        ("7, 2, 6, 1", OPEN, Completeness.FIGURES),
        ("zero", OPEN, UNFINISHED),
        ("Two.", OPEN, Completeness.FIGURES),
        ("It's policy number seven one oh.", OPEN, Completeness.FIGURES),
        ("I have two dogs and a cat.", OPEN, SENTENCE),
        ("We moved in on the 3rd.", OPEN, SENTENCE),
        ("It happened on Monday,", Expectation.DATE, UNFINISHED),
        ("My policy number is", OPEN, UNFINISHED),
        ("Could you please", OPEN, UNFINISHED),
        ("Hello.", OPEN, UNFINISHED),
        ("Good morning.", OPEN, UNFINISHED),
        ("My claim.", OPEN, UNKNOWN),
        ("Yes, I do.", OPEN, UNKNOWN),
        ("", OPEN, UNKNOWN),
        ("Yes.", Expectation.YES_NO, ANSWERED),
        ("No, thank you.", Expectation.YES_NO, ANSWERED),
        ("Yes it is.", Expectation.YES_NO, ANSWERED),
        ("That's right.", Expectation.YES_NO, UNKNOWN),
        ("The third of May.", Expectation.DATE, ANSWERED),
        ("Yesterday.", Expectation.DATE, ANSWERED),
        ("It was in", Expectation.DATE, UNFINISHED),
        ("Flat 2, 14 High Street, York, YO1 7EP.", Expectation.ADDRESS, ANSWERED),
        ("Flat 2, 14 High Street", Expectation.ADDRESS, UNKNOWN),
        ("Priya Raman.", Expectation.NAME, UNKNOWN),
    ],
)
def test_the_words_are_judged_by_what_was_asked(text: str, expectation: Expectation, verdict: Completeness) -> None:
    assert judge(text, expectation) is verdict


@pytest.mark.parametrize(
    ("text", "expected", "verdict"),
    [
        ("7 1 0 4 4 8 2", (7,), ANSWERED),
        ("seven one zero double four eight two", (7,), ANSWERED),
        ("710-44", (7,), UNFINISHED),
        ("It's 4471.", (4, 5), ANSWERED),
        ("44712345", (7,), UNKNOWN),
        ("I don't have it here.", (7,), SENTENCE),
        ("710", (), UNKNOWN),
    ],
)
def test_a_number_is_finished_when_it_has_its_figures(
    text: str, expected: tuple[int, ...], verdict: Completeness
) -> None:
    assert judge(text, Expectation.DIGITS, expected) is verdict


def test_a_code_counts_its_figures() -> None:
    assert judge("C L 5 2 3 1 8", Expectation.CODE, (5,)) is ANSWERED
    assert judge("C L 5 2", Expectation.CODE, (5,)) is UNFINISHED


def test_figures_are_counted_as_people_say_them() -> None:
    assert figure_count(["oh", "eight", "triple", "five", "nineteen", "84"]) == 9


@given(st.text(max_size=80), st.sampled_from(Expectation), st.lists(st.integers(1, 12), max_size=2))
def test_every_text_gets_a_verdict(text: str, expectation: Expectation, digits: list[int]) -> None:
    assert judge(text, expectation, tuple(digits)) in Completeness
