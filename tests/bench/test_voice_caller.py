"""A caller against a small server of the same wire, over a real socket: what is timed is what happened."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.server import ServerConnection, serve

from bench.voice.caller import Caller, CallFailed, Target
from bench.voice.lines import Line
from bench.voice.loudspeaker import RATE_HZ
from bench.voice.scenarios import _interrupt, _turn

LOUD = np.full(320, 9000).astype("<i2").tobytes()
SILENT = bytes(640)
LINE = Line("loud.wav", (SILENT,) * 5 + (LOUD,) * 20 + (SILENT,) * 10, 0.1, 0.35, 0.5)


def tone(seconds: float, silence: float = 0.0) -> bytes:
    samples = np.concatenate([np.zeros(round(silence * RATE_HZ)), np.full(round(seconds * RATE_HZ), 9000)])
    return samples.astype("<i2").tobytes()


class SmallServer:
    """Takes a line down when its 20 loud frames are there, and then does what the test wants."""

    def __init__(self, then: Callable[["SmallServer"], Any], after_frames: int = 20) -> None:
        self._then = then
        self._after = after_frames
        self.wire: ServerConnection
        self.messages: list[dict[str, Any]] = []
        self.sent_at = 0.0

    async def call(self, wire: ServerConnection) -> None:
        self.wire = wire
        loud = 0
        async for message in wire:
            if isinstance(message, str):
                self.messages.append(json.loads(message))
                if self.messages[-1]["type"] == "start":
                    await self.tell(type="started", conversation_id="c", token="t")
            elif max(message) > 0 and np.frombuffer(message, "<i2").max() > 5000:
                loud += 1
                if loud == self._after:
                    await self._then(self)

    async def tell(self, **message: Any) -> None:
        await self.wire.send(json.dumps(message))

    async def speak(self, pcm: bytes) -> None:
        self.sent_at = asyncio.get_running_loop().time()
        await self.wire.send(pcm)

    async def take_down(self, text: str) -> None:
        await self.tell(type="caption", speaker="customer", text=text, is_final=True)


@asynccontextmanager
async def ringing(server: SmallServer) -> AsyncIterator[Caller]:
    async with serve(server.call, "127.0.0.1", 0) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        caller = await Caller.ring(Target("small", f"ws://127.0.0.1:{port}", None))
        try:
            yield caller
        finally:
            await caller.hang_up()


async def answers(server: SmallServer) -> None:
    await asyncio.sleep(0.1)
    await server.take_down("a latte")
    await server.speak(tone(0.3, silence=0.2))
    await server.tell(type="mark", mark="m1")


async def test_the_wait_ends_with_the_first_sound_that_can_be_heard() -> None:
    server = SmallServer(answers)
    async with ringing(server) as caller:
        before = asyncio.get_running_loop().time()
        turn = await _turn(caller, LINE)
        speech_ends = server.sent_at - 0.1  # the last loud frame is sent when it has been spoken
        assert turn.wait_seconds == pytest.approx(server.sent_at - speech_ends + 0.2, abs=0.15)
        assert not turn.was_cut
        assert turn.texts == ("a latte",)
        assert before < speech_ends


async def test_a_mark_is_answered_when_the_sound_before_it_was_played() -> None:
    server = SmallServer(answers)
    async with ringing(server) as caller:
        await _turn(caller, LINE)
        assert server.messages[-1] == {"type": "played", "mark": "m1"}


async def test_two_texts_for_one_line_are_a_split() -> None:
    async def splits(server: SmallServer) -> None:
        await server.take_down("a")
        await answers(server)

    async with ringing(SmallServer(splits)) as caller:
        assert (await _turn(caller, LINE)).was_cut


async def test_an_agent_that_speaks_before_the_end_has_cut_the_caller_short() -> None:
    async def hurries(server: SmallServer) -> None:
        await server.speak(tone(0.5))

    async with ringing(SmallServer(hurries, after_frames=3)) as caller:
        assert (await _turn(caller, LINE)).was_cut


async def test_an_interruption_ends_with_the_last_sound_and_its_marks_are_never_answered() -> None:
    async def stops(server: SmallServer) -> None:
        await server.tell(type="flush")
        await asyncio.sleep(0.5)
        await server.speak(tone(0.1))

    server = SmallServer(stops, after_frames=10)
    async with ringing(server) as caller:
        await server.speak(tone(3.0))
        await server.tell(type="mark", mark="never")
        interruption, reply = await asyncio.wait_for(_interrupt(caller, LINE), 10)
        assert reply == pytest.approx(server.sent_at, abs=0.1)
        assert interruption is not None
        assert interruption.has_stopped
        assert interruption.from_onset_seconds == pytest.approx(0.2, abs=0.15)
        assert "never" not in json.dumps(server.messages)


async def test_a_refused_call_says_why() -> None:
    async def refuses(wire: ServerConnection) -> None:
        await wire.recv()
        await wire.send(json.dumps({"type": "problem", "code": "busy", "message": "All lines are taken."}))

    async with serve(refuses, "127.0.0.1", 0) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        with pytest.raises(CallFailed, match="All lines are taken"):
            await Caller.ring(Target("busy", f"ws://127.0.0.1:{port}", None))
