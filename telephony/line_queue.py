"""One open line: what is waiting to be sent to its device. The socket behind it takes from here."""

import asyncio
from collections import deque

from telephony.wire import Flush, Mark, Play, ToCaller

MOST_WAITING = 400
"""Messages; at 20 ms of sound each, 8 s. A device this far behind is gone."""


class LineStuck(Exception):
    """The device does not take what it is sent."""


class LineQueue:
    """A bounded queue to one device; putting never waits."""

    def __init__(self) -> None:
        self._waiting: deque[ToCaller] = deque()
        self._wake = asyncio.Event()
        self._is_closed = False
        self.is_stuck = False

    def put(self, message: ToCaller) -> None:
        if self._is_closed:
            return
        if isinstance(message, Flush):
            # What has not left us yet need not be taken back from the device.
            self._waiting = deque(one for one in self._waiting if not isinstance(one, Play | Mark))
        if len(self._waiting) >= MOST_WAITING:
            self.is_stuck = True
            self._waiting.clear()
        self._waiting.append(message)
        self._wake.set()

    def close(self) -> None:
        """Nothing more comes; `get` gives what is left, then None."""
        self._is_closed = True
        self._wake.set()

    async def get(self) -> ToCaller | None:
        """The next message; None at the end. Raises LineStuck when the device fell too far behind."""
        while True:
            if self.is_stuck:
                raise LineStuck
            if self._waiting:
                return self._waiting.popleft()
            if self._is_closed:
                return None
            self._wake.clear()
            await self._wake.wait()
