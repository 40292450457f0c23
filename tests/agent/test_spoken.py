"""Transcripts of spelled answers, as Whisper writes them, against what was meant."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import parse_pack, read_pack
from agent.understanding import as_written
from agent.understanding.values import find_values
from speech import Expectation

TODAY = date(2026, 11, 22)
REFERENCES = parse_pack(read_pack(Path("demo/insurer"))).references


def value(text: str, asked: str) -> str | None:
    """What the agent makes of the answer to the question for a value of that kind."""
    found = find_values(text, TODAY, REFERENCES, asked=asked)
    return next((one.value for one in found if one.kind == asked), None)


LENGTHS = {"claim_number": 5, "case_number": 4, "policy_number": 7, "application_number": 6}
"""Figures of a right answer."""


@pytest.mark.parametrize(
    ("slot", "heard", "meant"),
    [
        ("claim_number", "C L five two three one eight.", "CL52318"),
        ("claim_number", "It's CL521 for zero.", "CL52140"),
        ("claim_number", "Charlie Lima, 5-2-3-1-8", "CL52318"),
        ("claim_number", "C for Charlie, L for Lima, 523-18.", "CL52318"),
        ("claim_number", "C as in Charlie, L as in London. 52318", "CL52318"),
        ("claim_number", "CL 52 318", "CL52318"),
        ("claim_number", "CL52318, 2 weeks ago.", "CL52318"),
        ("case_number", "44 71", "4471"),
        ("case_number", "4-4-7-1.", "4471"),
        ("case_number", "It's 44.58.", "4458"),
        ("case_number", "Double four, double five.", "4455"),
        ("case_number", "Double 4-7-1.", "4471"),
        ("case_number", "Triple 4-1.", "4441"),
        ("case_number", "It's 40 for 91.", "4491"),
        ("case_number", "forty-four seventy-one", "4471"),
        ("case_number", "2 or 5, 9.", "2459"),
        ("case_number", "for for seven one, thanks", None),
        ("case_number", "1-4-4-4-4", None),
        ("case_number", "Oh, it's 4471.", "4471"),
        ("case_number", "Oh 4471", "4471"),
        ("policy_number", "441, 0273.", "4410273"),
        ("policy_number", "4 4 1 oh 2 7 3", "4410273"),
        ("policy_number", "Double 410-273.", "4410273"),
        ("application_number", "A-P-P-301-447", "APP301447"),
        ("application_number", "App 301 447", "APP301447"),
    ],
)
def test_numbers_said_aloud(slot: str, heard: str, meant: str | None) -> None:
    is_code = slot in ("claim_number", "application_number")
    text = as_written(heard, Expectation.CODE if is_code else Expectation.DIGITS, (LENGTHS[slot],))
    assert value(text, slot) == meant


@pytest.mark.parametrize(
    "heard",
    ["HM-10,007", "H M one zero zero zero seven", "Hotel Mike 10007", "It's HM-1-Triple-07.", "HM1000 seven"],
)
def test_customer_numbers_said_aloud(heard: str) -> None:
    assert value(as_written(heard, Expectation.CODE), "customer_number") == "HM10007"
    assert value(as_written(heard, Expectation.CODE, (5,)), "customer_number") == "HM10007"


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("HB2 for QD.", "HB2 4QD"),
        ("My postcode is hb3, 3ge.", "HB3 3GE"),
        ("My postcode is KB3, 5 and A.", "KB3 5NA"),
        ("It's nb16 RT.", "NB1 6RT"),
        ("LC-68TB", "LC6 8TB"),
        ("Sierra Bravo won, Six Echo Yankee.", "SB1 6EY"),
        ("Lima, Charlie 3, one Quebec hotel.", "LC3 1QH"),
        ("MR3 8HA", "MR3 8HA"),
    ],
)
def test_postcodes_said_aloud(heard: str, meant: str) -> None:
    assert value(as_written(heard, Expectation.CODE), "postcode") == meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("14 September 1987.", "1987-09-14"),
        ("The 14th of September, 1987.", "1987-09-14"),
        ("September 14th, 1987", "1987-09-14"),
        ("I was born on the 14th of the 9th, 1987.", "1987-09-14"),
        ("It's 14, 9, 87.", "1987-09-14"),
        ("It's 15.582.", "1982-05-15"),
        ("It's 8883.", "1983-08-08"),
        ("14.09.1987", "1987-09-14"),
        ("It's 11183.", None),
        ("It's 186698.", None),
    ],
)
def test_dates_of_birth_said_aloud(heard: str, meant: str | None) -> None:
    assert value(as_written(heard, Expectation.DATE), "date_of_birth") == meant


def test_a_code_is_closed_up_in_any_sentence() -> None:
    assert as_written("Where is my claim Charlie Lima 5-2-3-1-8?") == "Where is my claim CL52318?"


@pytest.mark.parametrize(
    "text",
    [
        "Can you call me at 2 to 4 on 3, 4 or 5 May?",
        "I have two cars, one van and a 2019 Golf for two drivers.",
        "I'd like to add Charlie and Juliet, from the 3rd.",
        "It's 30 miles to Victoria, for £44.50 or 12%.",
    ],
)
def test_ordinary_sentences_stay_as_they_were_said(text: str) -> None:
    assert as_written(text) == text
    assert as_written(text, Expectation.YES_NO) == text


def test_a_number_that_is_whole_takes_nothing_more() -> None:
    text = "My claim is CL52318, 2 weeks old."
    assert as_written(text) == text


def test_another_answer_than_the_one_asked_for_keeps_its_words() -> None:
    text = "I don't have it to hand, but I can look for it, it's one of two I have for you."
    assert as_written(text, Expectation.DIGITS, (7,)) == text
    assert as_written("No, sorry.", Expectation.CODE, (5,)) == "No, sorry."


@given(
    text=st.text(alphabet="abCHM 01279-,.'for oh double", max_size=60),
    expectation=st.sampled_from(list(Expectation)),
    digits=st.sampled_from([(), (4,), (5,), (10, 11)]),
)
def test_it_takes_any_text_and_twice_is_once(text: str, expectation: Expectation, digits: tuple[int, ...]) -> None:
    once = as_written(text, expectation, digits)
    assert as_written(once, expectation, digits) == once
