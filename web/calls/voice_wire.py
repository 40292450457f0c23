"""One websocket of a call, spoken to in the wire's values: the customer's page and the operator's softphone alike."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from speech import SpeechError
from storage.kit import StorageError
from telephony import LineQueue, LineStuck
from telephony import wire as w
from telephony.codecs.browser import BrowserCodec
from telephony.lines import NoVoice
from token_bucket import TokenBucket
from web.kit.connection import CLOSE_SECONDS, HELLO_SECONDS, SEND_SECONDS, Hangup

log = structlog.get_logger(__name__)

REFUSALS_PER_SECOND, REFUSAL_BURST = 2.0, 20.0
"""Frames that are no part of a call; past it the line is closed."""

DEAF_SECONDS = 12.0
"""A device whose microphone is open and of which nothing has come for so long is frozen, or its network is gone.

Longer than what a hiccup of the network holds back (LATE_SECONDS of the codec); the socket's own pings take 40 s.
"""

FAREWELL_SECONDS = 2.0
"""How long a line that ends may take to read its last words."""


class Wire:
    """One line: `leg` holds what is to be sent, `read` and `write` run beside each other."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._codec = BrowserCodec()
        self._refusals = TokenBucket(REFUSALS_PER_SECOND, REFUSAL_BURST, time.monotonic())
        self._is_sounding = False
        """The device has sent sound, and has not said that its microphone is off."""
        self.leg = LineQueue()
        self.opening: str | bytes = ""
        """The first frame, as it came."""

    async def first(self) -> w.Started:
        """The opening message. Raises Hangup for anything else, or for silence."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                self.opening = await self._receive()
                (value,) = self._codec.decode(self.opening, time.monotonic())[:1]
        except TimeoutError:
            raise Hangup(1008, "no start message within ten seconds") from None
        if isinstance(value, w.Started):
            return value
        message = value.message if isinstance(value, w.Refused) else "Send a start message first."
        code = value.code if isinstance(value, w.Refused) else "not_started"
        await self.send(w.Problem(code, message))
        raise Hangup(1008, message)

    async def read(self, take: Callable[[w.FromCaller], None]) -> w.HungUp:
        """Give every value to `take` until the device hangs up. Raises Hangup, WebSocketDisconnect."""
        try:
            async with asyncio.timeout(None) as patience:
                while True:
                    for value in self._codec.decode(await self._receive(), time.monotonic()):
                        match value:
                            case w.HungUp():
                                return value
                            case w.Refused(code=code, message=message):
                                self._answer_refusal(code, message)
                            case _:
                                self._is_sounding = _sounds_on(value, self._is_sounding)
                                take(value)
                    self._wait_on(patience)
                    # After a hiccup seconds of sound come at once: other calls have their turn between.
                    await asyncio.sleep(0)
        except TimeoutError:
            raise Hangup(1013, "nothing is heard of you; call again") from None

    def _answer_refusal(self, code: str, message: str) -> None:
        if self._refusals.wait_for(time.monotonic()) > 0:
            raise Hangup(1008, message)
        self.leg.put(w.Problem(code, message))

    def _wait_on(self, patience: asyncio.Timeout) -> None:
        """Something came: wait as long for the next; for ever on a device that need not send."""
        if not self._is_sounding:
            patience.reschedule(None)
            return
        until = asyncio.get_running_loop().time() + DEAF_SECONDS
        if until - (patience.when() or 0.0) > DEAF_SECONDS / 10:  # fifty frames a second need not fifty timers
            patience.reschedule(until)

    async def write(self) -> None:
        """Send what the leg holds until it is closed. Raises Hangup for a device that does not read."""
        try:
            while (message := await self.leg.get()) is not None:
                await self.send(message)
        except LineStuck:
            raise Hangup(1013, "too slow to play; call again") from None

    async def finish(self, writing: "asyncio.Task[None]", farewell: w.Over | None) -> None:
        """Send what is left and the farewell. Raises what `writing` was stopped by."""
        if farewell is not None:
            self.leg.put(farewell)
        self.leg.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await writing

    async def send(self, message: w.ToCaller) -> None:
        frame = self._codec.encode(message)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if isinstance(frame, bytes):
                    await self._socket.send_bytes(frame)
                else:
                    await self._socket.send_text(frame)
        except TimeoutError:
            raise Hangup(1013, "too slow to read; call again") from None
        except RuntimeError as error:  # starlette's answer to a send after the close
            raise WebSocketDisconnect(1006) from error

    async def close(self, code: int, reason: str) -> None:
        with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._socket.close(code, reason[:120])

    async def refuse(self, code: str, text: str, close_code: int) -> None:
        """Say why, then close."""
        with suppress(Hangup, WebSocketDisconnect):
            await self.send(w.Problem(code, text))
        await self.close(close_code, text)

    async def _receive(self) -> str | bytes:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        data = message.get("bytes")
        return data if data is not None else str(message.get("text") or "")


def _sounds_on(value: w.FromCaller, is_sounding: bool) -> bool:
    match value:
        case w.AudioFrame():
            return True
        case w.Muted(is_muted=True):
            return False
        case _:
            return is_sounding


async def guarded(wire: Wire, serving: Coroutine[object, object, None]) -> None:
    """Whatever ends a line, its device is told why."""
    try:
        await serving
    except Hangup as hangup:
        await wire.close(hangup.code, hangup.reason)
    except WebSocketDisconnect:
        return
    except NoVoice as error:
        await wire.refuse(error.code, str(error), 1008)
    except SpeechError as error:
        log.exception("the speech models did not load", why=str(error))
        text = "We can't take calls at the moment. Please write to us in the chat."
        await wire.refuse("voice_unavailable", text, 1011)
    except StorageError:
        await wire.refuse("unavailable", "We can't save anything right now. Please call again in a moment.", 1013)
