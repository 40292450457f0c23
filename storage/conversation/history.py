"""What happened in past conversations, for replay, health and a look over the history."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import select

from conversation.events import Recorded
from storage.conversation.codec import recorded_from_row
from storage.kit.database import Database
from storage.kit.tables import conversations, events

CONVERSATIONS_AT_ONCE = 200


class ConversationHistory:
    """Reads whole conversations by when they started."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def conversations(
        self, since: datetime, kinds: Sequence[str], *, until: datetime | None = None
    ) -> AsyncIterator[tuple[str, str, list[Recorded]]]:
        """(id, channel, events of these kinds in order) per conversation that began from `since` on, oldest first."""
        begun = conversations.c.started_at >= since
        if until is not None:
            begun &= conversations.c.started_at < until
        query = (
            select(conversations.c.id, conversations.c.channel)
            .where(begun)
            .order_by(conversations.c.started_at, conversations.c.id)
        )
        async with self._database.reading() as connection:
            found = [(row.id, row.channel) for row in await connection.execute(query)]
        for start in range(0, len(found), CONVERSATIONS_AT_ONCE):
            part = found[start : start + CONVERSATIONS_AT_ONCE]
            told = await self.events_of([conversation_id for conversation_id, _ in part], kinds)
            for conversation_id, channel in part:
                yield conversation_id, channel, told.get(conversation_id, [])

    async def events_of(self, ids: Sequence[str], kinds: Sequence[str]) -> dict[str, list[Recorded]]:
        """The events of these kinds of some hundred conversations, in order, by conversation."""
        query = (
            select(events.c.conversation_id, events.c.seq, events.c.at, events.c.data)
            .where(events.c.conversation_id.in_(ids), events.c.kind.in_(kinds))
            .order_by(events.c.conversation_id, events.c.seq)
        )
        told: dict[str, list[Recorded]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(query):
                recorded = recorded_from_row(row.conversation_id, row.seq, row.at, row.data)
                told.setdefault(row.conversation_id, []).append(recorded)
        return told
