"""Customers who leave while they wait: whoever is there is served first, whoever comes back has their old place."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from actions.operator import offer
from conversation import ClosureReason, Stage
from conversation.events import Ended
from tests.conftest import Start
from tests.support.live import ChatClient, Live


async def _waiting(live: Live, stack: AsyncExitStack) -> ChatClient:
    chat = await stack.enter_async_context(live.chat())
    await chat.ask_for_person()
    await chat.event("handover_confirmed")
    return chat


async def _ghosts(live: Live, count: int) -> list[ChatClient]:
    """Customers who ask for a person and leave."""
    async with AsyncExitStack() as stack:
        gone = [await _waiting(live, stack) for _ in range(count)]
    async with asyncio.timeout(10):
        while len(await _absent(live)) < count:  # noqa: ASYNC110 - nothing announces it
            await asyncio.sleep(0.02)
    return gone


async def _absent(live: Live) -> list[str]:
    return [row.conversation_id for row in await live.centre.lists.queued() if row.is_absent]


async def test_whoever_is_there_is_offered_before_all_who_left(live: Live) -> None:
    gone = await _ghosts(live, 6)
    async with AsyncExitStack() as stack:
        real = await _waiting(live, stack)
        await real.expect("waiting", lambda m: m["position"] == 1)
        maya = await stack.enter_async_context(live.desk())
        offers = [*maya.board["offers"]]  # those that were made before the desk was shown
        offers += [await maya.expect("offer") for _ in range(3 - len(offers))]
    assert real.conversation_id in [one["item"]["conversation_id"] for one in offers]
    assert {one["item"]["conversation_id"] for one in offers} - {real.conversation_id} < {
        one.conversation_id for one in gone
    }


async def test_who_left_for_good_is_offered_to_nobody(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer, "OFFERED_FOR", timedelta(0))
    gone = await _ghosts(live, 2)
    async with AsyncExitStack() as stack:
        maya = await stack.enter_async_context(live.desk())
        real = await _waiting(live, stack)
        await maya.offer(real.conversation_id)
        for one in gone:
            assert (await live.centre.store.reload(one.conversation_id)).owner.stage is Stage.QUEUED
        first = gone[0]
        async with live.chat(conversation_id=first.conversation_id, token=first.token, last_seq=0) as back:
            await maya.offer(back.conversation_id)


async def test_a_wait_that_nobody_keeps_ends(start: Start) -> None:
    async with start(idle_minutes=0.02) as live:
        (one,) = await _ghosts(live, 1)
        async with asyncio.timeout(10):
            while (state := await live.centre.store.reload(one.conversation_id)).is_live:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        ended = (await live.centre.store.read(one.conversation_id))[-1].event
    assert not state.is_live
    assert isinstance(ended, Ended)
    assert ended.reason is ClosureReason.CUSTOMER_IDLE
