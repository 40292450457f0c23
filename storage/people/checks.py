"""Failed identity checks per CRM record, over all conversations."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select

from storage.kit.database import Database
from storage.kit.tables import failed_checks


class FailedChecks:
    """Counts them, so that guessing over many chats does not pay."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def failures(self, customer_id: str, since: datetime, *, source: str | None = None) -> int:
        """From one source, or from all."""
        query = (
            select(func.count())
            .select_from(failed_checks)
            .where(failed_checks.c.customer_id == customer_id, failed_checks.c.at > since)
        )
        if source is not None:
            query = query.where(failed_checks.c.source == source)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def record_failure(self, customer_id: str, at: datetime, *, source: str = "") -> None:
        async with self._database.writing() as connection:
            await connection.execute(insert(failed_checks).values(customer_id=customer_id, at=at, source=source))

    async def forgive(self, customer_id: str, at: datetime) -> None:
        """Take back what was recorded for a check that then went well."""
        async with self._database.writing() as connection:
            await connection.execute(
                delete(failed_checks).where(failed_checks.c.customer_id == customer_id, failed_checks.c.at == at)
            )
