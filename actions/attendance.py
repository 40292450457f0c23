"""Which customers are there: counted by their open pages and lines, told to the desk, kept for whoever offers.

A customer who has left is offered to nobody while somebody waits who is there, and after a while to nobody at all;
whoever comes back has their old place.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from conversation import DESK_TOPIC, CustomerOnline, Feed, Message
from storage.conversation import Absences

OFFERED_FOR = timedelta(minutes=2)
"""So long after they left a waiting customer is still offered, behind all who are there: a page that is loaded anew,
a telephone that was put away for a moment."""

REMEMBERED = 50_000
"""Conversations whose source is known."""


class Attendance:
    """The customers of this process, and what is known of the others'. Counting waits for nothing; `step` writes."""

    def __init__(self, feed: Feed, absences: Absences, clock: Callable[[], datetime]) -> None:
        self._feed = feed
        self._absences = absences
        self._clock = clock
        self._open: Counter[str] = Counter()
        self._elsewhere: dict[str, str] = {}
        """Conversation to the other process that has it open."""
        self._sources: OrderedDict[str, str] = OrderedDict()
        self._unwritten: dict[str, datetime | None] = {}
        self.wake = asyncio.Event()
        feed.arrivals.append(self._arrived)

    def is_here(self, conversation_id: str) -> bool:
        """True while the customer has a page or a line open, wherever."""
        return self._open[conversation_id] > 0 or conversation_id in self._elsewhere

    @contextmanager
    def here(self, conversation_id: str, *, is_new: bool = False, source: str = "") -> Iterator[None]:
        """The customer counts as there while the block runs; a conversation that `is_new` has no absence to end.

        `source`: where they come from, see sources.py.
        """
        self._remember(conversation_id, source)
        self._open[conversation_id] += 1
        self._tell(conversation_id, left_at=None, is_to_write=not is_new)
        try:
            yield
        finally:
            self._open[conversation_id] -= 1
            if not self._open[conversation_id]:
                del self._open[conversation_id]
            has_left = self._open[conversation_id] == 0
            self._tell(conversation_id, left_at=self._clock() if has_left else None, is_to_write=has_left)

    async def line_opened(self, conversation_id: str) -> None:
        """The caller's line is in this process: operators' lines come here."""
        await self._absences.line_opened(conversation_id)

    async def line_of(self, conversation_id: str) -> str:
        """The process that holds, or held last, the caller's line; empty for none."""
        return await self._absences.line_of(conversation_id)

    def source_of(self, conversation_id: str) -> str:
        """Where the customer came from last; empty when that is not known."""
        return self._sources.get(conversation_id, "")

    def _remember(self, conversation_id: str, source: str) -> None:
        """For longer than the page is open: who asks and leaves at once is asked for it all the same."""
        self._sources[conversation_id] = source
        self._sources.move_to_end(conversation_id)
        if len(self._sources) > REMEMBERED:
            self._sources.popitem(last=False)

    def counts(self) -> dict[str, int]:
        """Open pages and lines of this process by conversation."""
        return dict(self._open)

    # ------------------------------------------------------------ other processes

    async def look_around(self) -> None:
        """Learn who is there already in other processes."""
        self._elsewhere = await self._absences.elsewhere()

    def _arrived(self, message: Message) -> None:
        if isinstance(message, CustomerOnline):
            self.heard(message)

    def heard(self, signal: CustomerOnline) -> None:
        """Another process says that a customer came or left there; whoever is here as well says so again."""
        conversation_id = signal.conversation_id
        if signal.is_online:
            self._elsewhere[conversation_id] = signal.process
            return
        if not signal.process or self._elsewhere.get(conversation_id) == signal.process:
            self._elsewhere.pop(conversation_id, None)
        if self._open[conversation_id] > 0:
            self._tell(conversation_id, left_at=None, is_to_write=True)

    def nobody_there(self, conversation_id: str) -> None:
        """The process that had this customer is gone."""
        gone = CustomerOnline(conversation_id, is_online=False)
        self.heard(gone)
        self._feed.publish(DESK_TOPIC, gone)

    def say_again(self) -> None:
        """This process was taken for dead: all its customers are still there."""
        for conversation_id in self._open:
            self._tell(conversation_id, left_at=None, is_to_write=True)

    # ------------------------------------------------------------ writing

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
        self._feed.publish(DESK_TOPIC, CustomerOnline(conversation_id, left_at is None, self._absences.process))
