"""Canary shares and their guard, with numbers worked out by hand."""

from dataclasses import replace

import pytest

from intents import Example, Intent, Library, Solution, SolutionKind, Verdict, difference, judge, place_of, share_of
from intents.canary import held_back

PLACES = [place_of(f"conversation-{number}") for number in range(4_000)]


def intent(id_: str, share: float) -> Intent:
    solution = Solution(SolutionKind.QUEUE, "claims")
    return Intent(id_, id_, "d", "g", "personal", "claims", (), (Example("x"),), (), solution, share=share)


def test_a_conversation_has_one_place_and_the_places_are_spread_evenly() -> None:
    assert place_of("conversation-1") == PLACES[1]
    assert all(0.0 <= place < 1.0 for place in PLACES)
    for tenth in range(10):
        assert sum(tenth / 10 <= place < (tenth + 1) / 10 for place in PLACES) == pytest.approx(400, abs=80)


def test_a_canary_is_met_by_its_share_and_a_wider_one_by_the_same_conversations_too() -> None:
    library = Library(1, (intent("narrow", 0.1), intent("wide", 0.5), intent("full", 1.0), intent("nobody", 0.0)))
    held = [held_back(library, f"conversation-{number}") for number in range(4_000)]
    assert sum("narrow" not in one for one in held) == pytest.approx(400, abs=80)
    assert sum("wide" not in one for one in held) == pytest.approx(2_000, abs=150)
    assert all("nobody" in one and "full" not in one for one in held)
    assert all("wide" not in one for one in held if "narrow" not in one)
    paused = Library(1, (replace(library.intents[0], is_live=False),))
    assert held_back(paused, "conversation-1") == frozenset()


def test_the_difference_of_two_shares_has_newcombes_interval() -> None:
    # Newcombe 1998, table II, example (a), method 10: 56/70 - 48/80 = 0.2000, 0.0524 to 0.3339.
    found = difference(share_of(56, 70), share_of(48, 80))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert difference(share_of(0, 0), share_of(1, 2)) is None


@pytest.mark.parametrize(
    ("treated", "before", "verdict"),
    [
        ((19, 19), (0, 100), Verdict.WAITING),
        ((12, 20), (10, 100), Verdict.BAD),
        ((2, 20), (10, 100), Verdict.WAITING),
        ((4, 40), (10, 100), Verdict.GOOD),
        ((30, 40), (90, 100), Verdict.GOOD),
        ((18, 20), (0, 0), Verdict.BAD),
        ((5, 40), (0, 0), Verdict.GOOD),
    ],
)
def test_the_guard_waits_for_support_then_says_bad_or_good(
    treated: tuple[int, int], before: tuple[int, int], verdict: Verdict
) -> None:
    assert judge(share_of(*treated), share_of(*before)) is verdict
