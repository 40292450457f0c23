"""The feed: who wants to hear of new events, and how they are told.

A hint, not the truth: the event table is. Each subscriber has a bounded buffer; one that falls behind is marked
lagged and reads what it missed from the store, so a slow screen never slows the conversation.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from conversation.events import Recorded
from conversation.signals import Signal
from conversation.state import State

DESK_TOPIC = "desk"
"""Everything operators and supervisors see in their lists."""

DEFAULT_BUFFER = 256
"""Messages a subscriber may leave unread before it counts as lagged."""


@dataclass(frozen=True)
class Appended:
    """New events of one conversation and the state after them."""

    events: tuple[Recorded, ...]
    state: State
    is_from_elsewhere: bool = False
    """Another process appended them, and sees to what follows."""


Message = Appended | Signal


class Subscription:
    """One reader's bounded buffer. Single reader, same event loop as the publisher."""

    def __init__(self, limit: int = DEFAULT_BUFFER) -> None:
        self._messages: deque[Message] = deque()
        self._limit = limit
        self._wake = asyncio.Event()
        self.has_lagged = False

    def put(self, message: Message) -> None:
        if self.has_lagged:
            return
        if len(self._messages) >= self._limit:
            self.has_lagged = True
            self._messages.clear()
        else:
            self._messages.append(message)
        self._wake.set()

    async def get(self) -> Message | None:
        """The next message; None once when the reader has lagged and must read from the store again."""
        while True:
            if self.has_lagged:
                self.has_lagged = False
                return None
            if self._messages:
                return self._messages.popleft()
            self._wake.clear()
            await self._wake.wait()

    def drain(self) -> list[Message]:
        """Everything buffered now, without waiting."""
        messages = list(self._messages)
        self._messages.clear()
        return messages

    def lag(self) -> None:
        """Something may have been missed: the reader shall read from the store again."""
        self._messages.clear()
        self.has_lagged = True
        self._wake.set()


class Feed(Protocol):
    """Publish to a topic, hear of a topic."""

    arrivals: list[Callable[[Message], None]]
    """Called with what another process published, before its readers here are told."""

    def publish(self, topic: str, message: Message) -> None: ...

    def attach(self, topic: str, subscription: Subscription) -> None: ...

    def detach(self, topic: str, subscription: Subscription) -> None: ...


class LocalFeed:
    """The feed inside one process. Publishing never waits."""

    def __init__(self) -> None:
        self.arrivals: list[Callable[[Message], None]] = []
        self._topics: defaultdict[str, list[Subscription]] = defaultdict(list)

    def publish(self, topic: str, message: Message) -> None:
        for subscription in self._topics.get(topic, ()):
            subscription.put(message)

    def attach(self, topic: str, subscription: Subscription) -> None:
        self._topics[topic].append(subscription)

    def detach(self, topic: str, subscription: Subscription) -> None:
        subscriptions = self._topics.get(topic)
        if subscriptions and subscription in subscriptions:
            subscriptions.remove(subscription)
        if not subscriptions:
            self._topics.pop(topic, None)

    def lag(self, topic: str) -> None:
        """Every reader of this topic reads from the store again."""
        for subscription in self._topics.get(topic, ()):
            subscription.lag()

    def lag_all(self) -> None:
        """Every reader reads from the store again."""
        for topic in list(self._topics):
            self.lag(topic)


@contextmanager
def subscribed(feed: Feed, topic: str, limit: int = DEFAULT_BUFFER) -> Iterator[Subscription]:
    """A subscription to one topic that ends with the block."""
    subscription = Subscription(limit)
    feed.attach(topic, subscription)
    try:
        yield subscription
    finally:
        feed.detach(topic, subscription)
