"""The sockets of a live call: the customer's page and the operator's softphone. Frames to values, values to frames."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from actions.centre import Centre
from conversation.state import State
from conversation.words import CallEnd
from speech.errors import SpeechError
from storage.database import StorageError
from storage.event_store import UnknownConversation
from storage.people import Person
from telephony import wire as w
from telephony.browser import BrowserCodec
from telephony.exchange import Carrier, Exchange, NoVoice
from telephony.leg import Leg, LegStuck
from web.connection import CLOSE_SECONDS, HELLO_SECONDS, SEND_SECONDS, Hangup, origin_allowed, same_origin
from web.desk_view import may_see
from web.limits import Bucket

log = structlog.get_logger(__name__)

REFUSALS_PER_SECOND, REFUSAL_BURST = 2.0, 20.0
"""Frames that are no part of a call; past it the line is closed."""


class Wire:
    """One websocket spoken to in the wire's values."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._codec = BrowserCodec()
        self._refusals = Bucket(REFUSALS_PER_SECOND, REFUSAL_BURST, time.monotonic())
        self.leg = Leg()

    async def first(self) -> w.Started:
        """The opening message. Raises Hangup for anything else, or for silence."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                (value,) = self._codec.decode(await self._receive(), time.monotonic())[:1]
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
        while True:
            for value in self._codec.decode(await self._receive(), time.monotonic()):
                match value:
                    case w.HungUp():
                        return value
                    case w.Refused(code=code, message=message):
                        if self._refusals.wait_for(time.monotonic()) > 0:
                            raise Hangup(1008, message)
                        self.leg.put(w.Problem(code, message))
                    case _:
                        take(value)

    async def write(self) -> None:
        """Send what the leg holds until it is closed. Raises Hangup for a device that does not read."""
        try:
            while (message := await self.leg.get()) is not None:
                await self.send(message)
        except LegStuck:
            raise Hangup(1013, "too slow to play; call again") from None

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

    async def _receive(self) -> str | bytes:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        data = message.get("bytes")
        return data if data is not None else str(message.get("text") or "")


async def voice_socket(socket: WebSocket, centre: Centre, exchange: Exchange, allowed_origins: list[str]) -> None:
    """Serve one caller's page until the call ends."""
    await socket.accept()
    wire = Wire(socket)
    await _guarded(wire, _serve_customer(wire, socket, centre, exchange, allowed_origins))


async def _serve_customer(
    wire: Wire, socket: WebSocket, centre: Centre, exchange: Exchange, allowed_origins: list[str]
) -> None:
    if not origin_allowed(socket, allowed_origins):
        await wire.send(w.Problem("not_welcome", "This site may not open calls here."))
        raise Hangup(1008, "this site may not open calls")
    start = await wire.first()
    if start.conversation_id is not None:
        await _must_own(wire, centre, start)
    if not exchange.is_ready:
        await wire.send(w.LineState("agent", "loading", None, "One moment, the line is being opened."))
    carrier = Carrier("browser", socket.headers.get("user-agent", "")[:200])
    live, opening, token = await exchange.open(
        start.conversation_id, carrier, wire.leg, captions=start.captions, name=start.name
    )
    hung_up: CallEnd | None = None
    state = opening.state
    try:
        with exchange.online(state.conversation_id):
            await wire.send(_opened(centre, state, token, live.call_id))
            running = asyncio.create_task(live.run(opening))
            reading = asyncio.create_task(wire.read(live.from_customer))
            writing = asyncio.create_task(wire.write())
            try:
                await asyncio.wait([running, reading, writing], return_when=asyncio.FIRST_COMPLETED)
                if reading.done() and not reading.cancelled() and reading.exception() is None:
                    hung_up = CallEnd.MOVED_TO_CHAT if reading.result().keeps_chat else CallEnd.HUNG_UP
            finally:
                for task in (running, reading):
                    task.cancel()
                results = await asyncio.gather(running, reading, return_exceptions=True)
                goes_on = await exchange.gone(live, hung_up)
                wire.leg.put(_over(hung_up or live.ending, goes_on))
                wire.leg.close()
                with suppress(Exception):  # a line that is gone can't be told so
                    async with asyncio.timeout(SEND_SECONDS):
                        await writing
            for result in (*results, writing.exception() if writing.done() else None):
                if isinstance(result, Exception):
                    raise result
    except WebSocketDisconnect:
        return
    await wire.close(1000, "the call has ended")


