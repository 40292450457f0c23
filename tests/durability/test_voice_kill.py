"""The server is killed with SIGKILL in the middle of calls: every side comes back into the same conversation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from agent import wording
from conversation.events import CustomerSaid
from tests.support.calls import Phone, hear_each_other, phone, softphone
from tests.support.live import DeskClient, Doors
from tests.support.process import WarmServer, free_port, warm_server
from tests.support.stores import opened

MAYA = "maya@harbour.example"
HEARD = "I would like to check my claim."
"""What the scripted transcriber hears in anything."""


@pytest.fixture
async def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[WarmServer, Doors]]:
    """A server process whose calls cost nothing, and its doors."""
    monkeypatch.setenv("SWITCHBOARD_STT", "scripted")
    monkeypatch.setenv("SWITCHBOARD_TTS", "scripted")
    port = free_port()
    async with warm_server(tmp_path, port) as server:
        yield server, Doors(port)


@asynccontextmanager
async def back(doors: Doors, lost: Phone, **start: Any) -> AsyncIterator[Phone]:
    """The caller's page comes back as pages do: with the conversation's id and the browser's secret."""
    async with phone(doors, conversation_id=lost.conversation_id, token=lost.token, **start) as caller:
        yield caller


@asynccontextmanager
async def taken(doors: Doors, caller: Phone) -> AsyncIterator[DeskClient]:
    """The caller asks for a person in the chat beside the call, and Maya takes it."""
    async with (
        doors.desk(MAYA) as maya,
        doors.chat(conversation_id=caller.conversation_id, token=caller.token) as chat,
    ):
        await chat.ask_for_person()
        await maya.accept(caller.conversation_id)
        yield maya


async def restarted(server: WarmServer, doors: Doors) -> None:
    await server.kill()
    await server.start()
    await doors.served()


async def test_a_caller_is_back_in_the_same_conversation_and_told(centre: tuple[WarmServer, Doors]) -> None:
    server, doors = centre
    await server.start()
    await doors.served()
    async with phone(doors) as caller:
        await restarted(server, doors)
        assert (await caller.closed())[0] == 1006
    async with back(doors, caller, captions=True) as again:
        assert again.call_id != caller.call_id
        await again.expect("caption", lambda m: m["text"] == wording.CUT_OFF)
        await again.say("anything")
        await again.expect("caption", lambda m: m["speaker"] == "customer" and m["text"] == HEARD)


async def test_what_was_said_and_told_is_there_and_the_place_in_the_queue_too(
    centre: tuple[WarmServer, Doors], tmp_path: Path
) -> None:
    server, doors = centre
    await server.start()
    await doors.served()
    async with (
        phone(doors) as caller,
        doors.chat(conversation_id=caller.conversation_id, token=caller.token) as chat,
    ):
        await caller.say("anything")
        said = await chat.event("customer_said")
        await chat.say("an operator, please")
        await chat.stage("queued")
        await restarted(server, doors)
        assert (await caller.closed())[0] == 1006
    async with back(doors, caller, captions=True) as again:
        await again.expect("caption", lambda m: m["text"] == wording.CUT_OFF_WAITING)
        assert (await again.hang_up())["reason"] == "hung_up"
    await server.kill()
    async with opened(f"sqlite:///{tmp_path / 'switchboard.sqlite3'}") as store:
        events = await store.read(caller.conversation_id)
    assert [one.seq for one in events] == list(range(1, len(events) + 1))
    assert isinstance(events[said["seq"] - 1].event, CustomerSaid)
    texts = [one.event.text for one in events if isinstance(one.event, CustomerSaid)]
    assert texts == [HEARD, "an operator, please"]
    assert [one.event.call_id for one in events if one.event.kind == "call_started"] == [caller.call_id, again.call_id]
    assert [one.event.kind for one in events][-2:] == ["call_ended", "ended"]


async def test_a_caller_and_an_operator_are_connected_again(centre: tuple[WarmServer, Doors]) -> None:
    server, doors = centre
    await server.start()
    await doors.served()
    async with phone(doors) as caller, taken(doors, caller), softphone(doors, MAYA, caller.conversation_id) as line:
        await caller.line("bridged")
        await hear_each_other(caller, line)
        await restarted(server, doors)
        for side in (caller, line):
            assert (await side.closed())[0] == 1006
    async with doors.desk(MAYA) as maya, back(doors, caller) as again:
        await again.line("holding")
        async with softphone(doors, MAYA, caller.conversation_id) as line:
            await again.line("bridged")
            await hear_each_other(again, line)
            await maya.send("end", conversation_id=caller.conversation_id)
            assert (await again.expect("ended"))["reason"] == "conversation_ended"
            assert (await line.expect("ended"))["reason"] == "conversation_ended"
        await maya.item(caller.conversation_id, "wrap_up")
