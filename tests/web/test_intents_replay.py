"""Replay and health of a known past give the numbers worked out by hand."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.conftest import Start
from tests.support.known_past import write_past
from tests.support.learning import POINTS, Door, supervisor, until
from tests.support.live import Live

HALF = {"part": 6, "whole": 12, "value": 0.5}
"""6 of 12: Wilson's centre (0.5 + 1.9207 / 12) / (1 + 3.8415 / 12) = 0.5, half-width 0.2462."""


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    async with start(discovery_seconds=0.1) as server:
        yield server


@pytest.fixture
async def door(live: Live) -> AsyncIterator[Door]:
    await write_past(live.centre.store, live.centre.clock())
    async with supervisor(live) as signed_in:
        yield signed_in


async def proposal_of_six(door: Door) -> str:
    async def six() -> Any:
        items = (await door.get("/api/proposals"))["items"]
        return items if items and items[0]["turns"] == 6 else None

    return str((await until(six))[0]["id"])


async def test_replay_of_a_known_past_gives_the_numbers_worked_out_by_hand(door: Door) -> None:
    proposal = await proposal_of_six(door)
    await door.patch(f"/api/proposals/{proposal}", {"name": "Ask when points expire"})
    result = await door.job(f"/api/proposals/{proposal}/replay", {"days": 30})

    # The turn of forty days ago is outside.
    assert result["turns"] == 12
    assert result["changed"] == 6
    assert {key: result["caught"][key] for key in HALF} == HALF
    assert result["caught"]["low"] == pytest.approx(0.2538, abs=1e-4)
    assert result["caught"]["high"] == pytest.approx(0.7462, abs=1e-4)
    (moved,) = result["confusion"]
    assert (moved["before"], moved["after_name"], moved["count"]) == (None, "Ask when points expire", 6)
    assert set(moved["examples"]) <= set(POINTS)
    # Without a person: two of the points, four of the claims. Of the six served, four were contained; so of the four
    # that were put through for want of an intent round(4 x 4/6) = 3 would have been.
    assert {key: result["containment_before"][key] for key in HALF} == HALF
    after = result["containment_after"]
    assert (after["part"], after["whole"]) == (9, 12)
    assert (after["low"], after["high"]) == (pytest.approx(0.4677, abs=1e-4), pytest.approx(0.9111, abs=1e-4))
    # The six finished claims are what is known of what was right, and they stay right.
    assert (result["correct_before"]["part"], result["correct_before"]["whole"]) == (6, 6)
    assert (result["correct_after"]["part"], result["correct_after"]["whole"]) == (6, 6)
    assert result["worst"] == []

    kept = (await door.get(f"/api/proposals/{proposal}"))["replay"]
    assert kept == result
    await door.patch(f"/api/proposals/{proposal}", {"examples": list(POINTS[:4])})
    assert (await door.get(f"/api/proposals/{proposal}"))["replay"] is None


async def test_an_intent_that_steals_shows_from_whom_and_which_mistakes(door: Door) -> None:
    proposal = await proposal_of_six(door)
    stolen = [
        "where is that claim of mine",
        "where is my claim now",
        "tell me where my claim is",
        "my claim, where is it",
    ]
    await door.patch(f"/api/proposals/{proposal}", {"name": "Claim whereabouts", "examples": stolen})
    result = await door.job(f"/api/proposals/{proposal}/replay", {"days": 30})
    taken = [row for row in result["confusion"] if row["before"] == "claim_status"]
    assert sum(row["count"] for row in taken) >= 1
    assert taken[0]["before_name"] == "Check on a claim"
    assert result["correct_after"]["part"] < result["correct_before"]["part"]
    assert 1 <= len(result["worst"]) <= 5
    assert result["worst"][0]["conversation_id"].startswith("claims-")


async def test_health_counts_what_became_of_every_intent(door: Door) -> None:
    health = await door.get("/api/library/health", days=30)
    assert health["conversations"] == 12
    claim = health["intents"]["claim_status"]
    assert (claim["turns"], claim["conversations"], claim["share"]) == (6, 6, 0.5)
    assert claim["confidence"] == 0.9
    assert (claim["containment"]["part"], claim["containment"]["whole"]) == (4, 6)
    assert (claim["escalation"]["part"], claim["escalation"]["whole"]) == (2, 6)
    assert claim["unsure"]["part"] == 0
    assert (len(claim["per_day"]), claim["per_day"][-4]) == (30, 6)
    assert health["intents"]["renew_policy"]["turns"] == 0