def _opened(centre: Centre, state: State, token: str | None, call_id: str) -> w.Opened:
    return w.Opened(
        state.conversation_id,
        token,
        call_id,
        centre.tenant.persona.name,
        centre.tenant.brand,
        bool(state.call and state.call.is_recording),
    )


def _over(reason: CallEnd | None, goes_on: bool) -> w.Over:
    by = "customer" if reason in (CallEnd.HUNG_UP, CallEnd.MOVED_TO_CHAT) else "system"
    return w.Over(by, reason or CallEnd.CONVERSATION_ENDED, goes_on)


async def _must_own(wire: Wire, centre: Centre, start: w.Started) -> None:
    try:
        kept = await centre.store.token_hash(start.conversation_id or "")
    except UnknownConversation:
        kept = ""
    if not start.token or not centre.tokens.matches(start.token, kept):
        await wire.send(w.Problem("not_yours", "This conversation can't be opened here. Start a new one."))
        raise Hangup(1008, "not this browser's conversation")


async def desk_voice_socket(socket: WebSocket, centre: Centre, exchange: Exchange) -> None:
    """Serve one operator's softphone until they leave the line."""
    if not same_origin(socket):
        await socket.close(1008, "the desk opens from its own site only")
        return
    await socket.accept()
    wire = Wire(socket)
    await _guarded(wire, _serve_operator(wire, centre, exchange))


async def _serve_operator(wire: Wire, centre: Centre, exchange: Exchange) -> None:
    start = await wire.first()
    person = await centre.people.use_ticket(start.ticket or "", centre.clock())
    if person is None:
        await wire.send(w.Problem("not_welcome", "Please sign in again."))
        raise Hangup(4401, "sign in again")
    state = await _joinable(wire, centre, person, start.conversation_id or "")

    def take(value: w.FromCaller) -> None:
        if isinstance(value, w.Pinged):
            wire.leg.put(w.Pong(value.id))
        elif live := exchange.find(state.conversation_id):
            live.from_operator(person.id, value)

    await wire.send(_opened(centre, state, None, state.call.call_id if state.call else ""))
    with exchange.operator_line(state, person, wire.leg, wants_brief=start.wants_brief):
        reading = asyncio.create_task(wire.read(take))
        writing = asyncio.create_task(wire.write())
        try:
            await asyncio.wait([reading, writing], return_when=asyncio.FIRST_COMPLETED)
        finally:
            reading.cancel()
            wire.leg.close()
            writing.cancel()
            results = await asyncio.gather(reading, writing, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
    await wire.close(1000, "the line is closed")


async def _joinable(wire: Wire, centre: Centre, person: Person, conversation_id: str) -> State:
    """The conversation this person may speak in. Raises Hangup."""
    try:
        state = await centre.store.reload(conversation_id)
    except UnknownConversation:
        state = None
    consult = state.call.consult if state and state.call else None
    is_theirs = state is not None and person.id in (state.operator_id, consult.operator_id if consult else None)
    if state is None or not is_theirs or (not may_see(person, state) and consult is None):
        await wire.send(w.Problem("not_allowed", "You don't hold this conversation."))
        raise Hangup(1008, "not your conversation")
    if state.call is None:
        await wire.send(w.Problem("no_call", "The customer is not on the phone."))
        raise Hangup(1008, "no call")
    return state


async def _guarded(wire: Wire, serving: Coroutine[Any, Any, None]) -> None:
    """Whatever ends a line, its device is told why."""
    try:
        await serving
    except Hangup as hangup:
        await wire.close(hangup.code, hangup.reason)
    except WebSocketDisconnect:
        return
    except NoVoice as error:
        await _refuse(wire, "voice_unavailable", str(error), 1008)
    except SpeechError:
        log.exception("the speech models did not load")
        text = "We can't take calls at the moment. Please write to us in the chat."
        await _refuse(wire, "voice_unavailable", text, 1011)
    except StorageError:
        await _refuse(wire, "unavailable", "We can't save anything right now. Please call again in a moment.", 1013)


async def _refuse(wire: Wire, code: str, text: str, close_code: int) -> None:
    with suppress(Hangup, WebSocketDisconnect):
        await wire.send(w.Problem(code, text))
    await wire.close(close_code, text)
