"""How written text is read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.normalise import spoken_text
from speech.normalise.numbers import cardinal, ordinal, year


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("It is £1,249.50 a year.", "It is one thousand two hundred and forty-nine pounds fifty a year."),
        ("£1 or £0.75 or 50p", "one pound or seventy-five p or fifty p"),
        ("$49.99 and €3m", "forty-nine dollars and ninety-nine cents and three million euros"),
        ("at 14:30 or 09:05", "at two thirty P M or nine oh five A M"),
        ("at 12:00, at 00:00, at 9.30am.", "at noon, at midnight, at nine thirty A M."),
        ("9am-5pm, Mon-Fri", "nine A M to five P M, Monday to Friday"),
        ("on 2026-11-28", "on the twenty-eighth of November twenty twenty-six"),
        ("on 3 December 2025", "on the third of December twenty twenty-five"),
        ("on Nov 28", "on the twenty-eighth of November"),
        ("on 03/04/2026", "on the third of April twenty twenty-six"),
        ("call 0808 157 0199", "call zero eight zero eight, one five seven, zero one nine nine"),
        ("+44 7700 900123", "plus four four, seven seven zero zero, nine zero zero, one two three"),
        ("claim CL52318", "claim C L, five two three, one eight"),
        ("policy 7104482", "policy seven one zero, four four eight two"),
        ("case 4471 is open", "case four four seven one is open"),
        ("the card ending in 0042", "the card ending in zero zero four two"),
        ("SW1A 2BQ", "S W one A, two B Q"),
        ("priya.raman@example.com", "priya dot raman at example dot com"),
        ("https://harbour.example/claims", "harbour dot example slash claims"),
        ("3-5 working days, 12.5% off", "three to five working days, twelve point five percent off"),
        ("the 3rd of 10,000 since 2019", "the third of ten thousand since twenty nineteen"),
        ("**Bold** and [a link](http://x.y) 👍", "Bold and a link"),
        ("fire & theft, and/or flood, e.g. this", "fire and theft, or flood, for example, this"),
        ("Nothing to change here.", "Nothing to change here."),
        ("", ""),
    ],
)
def test_special_forms_become_words(written: str, spoken: str) -> None:
    assert spoken_text(written) == spoken


def test_the_american_order_of_a_date_is_a_choice() -> None:
    assert spoken_text("03/04/2026", is_day_first=False) == "the fourth of March twenty twenty-six"


@given(st.text(alphabet="ab CL£$%:-/.,@0123456789\n", max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    spoken_text(text)


@given(st.integers(0, 10**12 - 1))
def test_every_number_has_words_without_figures(number: int) -> None:
    assert cardinal(number).replace(" ", "").replace("-", "").isalpha()


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (105, "one hundred and five"), (1_000_001, "one million and one"), (-3, "minus three")],
)
def test_cardinals_are_british(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_ordinals_and_years() -> None:
    assert [ordinal(n) for n in (1, 12, 20, 31, 100)] == [
        "first",
        "twelfth",
        "twentieth",
        "thirty-first",
        "one hundredth",
    ]
    assert [year(n) for n in (1905, 2000, 2007, 2026, 1900)] == [
        "nineteen oh five",
        "two thousand",
        "two thousand and seven",
        "twenty twenty-six",
        "nineteen hundred",
    ]
