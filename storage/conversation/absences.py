"""Since when a customer is not there, for those who wait: beside the events, since it is no part of what was said."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select, update

from conversation import LIVE_STAGES, Stage
from storage.kit.database import Database
from storage.kit.tables import conversations


class Absences:
    """Reads and writes `conversations.absent_since`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, rows: Mapping[str, datetime | None]) -> None:
        """Since when the customer of each conversation is away; None: they are there."""
        if not rows:
            return
        statement = (
            update(conversations)
            .where(conversations.c.id == bindparam("conversation"))
            .values(absent_since=bindparam("since"))
        )
        async with self._database.writing() as connection:
            await connection.execute(statement, [{"conversation": key, "since": at} for key, at in rows.items()])

    async def everybody_left(self, at: datetime) -> None:
        """After a restart nobody is there until they are back."""
        statement = update(conversations).where(
            conversations.c.stage.in_(tuple(LIVE_STAGES)), conversations.c.absent_since.is_(None)
        )
        async with self._database.writing() as connection:
            await connection.execute(statement.values(absent_since=at))

    async def waiting_since(self, before: datetime) -> list[str]:
        """Waiting conversations whose customer has been away since before that."""
        query = select(conversations.c.id).where(
            conversations.c.stage == Stage.QUEUED, conversations.c.absent_since < before
        )
        async with self._database.reading() as connection:
            return [str(one) for one in (await connection.execute(query.limit(1_000))).scalars()]
