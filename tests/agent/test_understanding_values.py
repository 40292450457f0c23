"""What is read out of a customer's words: days, secrets, who speaks."""

from datetime import date
from pathlib import Path

import pytest

from agent import parse_pack, read_pack
from agent.identity import speaks_for
from agent.understanding import mask_secrets
from agent.understanding.dates import find_days
from agent.understanding.values import find_values

DEMO = Path("demo/insurer")
SUNDAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "future", "day"),
    [
        ("next friday", True, "2026-12-04"),
        ("tomorrow", True, "2026-11-30"),
        ("yesterday", False, "2026-11-28"),
        ("on Tuesday", False, "2026-11-24"),
        ("on Tuesday", True, "2026-12-01"),
        ("the 3rd of January", True, "2027-01-03"),
        ("14.9.1987", False, "1987-09-14"),
        ("Sept 14 1987", False, "1987-09-14"),
        ("19870914", False, "1987-09-14"),
        ("the fourteenth of next month", True, "2026-12-14"),
        ("a week on Tuesday", True, "2026-12-08"),
        ("two weeks ago on Friday", False, "2026-11-13"),
        ("two weeks ago yesterday", False, "2026-11-14"),
        ("boxing day 1976", False, "1976-12-26"),
    ],
)
def test_a_day_is_the_one_that_was_meant(text: str, future: bool, day: str) -> None:
    assert [one.day.isoformat() for one in find_days(text, SUNDAY, future=future)] == [day]


@pytest.mark.parametrize("text", ["my second policy", "4410273 may be wrong", "case 4471", "I paid £12.50"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert find_days(text, SUNDAY) == ()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("my card is 4111 1111 1111 1111 exp 04/28", "4111 1111 1111 1111"),
        ("the cvv is 123 and the card 5500-0000-0000-0004", "5500-0000-0000-0004"),
        ("my password is hunter2!", "hunter2!"),
    ],
)
def test_secrets_are_taken_out(text: str, secret: str) -> None:
    assert secret not in mask_secrets(text)


@pytest.mark.parametrize(
    "text", ["policy 4410273", "CL52318", "call me on 07700 900123", "I paid £1,234,567,890,123.00"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert mask_secrets(text) == text


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("policy_number", "four four ten five sixty one", "4410561"),
        ("policy_number", "Number is 4.4.1.0.5.3.7", "4410537"),
        ("policy_number", "4410254. Actually no, that 4's a 1: 4410251", "4410251"),
        ("postcode", "old one nb1 6rt new one hb2 4qd, use the new", "HB2 4QD"),
        ("postcode", "used to be lc1 3ab now its LC4 2FE", "LC4 2FE"),
        ("postcode", "sb4... 2... tg", "SB4 2TG"),
        ("phone", "7700 900 607 with the nought in front", "+447700900607"),
        ("registration", "SA70VWR... scrap that, sold it. SA73 VWP", "SA73 VWP"),
    ],
)
def test_the_value_meant_last_is_the_value(asked: str, text: str, value: str) -> None:
    references = parse_pack(read_pack(DEMO)).references
    found = [one.value for one in find_values(text, SUNDAY, references, asked=asked) if one.kind == asked]
    assert found[:1] == [value]


@pytest.mark.parametrize("text", ["it was in 2025", "about one million pounds", "born 14/9/1987"])
def test_no_number_of_a_record_is_read_out_of_others(text: str) -> None:
    references = parse_pack(read_pack(DEMO)).references
    for asked in ("case_number", "policy_number"):
        assert not any(one.kind == asked for one in find_values(text, SUNDAY, references, asked=asked))


@pytest.mark.parametrize(
    "text",
    [
        "its for my sister. hannah. the cat claim",
        "Niamh's mother speaking",
        "Secretary to Mrs Prescott here",
        "we are her new broker",
        "oh and I should say I'm his mum",
    ],
)
def test_who_speaks_for_another_says_so(text: str) -> None:
    assert speaks_for(text, is_identifying=True) is not None


@pytest.mark.parametrize(
    "text", ["it's for my car", "my husband and I drive it", "I'm a new customer", "this is for my dog"]
)
def test_who_speaks_for_themselves_does_not(text: str) -> None:
    assert speaks_for(text) is None


def test_linear_in_what_a_customer_can_send() -> None:
    for text in ("bye,,," * 700, "no " * 1_300, "4 " * 2_000, "a@" * 2_000, "my mum " * 600):
        mask_secrets(text)
        speaks_for(text)
        find_days(text, SUNDAY)


@pytest.mark.parametrize(
    "text",
    [
        "I'm trying to sort things for my friend Chloe",
        "calling on behalf of my mother",
        "I'm her son",
        "it's my dad's policy",
    ],
)
def test_who_speaks_for_another_is_noticed(text: str) -> None:
    assert speaks_for(text) is not None


@pytest.mark.parametrize(
    "text",
    ["add my wife Anna to my policy", "my son crashed my car", "she's my friend", "a quote for my daughter Emily"],
)
def test_whose_wish_is_about_another_speaks_for_themselves(text: str) -> None:
    assert speaks_for(text) is None


def test_she_is_my_friend_said_while_being_checked_speaks_for_another() -> None:
    assert speaks_for("2 nov 2002, she's my friend", is_identifying=True) is not None
