"""Work that one of several processes does at a time."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from storage.kit.database import Database
from storage.kit.tables import leases
from storage.kit.upsert import insert_if_new


class Leases:
    """Leases by name; who dies holding one loses it when it runs out."""

    def __init__(self, database: Database, holder: str) -> None:
        """`holder` names this process, a fresh name at every start."""
        self._database = database
        self._holder = holder

    async def take(self, name: str, now: datetime, seconds: float) -> bool:
        """True if the work is this process's until `now` plus `seconds`; taking it again extends it."""
        until = now + timedelta(seconds=seconds)
        async with self._database.writing() as connection:
            mine_or_free = (leases.c.name == name) & ((leases.c.holder == self._holder) | (leases.c.until < now))
            done = await connection.execute(update(leases).where(mine_or_free).values(holder=self._holder, until=until))
            if done.rowcount:
                return True
            return await insert_if_new(connection, leases, name=name, holder=self._holder, until=until)

    async def drop(self, name: str) -> None:
        """Give it back early."""
        async with self._database.writing() as connection:
            await connection.execute(delete(leases).where((leases.c.name == name) & (leases.c.holder == self._holder)))
