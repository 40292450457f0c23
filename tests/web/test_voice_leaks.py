"""After its calls a server is as it was before: no task, subscription, line, job or thread is left."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from conversation import LocalFeed
from tests.conftest import Start
from tests.support.calls import SCRIPTED, bare_phone, hear_tones, phone, softphone
from tests.support.live import Live, sign_in

MAYA = "maya@harbour.example"


async def hangs_up(live: Live) -> None:
    async with phone(live) as caller:
        await caller.say("where is my claim CL52318?")
        await caller.line("speaking")
        await caller.hang_up()
        await caller.closed()


async def is_cut_off_in_mid_word(live: Live) -> None:
    async with phone(live) as caller:
        caller.speak("where is my claim CL52318?")
        await caller.hears_anything()
        await caller.lose()


async def goes_before_the_first_word(live: Live) -> None:
    async with bare_phone(live) as caller:
        await caller.ring()
        await caller.lose()


async def is_refused(live: Live) -> None:
    async with bare_phone(live) as caller:
        await caller.ring(rate_hz=8_000)
        await caller.refused()


async def is_handed_over(live: Live) -> None:
    async with live.desk(MAYA) as maya, phone(live) as caller:
        await caller.say("an operator, please")
        await maya.accept(caller.conversation_id)
        async with softphone(live, MAYA, caller.conversation_id) as line:
            await caller.line("bridged")
            await line.lose()
            async with softphone(live, MAYA, caller.conversation_id):
                await caller.line("bridged")
                await caller.hang_up()
                await caller.closed()
        await maya.item(caller.conversation_id, "wrap_up")


async def is_no_operator(live: Live) -> None:
    async with bare_phone(live, "/ws/desk-voice") as line, live.browser() as browser:
        await line.ring(conversation_id="c-1", ticket=await sign_in(browser, MAYA))
        await line.refused()


CALLS = (
    hangs_up,
    is_cut_off_in_mid_word,
    goes_before_the_first_word,
    is_refused,
    is_handed_over,
    is_no_operator,
)


def left(live: Live) -> dict[str, object]:
    """What a call might leave behind."""
    calls = live.server.calls
    return {
        "lines": dict(calls._calls),
        "operators": dict(calls._operators),
        "waiting": dict(calls._lost._waiting),
        "online": live.centre.attendance.counts(),
        "topics": sorted(cast(LocalFeed, live.centre.feed)._topics),
        "threads": sorted(one.name for one in threading.enumerate() if one.name == "recording"),
        "tasks": len(asyncio.all_tasks()),
    }


async def settled(live: Live, is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_true():  # noqa: ASYNC110 - nothing announces that nothing is left
            await asyncio.sleep(0.02)


async def test_nothing_is_left_of_calls_however_they_end(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, SWITCHBOARD_RECORDING=True, review_seconds=0) as live:
        live.centre.timing = replace(live.centre.timing, call_review=timedelta(0), line_grace=timedelta(seconds=0.2))
        await hangs_up(live)  # the first call loads the engine and warms the caches
        await settled(live, lambda: not live.server.calls._calls)
        await asyncio.sleep(0.1)
        before = left(live)
        for call in CALLS:
            await call(live)
        try:
            await settled(live, lambda: left(live) == before)
        except TimeoutError:
            assert left(live) == before
        engine = await live.server.calls.engine_loader.engine()
        report = engine.report()
        assert report is not None
