"""How much a request may carry, decided before it is read: a stranger's body costs nothing.

Every door takes `MOST_BODY`; a few take more, from whoever is signed in. Counted as it arrives, so that a request that
does not say its length is cut off too.
"""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY = 65_536
"""Bytes."""
LARGE_DOORS = {"/api/library/": 16_000_000, "/api/proposals/": 4_000_000, "/api/procedures/": 2_500_000}
"""Doors that supervisors bring files and long lists to, by the beginning of their path: bytes of JSON, a character may
take three."""

IsSignedIn = Callable[[Request], Awaitable[bool]]


class BodyLimit:
    """Answers 413 in place of the application."""

    def __init__(self, app: ASGIApp, is_signed_in: IsSignedIn) -> None:
        self._app = app
        self._is_signed_in = is_signed_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = _content_length(scope)
        limit = await self._limit(scope, said)
        if said > limit:
            await _refuse(send, limit)
            return
        taken = 0
        is_refused = False

        async def counted() -> Message:
            nonlocal taken, is_refused
            message = await receive()
            taken += len(message.get("body", b""))
            if taken <= limit:
                return message
            if not is_refused:
                is_refused = True
                await _refuse(send, limit)
            return {"type": "http.disconnect"}

        async def unless_refused(message: Message) -> None:
            if not is_refused:
                await send(message)

        await self._app(scope, counted, unless_refused)

    async def _limit(self, scope: Scope, said: int) -> int:
        """The session is looked up only for what strangers could not send."""
        large = next((most for path, most in LARGE_DOORS.items() if scope["path"].startswith(path)), MOST_BODY)
        if large == MOST_BODY or 0 <= said <= MOST_BODY:
            return MOST_BODY
        return large if await self._is_signed_in(Request(scope)) else MOST_BODY


def _content_length(scope: Scope) -> int:
    """-1 where the request does not say."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:18])
    return -1


async def _refuse(send: Send, limit: int) -> None:
    words = f"That is too much at once: {limit:,} bytes are the most here."
    body = json.dumps({"code": "too_large", "detail": words}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
