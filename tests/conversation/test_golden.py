"""Whole conversations, event by event, as they were recorded when they were right.

Each scenario is acted over the real actions with the agent's built-in intents; the events must be those in
golden/<scenario>.json. After a change that is meant: SWITCHBOARD_GOLDEN=write pytest tests/conversation, then read
the difference before it is committed.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from actions.customer import receive
from actions.operator import offer, operate
from conversation import Channel
from storage.conversation import event_to_data
from tests.support.happenings import operator
from tests.support.simulation import Simulation, simulated
from tests.support.stores import assert_lawful, migrated_sqlite, sqlite_template

GOLDEN = Path(__file__).with_name("golden")
MAYA = operator(("op-maya", "Maya Lindqvist"))
NOOR = operator(("op-noor", "Noor Haddad"))

WORDED = {"headline", "issue", "tried", "needed", "suggested_step", "suggested_reply", "last_turns"}
"""Parts of the hand-over card the agent words."""

Scenario = Callable[[Simulation, str], Awaitable[None]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
async def centre(tmp_path: Path, template: Path) -> AsyncIterator[Simulation]:
    """Maya is at her desk; Noor has not come yet."""
    async with simulated(migrated_sqlite(tmp_path, template)) as running:
        for person in (MAYA, NOOR):
            await running.centre.people.add(person)
            await running.centre.desks.closed(person.id)
        await running.arrive(MAYA)
        yield running


async def customer_says(run: Simulation, conversation_id: str, text: str) -> None:
    run.clock.advance(5)
    await receive.receive(run.centre, conversation_id, text, run.centre.new_id("m"))
    await run.settled()


async def offered(run: Simulation, conversation_id: str) -> str:
    """The customer has asked for a person and confirmed the summary; the offer's id."""
    await customer_says(run, conversation_id, "I'd like to talk to a person, please.")
    run.clock.advance(5)
    await receive.confirm_handover(run.centre, conversation_id)
    return await dispatched(run, conversation_id)


async def dispatched(run: Simulation, conversation_id: str) -> str:
    assert await offer.dispatch(run.centre) == 1
    state = await run.centre.store.load(conversation_id)
    assert state.owner.offer is not None
    return state.owner.offer.offer_id


async def held(run: Simulation, conversation_id: str) -> None:
    """Maya holds the conversation."""
    offer_id = await offered(run, conversation_id)
    run.clock.advance(5)
    await offer.accept(run.centre, MAYA, conversation_id, offer_id, greet=True)


async def handed_over(run: Simulation, conversation_id: str) -> None:
    await customer_says(run, conversation_id, "hello")
    await held(run, conversation_id)
    await customer_says(run, conversation_id, "It's about my kitchen ceiling.")
    await operate.note(run.centre, MAYA, conversation_id, "Sounds upset.", "n-1")
    run.clock.advance(30)
    await operate.send_operator_message(run.centre, MAYA, conversation_id, "I'll send someone tomorrow.", "d-1")
    await operate.end(run.centre, MAYA, conversation_id)
    run.clock.advance(30)
    await operate.wrap_up(run.centre, MAYA, conversation_id, "solved", "Visit booked.")


async def corrected_while_waiting(run: Simulation, conversation_id: str) -> None:
    await customer_says(run, conversation_id, "an operator, please")
    await customer_says(run, conversation_id, "My claim number is CL52318")
    await customer_says(run, conversation_id, "looks right, pass it on")


async def taken_back(run: Simulation, conversation_id: str) -> None:
    await customer_says(run, conversation_id, "an operator, please")
    await customer_says(run, conversation_id, "never mind")
    await customer_says(run, conversation_id, "that's all, bye")


async def declined(run: Simulation, conversation_id: str) -> None:
    offer_id = await offered(run, conversation_id)
    await offer.decline(run.centre, MAYA, conversation_id, offer_id)
    await run.arrive(NOOR)
    again = await dispatched(run, conversation_id)
    await offer.accept(run.centre, NOOR, conversation_id, again)


async def missed(run: Simulation, conversation_id: str) -> None:
    await offered(run, conversation_id)
    await run.pass_time(60)
    await run.arrive(NOOR)
    again = await dispatched(run, conversation_id)
    await offer.accept(run.centre, NOOR, conversation_id, again)


async def lost_and_restored(run: Simulation, conversation_id: str) -> None:
    await held(run, conversation_id)
    await run.leave(MAYA)
    await run.pass_time(149)
    await run.arrive(MAYA)
    await operate.send_operator_message(run.centre, MAYA, conversation_id, "Sorry, I'm back.", "d-1")


async def lost_and_requeued(run: Simulation, conversation_id: str) -> None:
    await held(run, conversation_id)
    await run.leave(MAYA)
    await customer_says(run, conversation_id, "Are you still there?")
    await run.pass_time(150)
    await run.arrive(NOOR)
    again = await dispatched(run, conversation_id)
    await offer.accept(run.centre, NOOR, conversation_id, again)


async def handed_back(run: Simulation, conversation_id: str) -> None:
    await held(run, conversation_id)
    await operate.hand_back(run.centre, MAYA, conversation_id, "Address changed to 12 Quay Street.")
    await customer_says(run, conversation_id, "that's all, bye")


async def transferred(run: Simulation, conversation_id: str) -> None:
    await held(run, conversation_id)
    run.clock.advance(60)
    await operate.transfer(run.centre, MAYA, conversation_id, "claims", "Needs a claims handler.")
    await receive.leave(run.centre, conversation_id)


async def gone_quiet(run: Simulation, conversation_id: str) -> None:
    await customer_says(run, conversation_id, "hello")
    await run.pass_time(30 * 60)


SCENARIOS: list[Scenario] = [
    handed_over,
    corrected_while_waiting,
    taken_back,
    declined,
    missed,
    lost_and_restored,
    lost_and_requeued,
    handed_back,
    transferred,
    gone_quiet,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.__name__)
async def test_the_conversation_is_the_recorded_one(centre: Simulation, scenario: Scenario) -> None:
    state, _ = await receive.start_chat(centre.centre, Channel.CHAT)
    await scenario(centre, state.conversation_id)
    await assert_lawful(centre.centre.store, state.conversation_id)
    happened = [
        {"seq": one.seq, "at": one.at.isoformat(), **_facts(event_to_data(one.event))}
        for one in await centre.events(state.conversation_id)
    ]
    recorded = await asyncio.to_thread(_recorded, scenario.__name__, happened)
    assert happened == recorded, "if this change is meant, record it anew: SWITCHBOARD_GOLDEN=write"


def _facts(event: dict[str, Any]) -> dict[str, Any]:
    """The event without what the agent words freely: that has tests of its own and may change any day."""
    if event["kind"] == "agent_said":
        return {"kind": "agent_said", "card": event["card"]["kind"] if event["card"] else None}
    if "context" in event:
        return {**event, "context": {key: value for key, value in event["context"].items() if key not in WORDED}}
    return event


def _recorded(name: str, happened: list[dict[str, Any]]) -> list[dict[str, Any]]:
    path = GOLDEN / f"{name}.json"
    if os.environ.get("SWITCHBOARD_GOLDEN") == "write":
        path.write_text(json.dumps(happened, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    recorded: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return recorded
