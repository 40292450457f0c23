"""Work promised in the same transaction as the events: delivered at least once, each under its own key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import func, select, update

from storage.kit.database import Database
from storage.kit.tables import outbox

MAX_PAUSE = timedelta(minutes=30)


class NotePayload(TypedDict):
    """A note on the customer's record once a conversation is over."""

    conversation_id: str
    customer_id: str
    disposition: str
    summary: str


@dataclass(frozen=True)
class OutboxItem:
    key: str
    """Idempotency key: the receiver drops a second delivery."""
    kind: str
    payload: NotePayload
    attempts: int


class Outbox:
    """What is still to be delivered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int = 50) -> list[OutboxItem]:
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(outbox.c.key, outbox.c.kind, outbox.c.payload, outbox.c.attempts)
                .where(outbox.c.done_at.is_(None), outbox.c.next_at <= now)
                .order_by(outbox.c.next_at)
                .limit(limit)
            )
            return [OutboxItem(row.key, row.kind, row.payload, row.attempts) for row in rows]

    async def waiting(self) -> tuple[int, datetime | None]:
        """How many are not delivered, and since when the oldest was to be."""
        query = select(func.count(), func.min(outbox.c.next_at)).where(outbox.c.done_at.is_(None))
        async with self._database.reading() as connection:
            count, oldest = (await connection.execute(query)).one()
        return count, oldest

    async def delivered(self, item: OutboxItem, at: datetime) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(outbox).where(outbox.c.key == item.key).values(done_at=at))

    async def failed(self, item: OutboxItem, error: str, at: datetime) -> None:
        """Try again later: after 2, 4, 8 … seconds, at most half an hour."""
        pause = min(timedelta(seconds=2 ** min(item.attempts + 1, 12)), MAX_PAUSE)
        async with self._database.writing() as connection:
            await connection.execute(
                update(outbox)
                .where(outbox.c.key == item.key)
                .values(attempts=item.attempts + 1, next_at=at + pause, last_error=error[:500])
            )
