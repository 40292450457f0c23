"""What one address may ask for, and what it can't take from others."""

import asyncio
import random
import time
from contextlib import AsyncExitStack
from typing import Any

import pytest

import sources
from actions import UnderstandingQueue
from conversation import LocalFeed
from sources import Limit, Sources, network_of
from tests.conftest import Start
from tests.support.calls import SCRIPTED, bare_phone, hear_tones
from tests.support.live import Live

PROXY = {"trusted_proxies": ["127.0.0.1"]}
"""So that a test may come from anywhere."""


def coming_from(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def test_a_subscriber_is_one_source() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") != network_of("192.0.2.8")
    assert network_of("testclient") == "testclient"


async def test_new_chats_of_one_address_are_bounded_and_others_are_not_held_up(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sources.LIMITS, "chat", Limit(burst=3, rate=0.001))
    async with start(**PROXY) as live, AsyncExitStack() as stack:
        mine = [await stack.enter_async_context(live.chat(headers=coming_from("192.0.2.7"))) for _ in range(3)]
        async with live.wire("/ws/chat", **coming_from("192.0.2.7")) as refused:
            await refused.send("hello", v=1)
            error = await refused.error()
            assert (error["code"], (await refused.closed())[0]) == ("too_fast", 1013)
            assert error["retry_after_seconds"] > 0
        await stack.enter_async_context(live.chat(headers=coming_from("192.0.2.8")))
        first = mine[0]
        again = live.chat(
            headers=coming_from("192.0.2.7"), conversation_id=first.conversation_id, token=first.token, last_seq=0
        )
        assert (await stack.enter_async_context(again)).welcome["conversation_id"] == first.conversation_id


async def ring(live: Live, stack: AsyncExitStack, address: str) -> None:
    caller = await stack.enter_async_context(bare_phone(live, **coming_from(address)))
    await caller.start()


async def test_one_address_holds_half_of_the_lines_at_most(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, **PROXY, most_calls=4) as live, AsyncExitStack() as stack:
        for _ in range(2):
            await ring(live, stack, "192.0.2.7")
        async with bare_phone(live, **coming_from("192.0.2.7")) as busy:
            await busy.ring()
            assert (await busy.refused())[0] == "busy"
        await ring(live, stack, "192.0.2.8")


async def test_whoever_guesses_shuts_out_themselves_alone(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources.LIMITS, "identity", Limit(burst=4, rate=0.001))
    async with start(**PROXY) as live:
        for day in ("1 January 1980", "2 February 1981", "3 March 1982", "4 April 1983"):
            assert "match" in await told(live, "192.0.2.7", day)
        right = "14 September 1987, HB3 7PL"
        assert "in progress" not in await told(live, "192.0.2.7", right)
        assert "in progress" in await told(live, "192.0.2.8", right)


async def told(live: Live, address: str, birth: str) -> str:
    """What somebody is told of a claim who gives this birth date."""
    async with live.chat(headers=coming_from(address)) as chat:
        await chat.ask("my claim CL52318 please")
        return str((await chat.ask(birth))["text"])


async def test_a_flood_of_one_source_waits_behind_itself() -> None:
    class Slow:
        def understand_many(self, turns: list[tuple[str, int]]) -> list[str]:
            time.sleep(0.002 * len(turns))
            return [text for text, _ in turns]

    queue = UnderstandingQueue(Slow())  # type: ignore[arg-type]
    running = asyncio.create_task(steps(queue))
    try:
        flood = [asyncio.create_task(queue.understand(f"flood {n}", n, "one")) for n in range(500)]
        await asyncio.sleep(0.05)
        began = time.monotonic()
        assert str(await queue.understand("mine", 1, "another")) == "mine"
        assert sum(not one.done() for one in flood) > 300
        assert time.monotonic() - began < 0.5
    finally:
        running.cancel()
        for one in flood:
            one.cancel()
        queue.close()


async def steps(queue: Any) -> None:
    while True:
        await queue.step()


def test_limits_hold_for_any_order_of_asking() -> None:
    """However one source asks, it gets what its limit says; others get theirs all the same."""
    now = 0.0
    kept = Sources(LocalFeed(), lambda: now)
    chance = random.Random(7)
    granted = {"one": 0, "another": 0}
    for _ in range(20_000):
        now += chance.random() * 0.02
        source = "one" if chance.random() < 0.99 else "another"
        granted[source] += kept.wait_for("chat", source) == 0
    assert 300 + 5 * now - 2 <= granted["one"] <= 300 + 5 * now + 1
    assert granted["another"] > 150
