"""The first door of all: a connection must say what it wants, soon and shortly, and one address holds only so many.

uvicorn's parser takes a head of any length and waits for a request for ever; this one does not.
"""

import asyncio
from collections import Counter

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 32_768
"""Bytes of request line and headers together."""
HEAD_SECONDS = 10.0
"""For a head, from the connection or from the answer before."""
BODY_SECONDS = 120.0
"""For a body."""
MOST_CONNECTIONS = 300
"""Of one address at once, websockets and trusted proxies not counted: a company behind one address, and no more of a
flood."""

held: Counter[str] = Counter()
"""Open connections by the address at the other end."""


class GuardedHttp(HttpToolsProtocol):
    """Closes connections that ask for nothing, or for too much before they do."""

    _address: str | None = None
    _is_in_head = True
    _head = 0
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        held[self._address] += 1
        if held[self._address] > MOST_CONNECTIONS and self._address not in (self.config.forwarded_allow_ips or ()):
            transport.abort()
        else:
            self._begin_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._let_go()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self) -> None:
        self._let_go()
        super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        if self._is_in_head:
            before, self._head = self._head, self._head + len(data)
            # One read may hold the end of a head and the beginning of its body.
            if before > MOST_HEAD or (self._head > MOST_HEAD and b"\r\n\r\n" not in data[: MOST_HEAD + 4]):
                self.transport.abort()
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._wait(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._wait(None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing():
            self._begin_head()

    def _begin_head(self) -> None:
        self._is_in_head, self._head = True, 0
        self._wait(HEAD_SECONDS)

    def _wait(self, seconds: float | None) -> None:
        if self._late is not None:
            self._late.cancel()
        self._late = self.loop.call_later(seconds, self.transport.abort) if seconds is not None else None

    def _let_go(self) -> None:
        """Not ours any more: gone, or a websocket's."""
        self._wait(None)
        if self._address is not None:
            held[self._address] -= 1
            if not held[self._address]:
                del held[self._address]
            self._address = None
