"""One process of several is killed with SIGKILL: its customers and operators go on at another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage.kit import LEASE_SECONDS
from tests.support.brokers import BrokerServer
from tests.support.live import Doors
from tests.support.process import WarmServer, free_port, warm_server
from tests.support.stores import assert_lawful, opened

pytestmark = pytest.mark.postgres
Node = tuple[WarmServer, Doors]


@pytest.fixture
async def two(
    shared_url: str, broker: BrokerServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Node, Node]]:
    """Two processes in processes of their own; the first leads."""
    monkeypatch.setenv("SWITCHBOARD_DATABASE_URL", shared_url)
    monkeypatch.setenv("SWITCHBOARD_BROKER_URL", broker.url)
    async with AsyncExitStack() as stack:
        nodes = []
        for name in ("a", "b"):
            port = free_port()
            server = await stack.enter_async_context(warm_server(tmp_path / name, port))
            await server.start()
            doors = Doors(port)
            await doors.served()
            nodes.append((server, doors))
        yield nodes[0], nodes[1]


async def test_its_customers_and_operators_go_on_at_another(two: tuple[Node, Node], shared_url: str) -> None:
    (first, a), (_, b) = two
    async with AsyncExitStack() as stack:
        maya = await stack.enter_async_context(a.desk())
        served = await stack.enter_async_context(a.chat())
        waiting = [await stack.enter_async_context(a.chat()) for _ in range(3)]
        await served.ask_for_person()
        await maya.accept(served.conversation_id)
        for one in waiting:
            await one.say("hello, can you hear me?")
        await first.kill()
        began = asyncio.get_running_loop().time()
        assert (await maya.closed())[0] == 1006

        again = await stack.enter_async_context(b.desk())
        for one in (served, *waiting):
            back = await stack.enter_async_context(
                b.chat(conversation_id=one.conversation_id, token=one.token, last_seq=0)
            )
            texts = [event["data"].get("text") for event in back.welcome["events"]]
            if one is served:
                customer = back
            else:
                assert "hello, can you hear me?" in texts
        assert asyncio.get_running_loop().time() - began < LEASE_SECONDS + 1
        await again.send("open", conversation_id=served.conversation_id)
        await again.expect("conversation")
        await again.say(served.conversation_id, "I am here again")
        await customer.event("operator_said")
    async with opened(shared_url) as store:
        for one in (served, *waiting):
            state = await assert_lawful(store, one.conversation_id)
            assert state.is_live


async def test_who_leads_is_followed_within_seconds(two: tuple[Node, Node], shared_url: str) -> None:
    """What is left unanswered or unoffered by the one that led is seen to by the other, though nobody comes back."""
    (first, a), (_, b) = two
    async with AsyncExitStack() as stack:
        customer = await stack.enter_async_context(b.chat())
        left = await stack.enter_async_context(a.chat())
        await left.say("good morning to you")
        await first.kill()
        began = asyncio.get_running_loop().time()
        maya = await stack.enter_async_context(b.desk())
        await customer.ask_for_person()
        await maya.offer(customer.conversation_id)
        assert asyncio.get_running_loop().time() - began < 2 * LEASE_SECONDS
    async with opened(shared_url) as store, asyncio.timeout(10):
        while True:
            events = await store.read(left.conversation_id)
            if events[-1].event.kind == "agent_said":
                break
            await asyncio.sleep(0.1)
