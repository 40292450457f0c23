"""One caller: a microphone in real time, a loudspeaker by the clock, and the page's chat beside the call.

A frame leaves when its last sample has been spoken, as it does from a real microphone. Marks are answered when the
sound before them has been played; a flush silences the loudspeaker at once.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.voice.lines import WIRE_FRAME_SECONDS, Line, quiet_line
from bench.voice.loudspeaker import Loudspeaker

_QUIET = quiet_line()


class CallFailed(Exception):
    """The server refused the call or ended it; the message says what it sent."""


@dataclass(frozen=True)
class Target:
    """A server to call."""

    name: str
    voice_url: str
    chat_url: str | None
    """where the caller's words arrive as events; None: they come as captions of the call"""


@dataclass(frozen=True)
class Words:
    """A turn of the caller as the server took it down."""

    at: float
    """when the page was told"""
    text: str


class Caller:
    """Use `ring` and, at the end, `hang_up`."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._clock = asyncio.get_running_loop().time
        self._chat: ClientConnection | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._marks: dict[asyncio.TimerHandle, str] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._speaking: list[bytes] = []
        self._began = self._clock()
        self._sent = 0
        self._arrived = asyncio.Event()
        self._started: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.loudspeaker = Loudspeaker()
        self.words: list[Words] = []
        self.latest_seconds = 0.0
        """how late the microphone ran at worst: this machine's fault, and on the account of the server"""
        self.gone = ""
        """why the call is over; "" while it goes on"""

    @classmethod
    async def ring(cls, target: Target) -> Self:
        """A call that has been answered. Raises CallFailed."""
        wire = await connect(target.voice_url, compression=None, ping_interval=None, open_timeout=30)
        caller = cls(wire)
        caller._tasks.append(asyncio.create_task(caller._listen()))
        await caller._send({"type": "start", "v": 1, "rate_hz": 16000, "frame_ms": 20})
        started = await asyncio.wait_for(caller._started, 30)
        caller._began = caller._clock()
        caller._tasks.append(asyncio.create_task(caller._talk()))
        if target.chat_url:
            await caller._open_chat(target.chat_url, started)
        return caller

    def say(self, line: Line) -> float:
        """Speaks the line from the next frame on; when that frame begins."""
        self.loudspeaker.forget(self._clock() - 0.5)
        self._speaking = list(reversed(line.frames))
        return self._began + self._sent * WIRE_FRAME_SECONDS

    async def reply(self, since: float, until: float) -> float | None:
        """When the first audible sound at or after `since` was heard; None when there is none by `until`.

        What waits to be played does not count before its time: a flush may still drop it.
        """
        while True:
            found, now = self.loudspeaker.first_audible(since), self._clock()
            if found is not None and found <= now:
                return found
            if now >= until or self.gone:
                return None
            if found is not None:
                await asyncio.sleep(found - now)
                continue
            self._arrived.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(until - now):
                    await self._arrived.wait()

    async def quiet(self, seconds: float, within: float) -> bool:
        """Waits until nothing audible was played for so long; False when that does not come `within` seconds."""
        give_up_at = self._clock() + within
        while True:
            now = self._clock()
            last = self.loudspeaker.last_audible(float("inf"))
            if last is None or last <= now - seconds:
                return True
            if now >= give_up_at or self.gone:
                return False
            await asyncio.sleep(max(0.02, min(last + seconds, give_up_at) - now))

    async def hang_up(self) -> None:
        """Says goodbye and leaves nothing behind."""
        with suppress(ConnectionClosed):
            await self._send({"type": "hangup"})
        for task in [*self._tasks, *self._answers]:
            task.cancel()
        self._forget_marks()
        await asyncio.gather(*self._tasks, *self._answers, return_exceptions=True)
        await self._wire.close()
        if self._chat:
            await self._chat.close()

    def cut_off(self) -> None:
        """The line is gone without a word."""
        self._wire.transport.abort()

    async def _talk(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                due = self._began + (self._sent + 1) * WIRE_FRAME_SECONDS
                if due > self._clock():
                    await asyncio.sleep(due - self._clock())
                self.latest_seconds = max(self.latest_seconds, self._clock() - due)
                frame = self._speaking.pop() if self._speaking else _QUIET[self._sent % len(_QUIET)]
                self._sent += 1
                await self._wire.send(frame)

    async def _listen(self) -> None:
        try:
            async for message in self._wire:
                at = self._clock()
                if isinstance(message, bytes):
                    self.loudspeaker.play(message, at)
                    self._arrived.set()
                else:
                    self._obey(json.loads(message), at)
            self._end(f"closed {self._wire.close_code} {self._wire.close_reason}")
        except ConnectionClosed as error:
            self._end(f"closed: {error}")

    def _obey(self, message: dict[str, Any], at: float) -> None:
        match message["type"]:
            case "started" if not self._started.done():
                self._started.set_result(message)
            case "mark":
                self._await_mark(str(message["mark"]))
            case "flush":
                self.loudspeaker.flush(at)
                self._forget_marks()
            case "caption" if message["speaker"] == "customer" and message["is_final"] and self._chat is None:
                self.words.append(Words(at, str(message["text"])))
            case "problem" | "ended":
                self._end(json.dumps(message))
            case _:
                pass

    def _await_mark(self, mark: str) -> None:
        def played() -> None:
            self._marks.pop(handle, None)
            task = asyncio.create_task(self._send({"type": "played", "mark": mark}))
            self._answers.add(task)
            task.add_done_callback(self._forget_answer)

        due = self.loudspeaker.plays_until
        handle = asyncio.get_running_loop().call_at(due, played)
        self._marks[handle] = mark

    def _forget_answer(self, task: "asyncio.Task[None]") -> None:
        self._answers.discard(task)
        if not task.cancelled() and task.exception() and not isinstance(task.exception(), ConnectionClosed):
            self._end(repr(task.exception()))

    def _forget_marks(self) -> None:
        for handle in self._marks:
            handle.cancel()
        self._marks.clear()

    def _end(self, why: str) -> None:
        self.gone = self.gone or why
        self._arrived.set()
        if not self._started.done():
            self._started.set_exception(CallFailed(why))

    async def _open_chat(self, url: str, started: dict[str, Any]) -> None:
        self._chat = await connect(url, compression=None, ping_interval=None)
        hello = {"type": "hello", "v": 1, "conversation_id": started["conversation_id"], "token": started["token"]}
        await self._chat.send(json.dumps(hello))
        self._tasks.append(asyncio.create_task(self._read_chat(self._chat)))

    async def _read_chat(self, chat: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for raw in chat:
                message: dict[str, Any] = json.loads(raw)
                if message["type"] == "event" and message["data"]["kind"] == "customer_said":
                    self.words.append(Words(self._clock(), str(message["data"]["text"])))

    async def _send(self, message: dict[str, Any]) -> None:
        await self._wire.send(json.dumps(message))
