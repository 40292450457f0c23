"""Turns that are understood together: one that breaks the models takes no other with it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from actions import UnderstandingQueue
from actions.workers import Worker
from agent.understanding import Understander, Understanding
from tests.support.live import Live


class Choking:
    """Understands as the inner one does, but not this text."""

    def __init__(self, inner: Understander) -> None:
        self._inner = inner

    def understand_many(self, turns: Sequence[tuple[str, int]]) -> list[Understanding]:
        if any(text == "poison" for text, _ in turns):
            raise RuntimeError("choked")
        return self._inner.understand_many(turns)


async def test_a_text_that_fails_fails_alone(live: Live) -> None:
    inner = live.centre.agent_slot.runtime.understanding.understander
    queue = UnderstandingQueue(cast("Understander", Choking(inner)))
    asked = ["where is my claim", "poison", "what does my excess mean"]
    waiting = [asyncio.create_task(queue.understand(text, number)) for number, text in enumerate(asked)]
    await asyncio.sleep(0)  # all three wait before the first is taken
    running = asyncio.create_task(Worker("understanding", queue.step, 0.0).run())
    first, second, third = await asyncio.gather(*waiting, return_exceptions=True)
    running.cancel()
    queue.close()
    assert isinstance(second, RuntimeError)
    for found, text, number in ((first, asked[0], 0), (third, asked[2], 2)):
        assert isinstance(found, Understanding)
        assert replace(found, text=text, seq=number) == found
    with pytest.raises(asyncio.CancelledError):
        await running
