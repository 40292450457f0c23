"""The database is locked by another process, or gone for a while: customers wait or are told; nothing acknowledged
is lost, nothing is there twice."""

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.understanding import Understander, Understanding
from conversation.events import CustomerSaid
from storage.conversation import event_store
from storage.kit import database
from tests.support.live import ChatClient, Live, running
from tests.support.postgres import Postgres, packaged_postgres
from tests.support.simulation import agent_without_models, without_models
from tests.support.stores import assert_lawful

A_MOMENT_SECONDS = 0.4


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    """Another process holds the SQLite file for itself as long as the block runs."""
    other = sqlite3.connect(folder / "switchboard.sqlite3", isolation_level=None, timeout=30, check_same_thread=False)
    await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def assert_not_acknowledged(customer: ChatClient) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(A_MOMENT_SECONDS):
            await customer.expect("ack")


async def assert_said_once(live: Live, customer: ChatClient, *client_ids: str) -> None:
    """Each is in the conversation once, and the conversation is lawful."""
    await assert_lawful(live.centre.store, customer.conversation_id)
    events = [one.event for one in await live.centre.store.read(customer.conversation_id)]
    times = Counter(event.client_id for event in events if isinstance(event, CustomerSaid))
    assert times == dict.fromkeys(client_ids, 1)


@pytest.fixture
async def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """A centre on SQLite that asks a locked file often, so that the tests need not wait for five seconds."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 100)
    async with running(tmp_path, without_models) as server:
        yield server


async def test_a_message_waits_for_a_locked_database_and_is_acknowledged_afterwards(live: Live, tmp_path: Path) -> None:
    async with live.chat() as customer:
        async with locked(tmp_path):
            await customer.send("say", client_id="m1", text="an operator, please")
            await assert_not_acknowledged(customer)
        seq = (await customer.expect("ack"))["seq"]
        assert (await customer.event_after("agent_said", seq))["card"]["kind"] == "handover"
        assert await customer.say("an operator, please", client_id="m1") == 0
        await assert_said_once(live, customer, "m1")


async def test_a_locked_database_can_still_be_read_and_new_customers_are_welcomed_afterwards(
    live: Live, tmp_path: Path
) -> None:
    async with live.chat() as customer:
        await customer.ask("hello")
        async with locked(tmp_path):
            again = {"conversation_id": customer.conversation_id, "token": customer.token}
            async with live.chat(**again) as second_tab:
                assert [one["data"]["kind"] for one in second_tab.welcome["events"]][-1] == "agent_said"
            arriving = asyncio.create_task(_arrive(live))
            done, _ = await asyncio.wait([arriving], timeout=A_MOMENT_SECONDS)
            assert not done
        assert await arriving


async def _arrive(live: Live) -> str:
    async with live.chat() as customer:
        return customer.conversation_id


async def test_a_database_locked_for_long_is_told_and_the_message_counts_once_when_sent_again(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_store, "GIVE_UP_SECONDS", 0.3)
    async with live.chat() as customer:
        async with locked(tmp_path):
            await customer.send("say", client_id="m1", text="hello")
            error = await customer.error()
            assert (error["code"], error["client_id"]) == ("unavailable", "m1")
            assert error["retry_after_seconds"] > 0
        await customer.ask("hello again")
        assert await customer.say("hello", client_id="m1") > 0
        await customer.send("end")
        await customer.stage("closed")
        events = [one.event for one in await live.centre.store.read(customer.conversation_id)]
        assert [event.text for event in events if isinstance(event, CustomerSaid)] == ["hello again", "hello"]


async def test_an_operator_is_told_when_a_message_could_not_be_saved(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        monkeypatch.setattr(event_store, "GIVE_UP_SECONDS", 0.3)
        async with locked(tmp_path):
            fields = {"conversation_id": customer.conversation_id, "client_id": "d1", "text": "Hello, Maya here."}
            await maya.send("say", **fields)
            error = await maya.error()
            assert (error["code"], error["client_id"]) == ("unavailable", "d1")
        assert await maya.say(customer.conversation_id, "Hello, Maya here.", "d1") > 0
        assert (await customer.event("operator_said"))["text"] == "Hello, Maya here."


class Slow:
    """Takes as long to understand as the test wants."""

    def __init__(self, inner: Understander) -> None:
        self._inner = inner
        self.is_listening, self.may_understand = threading.Event(), threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def understand_many(self, turns: Sequence[tuple[str, int]]) -> list[Understanding]:
        self.is_listening.set()
        assert self.may_understand.wait(30)
        return self._inner.understand_many(turns)


async def test_an_answer_that_could_not_be_saved_is_given_once_the_database_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 100)
    monkeypatch.setattr(event_store, "GIVE_UP_SECONDS", 0.3)
    slow: Any = Slow(agent_without_models()[1])
    async with (
        running(tmp_path, lambda sources: (without_models(sources)[0], slow)) as live,
        live.chat() as customer,
    ):
        seq = await customer.say("hello")
        assert await asyncio.to_thread(slow.is_listening.wait, 30)
        async with locked(tmp_path):
            slow.may_understand.set()
            await customer.expect("typing", lambda m: not m["is_typing"])  # it has given up
        async with asyncio.timeout(6):
            assert await customer.event_after("agent_said", seq)


@pytest.fixture
async def postgres() -> AsyncIterator[Postgres]:
    """The packaged server, running again after the test whatever happened to it."""
    server = packaged_postgres()
    yield server
    await asyncio.to_thread(server.switch_on)


@pytest.mark.postgres
async def test_a_message_waits_for_postgres_to_come_back_and_is_answered(postgres: Postgres, tmp_path: Path) -> None:
    url = await postgres.migrated_database()
    async with running(tmp_path, without_models, database_url=url) as live, live.chat() as customer:
        await customer.say("hello", "m1")
        await asyncio.to_thread(postgres.switch_off)
        await customer.send("say", client_id="away", text="an operator, please")
        await assert_not_acknowledged(customer)
        async with live.browser() as browser:
            assert (await browser.get("/healthz")).status_code == 503
        async with live.wire("/ws/chat") as returning:
            known = {"conversation_id": customer.conversation_id, "token": customer.token}
            await returning.send("hello", v=1, **known)
            assert (await returning.closed())[0] == 1013
        await asyncio.to_thread(postgres.switch_on)
        seq = (await customer.expect("ack"))["seq"]
        assert (await customer.event_after("agent_said", seq))["card"]["kind"] == "handover"
        async with live.chat(**known) as second_tab:
            assert second_tab.welcome["seq"] > seq
        await assert_said_once(live, customer, "m1", "away")
        async with live.browser() as browser:
            assert (await browser.get("/healthz")).status_code == 200


@pytest.mark.postgres
async def test_connections_cut_under_load_lose_and_double_nothing(postgres: Postgres, tmp_path: Path) -> None:
    url = await postgres.migrated_database()
    client_ids = [f"m{number}" for number in range(1, 13)]

    async def talk(customer: ChatClient) -> None:
        for client_id in client_ids:
            await customer.say("hello", client_id)

    async with (
        running(tmp_path, without_models, database_url=url) as live,
        live.chat() as one,
        live.chat() as two,
        live.chat() as three,
    ):
        talks = asyncio.gather(*(talk(customer) for customer in (one, two, three)))
        while not talks.done():
            await postgres.cut_connections(url)
            await asyncio.wait([talks], timeout=0.5)
        await talks
        for customer in (one, two, three):
            await assert_said_once(live, customer, *client_ids)
