"""Where a customer is attended to, and since when they are not there: beside the events, no part of what was said."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from conversation import LIVE_STAGES, Stage
from storage.kit.database import Database
from storage.kit.processes import ALONE
from storage.kit.tables import conversations


class Absences:
    """Reads and writes `conversations.absent_since`, `attended_in` and `line_in` for one process."""

    def __init__(self, database: Database, process: str = ALONE) -> None:
        self._database = database
        self.process = process

    async def write(self, rows: Mapping[str, datetime | None]) -> None:
        """Since when the customer of each conversation is away from this process; None: they are there.

        Who came to another process meanwhile has not left.
        """
        here = [{"conversation": key} for key, at in rows.items() if at is None]
        gone = [{"conversation": key, "since": at} for key, at in rows.items() if at is not None]
        one = update(conversations).where(conversations.c.id == bindparam("conversation"))
        if not rows:
            return
        async with self._database.writing() as connection:
            if here:
                await connection.execute(one.values(absent_since=None, attended_in=self.process), here)
            if gone:
                mine = one.where(conversations.c.attended_in == self.process)
                await connection.execute(mine.values(absent_since=bindparam("since")), gone)

    async def line_opened(self, conversation_id: str) -> None:
        """The caller's line is in this process now."""
        statement = update(conversations).where(conversations.c.id == conversation_id).values(line_in=self.process)
        async with self._database.writing() as connection:
            await connection.execute(statement)

    async def line_of(self, conversation_id: str) -> str:
        """The process that holds, or held last, the caller's line; empty for none."""
        query = select(conversations.c.line_in).where(conversations.c.id == conversation_id)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none() or ""

    async def elsewhere(self) -> dict[str, str]:
        """Live conversations whose customer is there, in another process: conversation to process."""
        query = select(conversations.c.id, conversations.c.attended_in).where(
            conversations.c.stage.in_(tuple(LIVE_STAGES)),
            conversations.c.absent_since.is_(None),
            conversations.c.attended_in.is_not(None),
            conversations.c.attended_in != self.process,
        )
        async with self._database.reading() as connection:
            return {str(row.id): str(row.attended_in) for row in await connection.execute(query)}

    async def take_over(self, alive: Collection[str], at: datetime) -> list[str]:
        """Live conversations that were attended to in no process of these: their customers are away until they are
        back."""
        left = (
            update(conversations)
            .where(conversations.c.stage.in_(tuple(LIVE_STAGES)), conversations.c.attended_in.not_in(sorted(alive)))
            .values(absent_since=func.coalesce(conversations.c.absent_since, at), attended_in=None)
            .returning(conversations.c.id)
        )
        async with self._database.writing() as connection:
            return [str(one) for one in (await connection.execute(left)).scalars()]

    async def waiting_since(self, before: datetime) -> list[str]:
        """Waiting conversations whose customer has been away since before that."""
        query = select(conversations.c.id).where(
            conversations.c.stage == Stage.QUEUED, conversations.c.absent_since < before
        )
        async with self._database.reading() as connection:
            return [str(one) for one in (await connection.execute(query.limit(1_000))).scalars()]
