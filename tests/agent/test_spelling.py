"""Slips of the finger, set right for what reads a turn."""

import pytest

from agent.understanding import Spelling

SPELLING = Spelling(
    ["the operation and the money"] * 3 + ["an appointment tomorrow"] * 3 + ["rare once"], ["when", "many", "teh"]
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mony for the opertion", "money for the operation"),
        ("an apointmnet tomorow", "an appointment tomorrow"),
        ("MONY now", "money now"),
        ("when so many", "when so many"),
        ("ask Mony about it", "ask Mony about it"),
        ("mail mony@opertion.example", "mail mony@opertion.example"),
        ("zzzzz rars xy", "zzzzz rars xy"),
        ("", ""),
    ],
)
def test_only_words_that_are_none_become_the_nearest_of_the_tenants(typed: str, read: str) -> None:
    assert SPELLING.corrected(typed) == read
