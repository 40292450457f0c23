"""An operator's line is brought to the process that holds the caller's: one call is mixed in one place.

```
 softphone ══► this process ══► process with the caller's line       frames pass as they are, both ways
```
"""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from actions import Centre
from web.kit.connection import Hangup

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5.0
MOST_WAITING = 64
"""Frames of the other process that wait to be sent on."""


async def home_of(centre: Centre, conversation_id: str) -> str | None:
    """The address of the other process that holds the caller's line; None when it is here, or nowhere."""
    process = await centre.attendance.line_of(conversation_id)
    return centre.membership.alive.get(process) if process != centre.membership.process else None


async def relay(socket: WebSocket, address: str, opening: str | bytes) -> None:
    """Pass frames until either side ends it; `opening` was read already. Raises Hangup as the other process closes."""
    where = urlsplit(address)
    url = f"{'wss' if where.scheme == 'https' else 'ws'}://{where.netloc}/ws/desk-voice"
    try:
        far = await connect(url, open_timeout=CONNECT_SECONDS, compression=None, max_queue=MOST_WAITING)
    except (OSError, InvalidHandshake, TimeoutError) as error:
        log.warning("the process with the caller's line can't be reached", address=address)
        raise Hangup(1013, "the call can't be reached now; try again in a few seconds") from error
    try:
        await far.send(opening)
        tasks = [asyncio.create_task(_out(socket, far)), asyncio.create_task(_in(socket, far))]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for task in done:
            task.result()
    finally:
        with suppress(ConnectionClosed):
            await far.close()


async def _out(socket: WebSocket, far: ClientConnection) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        data = message.get("bytes")
        with suppress(ConnectionClosed):  # why is said by what comes in
            await far.send(data if data is not None else str(message.get("text") or ""))


async def _in(socket: WebSocket, far: ClientConnection) -> None:
    try:
        while True:
            data = await far.recv()
            await (socket.send_bytes(data) if isinstance(data, bytes) else socket.send_text(data))
    except ConnectionClosed as closed:
        code = closed.rcvd.code if closed.rcvd else 1012
        raise Hangup(code, closed.rcvd.reason if closed.rcvd else "the line was lost; call again") from closed
    except RuntimeError as error:  # starlette's answer to a send after the close
        raise WebSocketDisconnect(1006) from error
