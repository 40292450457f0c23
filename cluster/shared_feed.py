"""The feed of one process among several: readers here are told at once, those elsewhere by way of the broker.

```
 publish ─┬─► readers here
          └─► queue ─► broker ─► every other process ─► its readers
```
"""

import asyncio
from collections.abc import Callable

import structlog

from cluster.broker import Broker, BrokerAway
from cluster.feed_wire import Unreadable, from_bytes, to_bytes
from conversation import DESK_TOPIC, Appended, LocalFeed, Message, Subscription

log = structlog.get_logger(__name__)

MOST_WAITING = 10_000
"""Messages that may wait for the broker."""
BLIND_SECONDS = 3.0
"""While the broker is away every reader looks into the tables so often."""


class SharedFeed:
    """The feed's port over a broker. Publishing never waits."""

    def __init__(self, broker: Broker, process: str) -> None:
        self._local = LocalFeed()
        self._broker = broker
        self._process = process
        self._waiting: asyncio.Queue[tuple[str, Message | None]] = asyncio.Queue(MOST_WAITING)
        self.joined = asyncio.Event()
        """Set once the broker was reached: until then every reader looks for itself."""
        self._has_lost = False
        """Something of ours did not get to the others."""
        self.arrivals: list[Callable[[Message], None]] = []

    def publish(self, topic: str, message: Message) -> None:
        """Tell readers of a topic, here and elsewhere."""
        self._local.publish(topic, message)
        if topic == DESK_TOPIC and isinstance(message, Appended):
            return  # it crosses once, under its conversation
        self._send(topic, message)

    def attach(self, topic: str, subscription: Subscription) -> None:
        """See Feed."""
        self._local.attach(topic, subscription)

    def detach(self, topic: str, subscription: Subscription) -> None:
        """See Feed."""
        self._local.detach(topic, subscription)

    @property
    def is_crossing(self) -> bool:
        """True while other processes hear at once."""
        return self._broker.is_connected

    # ------------------------------------------------------------ workers

    async def cross(self) -> None:
        """Hear the others, for ever; a worker's step."""
        await self._broker.run(self._take, self._missed)

    async def step(self) -> None:
        """Send one message; a worker's step. What can't be sent is not kept: the others read the tables."""
        topic, message = await self._waiting.get()
        try:
            await self._broker.send(to_bytes(self._process, topic, message))
        except BrokerAway:
            self._has_lost = True

    async def look(self) -> None:
        """While nothing crosses, let everybody look for themselves; every `BLIND_SECONDS`."""
        if not self._broker.is_connected:
            self._local.lag_all()

    # ------------------------------------------------------------ from elsewhere

    def _send(self, topic: str, message: Message | None) -> None:
        try:
            self._waiting.put_nowait((topic, message))
        except asyncio.QueueFull:
            while not self._waiting.empty():
                self._waiting.get_nowait()
            self._waiting.put_nowait(("", None))

    def _missed(self) -> None:
        """The connection is new: what was said by either side meanwhile was lost."""
        self._local.lag_all()
        self.joined.set()
        if self._has_lost:
            self._send("", None)
        self._has_lost = True  # what goes into a connection that is dead already is lost without a word

    def _take(self, data: bytes) -> None:
        try:
            process, topic, message = from_bytes(data)
        except Unreadable:
            log.warning("a message of another version was passed over; the tables are read instead")
            self._local.lag_all()
            return
        if process == self._process:
            return
        if message is None:
            self._lag(topic)
            return
        for hear in self.arrivals:
            hear(message)
        self._local.publish(topic, message)
        if isinstance(message, Appended):
            self._local.publish(DESK_TOPIC, message)

    def _lag(self, topic: str) -> None:
        if not topic:
            self._local.lag_all()
            return
        self._local.lag(topic)
        self._local.lag(DESK_TOPIC)
