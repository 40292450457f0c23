"""Which customers are there: counted by their open pages and lines, told to the desk, kept for whoever offers.

A customer who has left is offered to nobody while somebody waits who is there, and after a while to nobody at all;
whoever comes back has their old place.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from conversation import DESK_TOPIC, CustomerOnline, LocalFeed
from storage.conversation import Absences

OFFERED_FOR = timedelta(minutes=2)
"""So long after they left a waiting customer is still offered, behind all who are there: a page that is loaded anew,
a telephone that was put away for a moment."""


class Attendance:
    """The customers of this process. Counting waits for nothing; `step` writes it down."""

    def __init__(self, feed: LocalFeed, absences: Absences, clock: Callable[[], datetime]) -> None:
        self._feed = feed
        self._absences = absences
        self._clock = clock
        self._open: Counter[str] = Counter()
        self._unwritten: dict[str, datetime | None] = {}
        self.wake = asyncio.Event()

    def is_here(self, conversation_id: str) -> bool:
        """True while the customer has a page or a line open."""
        return self._open[conversation_id] > 0

    @contextmanager
    def here(self, conversation_id: str, *, is_new: bool = False) -> Iterator[None]:
        """The customer counts as there while the block runs; a conversation that `is_new` has no absence to end."""
        self._open[conversation_id] += 1
        self._tell(conversation_id, left_at=None, is_to_write=not is_new)
        try:
            yield
        finally:
            self._open[conversation_id] -= 1
            if not self._open[conversation_id]:
                del self._open[conversation_id]
            has_left = not self.is_here(conversation_id)
            self._tell(conversation_id, left_at=self._clock() if has_left else None, is_to_write=has_left)

    def counts(self) -> dict[str, int]:
        """Open pages and lines by conversation."""
        return dict(self._open)

    async def step(self) -> None:
        """Write down who came and who left; a worker's step."""
        rows, self._unwritten = self._unwritten, {}
        try:
            await self._absences.write(rows)
        except BaseException:
            self._unwritten = rows | self._unwritten
            self.wake.set()
            raise

    def _tell(self, conversation_id: str, left_at: datetime | None, *, is_to_write: bool) -> None:
        if is_to_write:
            self._unwritten[conversation_id] = left_at
            self.wake.set()
        self._feed.publish(DESK_TOPIC, CustomerOnline(conversation_id, left_at is None))
