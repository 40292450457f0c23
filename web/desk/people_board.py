"""Everybody's presence and load, and the queues: worked out and written once for all desks, not by each of them.

Two hundred desks that each asked three tables at every change cost the square of the crew.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from actions import Centre
from conversation import DESK_TOPIC, Appended, CrewChanged, Message, Subscription
from conversation.events import OfferAccepted, Offered, Requeued
from web.desk.desk_schemas import people_out

GATHER_SECONDS = 0.05
PAUSE_SECONDS = 0.25
"""Between two pictures, however much changes."""
BUFFER = 4_096
_OF_THE_CREW = (Offered, OfferAccepted, Requeued)


class Latest:
    """The newest picture for one desk; older ones it did not take yet are dropped."""

    def __init__(self) -> None:
        self._text = ""
        self._came = asyncio.Event()

    def put(self, text: str) -> None:
        self._text = text
        self._came.set()

    async def get(self) -> str:
        """The next picture, as JSON."""
        await self._came.wait()
        self._came.clear()
        return self._text


class PeopleBoard:
    """Draws the picture when something changed, for every desk that reads."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._news = Subscription(BUFFER)
        centre.feed.attach(DESK_TOPIC, self._news)
        self._desks: set[Latest] = set()

    @contextmanager
    def reading(self) -> Iterator[Latest]:
        """A desk reads while the block runs."""
        latest = Latest()
        self._desks.add(latest)
        try:
            yield latest
        finally:
            self._desks.discard(latest)

    async def step(self) -> None:
        """Wait for a change, draw, hand out; a worker's step."""
        while not _is_of_people(await self._news.get()):
            continue
        await asyncio.sleep(GATHER_SECONDS)
        self._news.drain()
        if self._desks:
            text = (await people_out(self._centre)).model_dump_json()
            for latest in self._desks:
                latest.put(text)
        await asyncio.sleep(PAUSE_SECONDS)


def _is_of_people(message: Message | None) -> bool:
    """Whether presence, load or a queue may be another now; None: some news were missed."""
    match message:
        case None | CrewChanged():
            return True
        case Appended(events=events, state=state):
            return bool(state.owner.queue) or any(isinstance(one.event, _OF_THE_CREW) for one in events)
        case _:
            return False
