"""Calls in virtual time: a centre over a database of the test's own, Maya at her desk."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from actions.operator import offer
from conversation.events import AgentHeard, AgentSaid, CallEnded, CallStarted, Notice, Recorded
from storage.conversation import event_to_data
from tests.support.happenings import NOON, operator
from tests.support.simulation import Simulation, simulated
from tests.support.stores import assert_lawful, migrated_sqlite, sqlite_template
from tests.support.virtual_call import VirtualCall

MAYA = operator(("op-maya", "Maya Lindqvist"))
NOOR = operator(("op-noor", "Noor Haddad"))
GOLDEN = Path(__file__).with_name("golden")

WORDED = {"headline", "issue", "tried", "needed", "suggested_step", "suggested_reply", "last_turns"}
"""Parts of the hand-over card the agent words."""

Golden = Callable[[VirtualCall], Awaitable[None]]


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


@pytest.fixture
async def call(centre: Simulation) -> VirtualCall:
    """A caller who has been greeted."""
    opened = await VirtualCall.open(centre)
    await opened.quiet()
    await opened.run(0.5)
    return opened


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The call's events must be those in golden/<test>.json.

    After a change that is meant: SWITCHBOARD_GOLDEN=write pytest tests/telephony, then read the difference before it is
    committed.
    """

    async def compare(call: VirtualCall) -> None:
        await assert_lawful(call.centre.store, call.conversation_id)
        events = await call.events()
        happened = [{"seq": one.seq, "s": _seconds(one), **_facts(one)} for one in events]
        name = request.node.name.removeprefix("test_")
        recorded = await asyncio.to_thread(_recorded, name, happened)
        assert happened == recorded, "if this change is meant, record it anew: SWITCHBOARD_GOLDEN=write"
        assert_accounted(events)

    return compare


def assert_accounted(events: tuple[Recorded, ...]) -> None:
    """Every line said in a call is told once of how much of it was heard; of no other line is anything told."""
    lines, is_open = [], False
    for one in events:
        if isinstance(one.event, CallStarted | CallEnded):
            is_open = isinstance(one.event, CallStarted)
        elif isinstance(one.event, AgentSaid | Notice) and is_open:
            lines.append(one.seq)
    heard = [one.event.said_seq for one in events if isinstance(one.event, AgentHeard)]
    assert sorted(heard) == lines


async def handed_over(call: VirtualCall, *, brief: str = "", opens_line: bool = True) -> None:
    """The customer has asked for a person; Maya has taken the conversation, and opened her line."""
    await waiting(call)
    await offer.dispatch(call.centre)
    await call.settled()
    assert call.state.owner.offer is not None
    await offer.accept(call.centre, MAYA, call.conversation_id, call.state.owner.offer.offer_id)
    await call.settled()
    if opens_line:
        call.line(MAYA, brief=brief)
        await call.until(lambda: call.machine.needs_mixing)
        await call.run(0.1)


async def waiting(call: VirtualCall) -> None:
    """The customer has asked for a person and confirmed the summary; hold sound is heard."""
    await call.asks("I'd like to talk to a person, please.")
    await call.asks("Yes, that's right.")
    await call.run(0.5)
    assert call.state.is_waiting


def _seconds(one: Recorded) -> float:
    return round((one.at - NOON).total_seconds(), 2)


def _facts(one: Recorded) -> dict[str, Any]:
    """The event without what the agent words freely: that has tests of its own and may change any day."""
    event: dict[str, Any] = event_to_data(one.event)
    match event["kind"]:
        case "agent_said":
            return {"kind": "agent_said", "card": event["card"]["kind"] if event["card"] else None}
        case "agent_heard":
            return {**event, "text": bool(event["text"])}
        case "notice":
            return {"kind": "notice", "code": event["code"]}
        case _ if "context" in event:
            return {**event, "context": {key: value for key, value in event["context"].items() if key not in WORDED}}
        case _:
            return event


def _recorded(name: str, happened: list[dict[str, Any]]) -> list[dict[str, Any]]:
    path = GOLDEN / f"{name}.json"
    if os.environ.get("SWITCHBOARD_GOLDEN") == "write":
        text = ",\n ".join(json.dumps(one, ensure_ascii=False) for one in happened)
        path.write_text(f"[\n {text}\n]\n", encoding="utf-8")
    recorded: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return recorded
