"""Who waits and who works, looked up once for many askers.

A thousand waiting customers each want to know their place every few seconds; the snapshot is read from the database at
most once a second, and at once after an owner changed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from routing import OperatorView, WaitingItem
from storage.conversation import Lists
from storage.people import People, Person, Presence

FRESH_SECONDS = 1.0


@dataclass(frozen=True)
class QueueSnapshot:
    """One look at the queue and the crew."""

    waiting: tuple[WaitingItem, ...]
    """In serving order; skills and refusals are left out, only the place counts here."""
    operators: tuple[OperatorView, ...]


class QueueSnapshots:
    """Caches `QueueSnapshot`."""

    def __init__(self, lists: Lists, people: People, seconds: Callable[[], float]) -> None:
        self._lists = lists
        self._people = people
        self._seconds = seconds
        self._seen: QueueSnapshot | None = None
        self._at = 0.0
        self._changes = 0

    def forget(self) -> None:
        """An owner, a presence or a load changed."""
        self._seen = None
        self._changes += 1

    async def look(self) -> QueueSnapshot:
        """The queue and the crew, at most a second old."""
        if self._seen is not None and self._seconds() - self._at <= FRESH_SECONDS:
            return self._seen
        began, changes = self._seconds(), self._changes
        rows = await self._lists.queued()
        waiting = tuple(
            WaitingItem(
                row.conversation_id,
                row.queue,
                (),
                row.priority,
                row.queued_at,
                row.queued_at,
                is_absent=row.is_absent,
            )
            for row in rows
        )
        seen = QueueSnapshot(waiting, tuple(await self.crew()))
        if changes == self._changes:  # what changed while we looked is not in what we saw
            self._seen, self._at = seen, began
        return seen

    async def crew(self) -> list[OperatorView]:
        """Everyone who can take conversations, with their load now; never cached."""
        loads = await self._lists.loads()
        return [
            operator_view(person, loads.get(person.id, 0)) for person in await self._people.all() if person.is_active
        ]


def operator_view(person: Person, load: int) -> OperatorView:
    """A person as routing sees them."""
    return OperatorView(
        id=person.id,
        name=person.name,
        queues=person.queues,
        skills=person.skills,
        load=load,
        capacity=person.capacity,
        is_available=person.is_connected and person.presence is Presence.AVAILABLE,
        idle_since=person.idle_since,
        languages=person.languages,
    )
