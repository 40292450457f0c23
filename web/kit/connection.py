"""What both sockets share: the first message, parsing with clear errors, and sends that a slow client can't block."""

import asyncio
import json
import math
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from storage.kit import StorageError
from token_bucket import TokenBucket
from web.kit.limits import MESSAGE_BURST, MESSAGES_PER_SECOND, REFUSAL_BURST, REFUSALS_PER_SECOND
from web.kit.protocol import HEARTBEAT_SECONDS, MAX_FRAME_BYTES, MAX_TEXT, ErrorOut, Heartbeat, Message

HELLO_SECONDS = 10
SEND_SECONDS = 10
"""A client that takes longer to take one message is cut off; it reconnects and resumes."""

CLOSE_SECONDS = 1

T = TypeVar("T")


class Hangup(Exception):
    """Close the socket with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Connection:
    """One websocket, spoken to in protocol messages."""

    def __init__(self, socket: WebSocket, clock: Callable[[], float]) -> None:
        self._socket = socket
        self._clock = clock
        self._sent_at = clock()
        self._bucket = TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST, clock())
        self._refusals = TokenBucket(REFUSALS_PER_SECOND, REFUSAL_BURST, clock())

    def seconds_to_beat(self) -> float:
        """How long this socket may still stay silent."""
        return max(0.0, self._sent_at + HEARTBEAT_SECONDS - self._clock())

    async def beat_if_quiet(self, now: datetime) -> None:
        """Send a heartbeat when nothing else was sent for as long as the protocol promises."""
        if self.seconds_to_beat() == 0:
            await self.send(Heartbeat(now=now))

    async def send(self, message: Message) -> None:
        """Send, or hang up on a client that does not read."""
        await self.send_text(message.model_dump_json())

    async def send_text(self, text: str) -> None:
        """The same of a message that is written already."""
        self._sent_at = self._clock()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send_text(text)
        except TimeoutError:
            raise Hangup(1013, "too slow to read; reconnect and resume") from None
        except RuntimeError as error:  # starlette's answer to a send after the close
            raise WebSocketDisconnect(1006) from error

    async def first(self, adapter: TypeAdapter[T]) -> T:
        """The first message; hangs up on anything that does not parse, or on silence."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                text = await self._receive_text()
        except TimeoutError:
            raise Hangup(1008, "no hello within ten seconds") from None
        parsed = self._parse(text, adapter)
        if isinstance(parsed, ErrorOut):
            await self.send(parsed)
            raise Hangup(1008, parsed.message)
        return parsed

    async def next(self, adapter: TypeAdapter[T]) -> T:
        """The next good message; bad ones are answered with an error and the reading goes on."""
        while True:
            text = await self._receive_text()
            wait = self._bucket.wait_for(self._clock())
            if wait > 0:
                await self._refuse(
                    ErrorOut(
                        code="too_fast",
                        message="You're sending faster than we can read. Wait a moment and send it again.",
                        client_id=_client_id(text),
                        retry_after_seconds=math.ceil(wait * 10) / 10,
                    )
                )
                continue
            parsed = self._parse(text, adapter)
            if not isinstance(parsed, ErrorOut):
                return parsed
            await self._refuse(parsed)

    async def talk(self, *work: Coroutine[object, object, None]) -> None:
        """Run the socket's tasks together until the client leaves; says why when it is we who hang up."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for one in work:
                    tasks.create_task(one)
        except* WebSocketDisconnect:
            pass
        except* Hangup as group:
            first = group.exceptions[0]
            if isinstance(first, Hangup):
                await self.close(first.code, first.reason)
        except* StorageError:
            await self.close(1013, "the database does not answer; reconnect in a few seconds")

    async def close(self, code: int, reason: str) -> None:
        if self._socket.application_state is not WebSocketState.DISCONNECTED:
            try:
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self._socket.close(code, reason[:120])
            except (RuntimeError, WebSocketDisconnect, TimeoutError):
                return  # the client was quicker, or does not even read the farewell

    async def _refuse(self, error: ErrorOut) -> None:
        if self._refusals.wait_for(self._clock()) > 0:
            raise Hangup(1008, "too many refused messages")
        await self.send(error)

    async def _receive_text(self) -> str:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text = message.get("text")
        if text is None:
            return "\0binary"  # parses as nothing: answered with bad_json
        return str(text)

    def _parse(self, text: str, adapter: TypeAdapter[T]) -> T | ErrorOut:
        client_id = _client_id(text)
        if len(text) > MAX_FRAME_BYTES:
            return ErrorOut(code="too_large", message="That message is too large to read.", client_id=client_id)
        try:
            parsed = adapter.validate_json(text)
        except ValidationError as error:
            return _explain(error, client_id)
        said = getattr(parsed, "text", "")
        if len(said) > MAX_TEXT:
            return ErrorOut(
                code="too_long",
                message=f"A message can have {MAX_TEXT:,} characters; this one has {len(said):,}. Please shorten it.",
                client_id=client_id,
            )
        if isinstance(parsed, BaseModel) and hasattr(parsed, "text") and not said.strip():
            return ErrorOut(code="unknown_message", message="The message is empty.", client_id=client_id)
        return parsed


def same_origin(socket: WebSocket) -> bool:
    """True when the page that opened the socket came from this server; a browser always says."""
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")


def origin_allowed(socket: WebSocket, allowed: list[str]) -> bool:
    """True when the embedding page may open a chat."""
    return "*" in allowed or same_origin(socket) or socket.headers.get("origin") in allowed


def _client_id(text: str) -> str | None:
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    found = data.get("client_id") if isinstance(data, dict) else None
    return found[:64] if isinstance(found, str) else None


def _explain(error: ValidationError, client_id: str | None) -> ErrorOut:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return ErrorOut(code="bad_json", message="That was not a JSON text message.", client_id=client_id)
    place = ".".join(str(part) for part in first["loc"])
    return ErrorOut(
        code="unknown_message",
        message=f"Not a message of protocol version 1: {place} {first['msg']}",
        client_id=client_id,
    )
