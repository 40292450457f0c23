"""The server is killed with SIGKILL at random moments under load, and nobody is lied to.

Every acknowledged message is there once, the events have no gaps, every socket resumes where it was, and the agent
answers what was left. SWITCHBOARD_KILLS says how often it is killed (default 25), SWITCHBOARD_KILL_SEED when.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from conversation.events import CUSTOMER_VISIBLE, CustomerSaid, OperatorSaid, Recorded
from storage.conversation import EventStore, event_to_data
from tests.support.process import WarmServer, command_line_server, free_port, warm_server
from tests.support.stores import assert_lawful, opened
from tests.support.stubborn import Stubborn, StubbornCustomer, StubbornOperator, desk, messages, send, signed_in

KILLS = int(os.environ.get("SWITCHBOARD_KILLS", "25"))
SEED = int(os.environ.get("SWITCHBOARD_KILL_SEED", "2"))
CUSTOMERS = 18
LATEST_KILL_SECONDS = 0.6
"""A kill comes at a moment up to so long after the first customer is back; every fifth, after the start itself."""

START_SECONDS = 240.0
OPERATORS = ("maya@harbour.example", "tom@harbour.example")


async def until(is_true: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    """Wait for what other tasks bring about."""
    try:
        async with asyncio.timeout(seconds):
            while not is_true():  # noqa: ASYNC110 - many tasks change it
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"not within {seconds:.0f} s: {what}") from None


async def served(port: int) -> None:
    """Wait for the first page."""
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser, asyncio.timeout(START_SECONDS):
        while True:
            try:
                response = await browser.get("/healthz")
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
                continue
            if response.json()["agent"]:
                return
            await asyncio.sleep(0.05)


async def at_an_operator(port: int, email: str) -> StubbornOperator:
    """A customer asks for a person, and the operator who signs in with `email` takes the conversation."""
    cookies = await signed_in(port, email)
    customer = StubbornCustomer("asker", port)
    customer.pending = "asker-1"
    customer.sent["asker-1"] = "an operator, please"
    customer.is_finishing = True
    asking = asyncio.create_task(customer.run())
    await until(lambda: customer.is_answered, "the customer who asks for a person is answered")
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert customer.conversation_id is not None
    async with desk(port, cookies) as wire, asyncio.timeout(START_SECONDS):
        await send(wire, "pick", conversation_id=customer.conversation_id)
        async for message in messages(wire):
            assert message["type"] != "error", message
            if message["type"] == "item" and message["item"]["stage"] == "operator":
                break
    return StubbornOperator(email.split("@")[0], port, customer.conversation_id, cookies)


@asynccontextmanager
async def connected(clients: Sequence[Stubborn]) -> AsyncIterator[None]:
    """All of them talk as long as the block runs; what one of them asserts fails it."""
    async with asyncio.TaskGroup() as tasks:
        talking = [tasks.create_task(client.run()) for client in clients]
        yield
        for task in talking:
            task.cancel()


async def kill_at_random(server: WarmServer, clients: Sequence[Stubborn]) -> None:
    """Start and kill the server again and again while the clients talk."""
    chance = random.Random(SEED)
    for number in range(KILLS):
        before = sum(client.welcomes for client in clients)
        await server.start()
        if number % 5:
            await until(lambda at=before: sum(one.welcomes for one in clients) > at, "a client is welcomed again")  # type: ignore[misc]
        await asyncio.sleep(chance.uniform(0.0, LATEST_KILL_SECONDS))
        await server.kill()


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_nothing_acknowledged_is_lost_or_doubled_however_often_the_server_dies(tmp_path: Path) -> None:
    port = free_port()
    async with warm_server(tmp_path, port) as server:
        await server.start()
        await served(port)
        operators = [await at_an_operator(port, email) for email in OPERATORS]
        await server.kill()

        customers = [StubbornCustomer(f"customer{n}", port) for n in range(CUSTOMERS)]
        clients: list[Stubborn] = [*operators, *customers]
        async with connected(clients):
            await kill_at_random(server, clients)
            for client in clients:
                client.is_finishing = True
            await server.start()
            await until(lambda: all(client.is_done for client in clients), "every message is acknowledged")
            await until(lambda: all(one.is_answered for one in customers), "the agent has answered everyone")
        before = {client.name: client.welcomes for client in clients}
        async with connected(clients):
            await until(lambda: all(one.welcomes > before[one.name] for one in clients), "everyone is welcomed again")
            await server.kill()  # what it would record once they have gone, such as a lost operator, nobody could see

    assert sum(len(client.acked) for client in clients) > KILLS
    async with opened(f"sqlite:///{tmp_path / 'switchboard.sqlite3'}") as store:
        for customer in customers:
            assert customer.conversation_id is not None
            events = await told_once(store, customer.conversation_id, customer)
            visible = {one.seq: event_to_data(one.event) for one in events if isinstance(one.event, CUSTOMER_VISIBLE)}
            assert customer.seen == visible, f"{customer.name} did not see exactly what happened"
        for operator in operators:
            events = await told_once(store, operator.conversation_id, operator)
            assert operator.seen == {one.seq: event_to_data(one.event) for one in events}


async def told_once(store: EventStore, conversation_id: str, client: Stubborn) -> Sequence[Recorded]:
    """The events, in which everything the client sent is there once, where the acknowledgement said."""
    await assert_lawful(store, conversation_id)
    events = await store.read(conversation_id, limit=100_000)
    said = [(one.seq, one.event) for one in events if isinstance(one.event, (CustomerSaid, OperatorSaid))]
    times = Counter(event.client_id for _, event in said)
    assert set(client.acked) == set(client.sent)
    for client_id, text in client.sent.items():
        assert times[client_id] == 1, f"{client_id} is there {times[client_id]} times"
        seq = client.acked[client_id]
        assert [event.text for at, event in said if event.client_id == client_id and at == (seq or at)] == [text]
    return events


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_the_command_line_server_with_its_models_resumes_and_answers_what_was_left(tmp_path: Path) -> None:
    port = free_port()
    customers = [StubbornCustomer(f"customer{n}", port) for n in range(3)]
    async with connected(customers):
        async with command_line_server(tmp_path, port) as process:
            await until(lambda: all(one.acked for one in customers), "every customer is acknowledged", 120)
            process.kill()
        for customer in customers:
            customer.is_finishing = True
        async with command_line_server(tmp_path, port):
            await until(lambda: all(one.is_done for one in customers), "every message is acknowledged", 120)
            await until(lambda: all(one.is_answered for one in customers), "the agent has answered everyone", 120)
    async with opened(f"sqlite:///{tmp_path / 'switchboard.sqlite3'}") as store:
        for customer in customers:
            assert customer.conversation_id is not None
            await told_once(store, customer.conversation_id, customer)
