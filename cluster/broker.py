"""The port to a message broker."""

from collections.abc import Callable
from typing import Protocol

SUBJECT = "switchboard.feed"
"""Every process hears all of it."""

Take = Callable[[bytes], None]
Missed = Callable[[], None]


class BrokerAway(Exception):
    """The broker can't be reached now; the message was not sent."""


class Broker(Protocol):
    """Fan-out of small messages to all other processes, in the order each one sent them. Nothing is kept."""

    @property
    def is_connected(self) -> bool: ...

    async def run(self, take: Take, missed: Missed) -> None:
        """Connect, and connect anew, for ever. `missed` is called whenever messages may have been lost to us."""

    async def send(self, message: bytes) -> None:
        """To all others. Raises BrokerAway."""
