"""A canary serves its share, is taken back when it does harm, and serves everybody when it does none."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from conversation import Channel, ClosureReason, State
from conversation.events import AgentSaid, ConversationStarted, CustomerSaid, Ended, Event, IntentRecognised
from intents import place_of
from learning.context import CANARY
from storage.learning import CanaryData
from tests.conftest import Start
from tests.support.happenings import handed_off
from tests.support.learning import POINTS, Door, say_each, supervisor, until
from tests.support.live import Live

ASKED = "when do my points vanish?"
SELF_SERVED = {"solution": {"kind": "article", "target": "renewals"}, "support": "self_service"}


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    async with start(discovery_seconds=0.1) as server:
        yield server


@pytest.fixture
async def door(live: Live) -> AsyncIterator[Door]:
    async with supervisor(live) as signed_in:
        yield signed_in


async def approved(live: Live, door: Door, share: float) -> str:
    """A discovered intent, approved as a canary; its id."""
    await say_each(live, POINTS)
    (row,) = await door.inbox(1)
    await door.patch(f"/api/proposals/{row['id']}", SELF_SERVED)
    return str((await door.post(f"/api/proposals/{row['id']}/approve", {"share": share}))["intent"]["id"])


async def met(live: Live, intent: str, number: int, *, is_bad: bool) -> None:
    """A conversation with the intent, as the agent would have recorded it."""
    at = live.centre.clock() + timedelta(seconds=1)
    recognised = IntentRecognised(intent, "Points", "billing", 0.9, "accept", (), 3, 2)
    ending: Event = handed_off(at) if is_bad else Ended("agent", ClosureReason.RESOLVED)
    began: list[Event] = [ConversationStarted(Channel.CHAT, "en"), AgentSaid("Hello."), CustomerSaid(ASKED, "m1")]
    told: list[Event] = [*began, recognised, ending]
    await live.centre.store.append(State(f"met-{number}"), told, at, token_hash=f"met-{number}")


async def test_only_its_share_of_the_conversations_meets_a_canary(live: Live, door: Door) -> None:
    intent = await approved(live, door, 0.5)
    seen: set[bool] = set()
    while len(seen) < 2:
        async with live.chat() as customer:
            await customer.ask(ASKED)
            state = await live.centre.store.reload(customer.conversation_id)
        is_met = bool(state.dialogue.intents) and state.dialogue.intents[-1].intent == intent
        assert is_met is (place_of(customer.conversation_id) < 0.5)
        seen.add(is_met)


async def test_a_canary_that_does_harm_is_taken_back_by_itself_with_the_reason(live: Live, door: Door) -> None:
    intent = await approved(live, door, 0.5)

    async def watched() -> object:
        return (await door.get("/api/discovery"))["canaries"]

    (canary,) = await until(watched)
    # What it would have caught went unescalated before, though every one of the seven had to be clarified or was lost.
    assert canary["before"]["whole"] == 7
    assert (canary["verdict"], canary["needed"]) == ("waiting", 20)
    await door.post(f"/api/canaries/{intent}", {"share": 0.6, "reason": "a little more"})

    async def seen_by_guard() -> object:
        return [one for one in (await door.get("/api/discovery"))["canaries"] if one["share"] == 0.6]

    # The guard writes its look down; what the test puts in its place must come after that.
    await until(seen_by_guard)
    began: CanaryData = {"since": canary["since"], "bad": 2, "turns": 40}
    await live.server.learning.documents.put(CANARY, intent, began, live.centre.clock())
    for number in range(20):
        await met(live, intent, number, is_bad=number < 12)

    async def taken_back() -> object:
        newest = (await door.get("/api/library/history", limit=1))["items"][0]
        return newest if newest["action"] == "canary_rolled_back" else None

    newest = await until(taken_back)
    assert newest["actor"] == "canary guard"
    assert newest["reason"] == (
        "12 of 20 conversations with it were escalated or had to be clarified (60%); before, 2 of 40 such turns (5%)."
    )
    (row,) = await door.inbox(1)
    assert "undone" in row["badges"]


async def test_a_canary_that_does_no_harm_serves_everybody_in_the_end(live: Live, door: Door) -> None:
    intent = await approved(live, door, 0.5)
    for number in range(40):
        await met(live, intent, number, is_bad=number < 2)

    async def is_full() -> object:
        return (await door.get(f"/api/library/intents/{intent}"))["share"] == 1.0

    assert await until(is_full)
    newest = (await door.get("/api/library/history", limit=1))["items"][0]
    assert (newest["action"], newest["actor"]) == ("canary_ramped", "canary guard")


async def test_an_autonomous_line_approves_what_passes_every_guard(live: Live, door: Door) -> None:
    line = (await door.get("/api/discovery"))["lines"][0]
    guards = {"least_conversations": 7, "least_cohesion": 0.5, "least_accuracy": 0.5, "most_similarity": 0.8}
    settings = {key: line[key] for key in ("channels", "look_back_days", "canary_share", "is_on")}
    await door.put("/api/discovery/lines/personal", settings | {"mode": "autonomous", "guards": guards})
    await say_each(live, POINTS)
    (row,) = await door.inbox(1, "approved")
    assert row["decided_by"] == "discovery"
    assert row["reason"].startswith("Every guard held: 7 conversations, cohesion 0.")
    assert (await door.get(f"/api/library/intents/{row['intent']}"))["share"] == 0.2
