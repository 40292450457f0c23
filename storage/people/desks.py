"""Who has a desk open, over all processes."""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.kit.database import Database
from storage.kit.processes import ALONE
from storage.kit.tables import desks, people
from storage.kit.upsert import insert_if_new


class OpenDesks:
    """Writes the rows of one process and keeps `people.is_connected` in step with everybody's."""

    def __init__(self, database: Database, process: str = ALONE) -> None:
        self._database = database
        self._process = process

    async def opened(self, person_id: str) -> bool:
        """This process has a desk of theirs; True when no other had one."""
        async with self._database.writing() as connection:
            await insert_if_new(connection, desks, process=self._process, person_id=person_id)
            await _set_connected(connection, person_id, is_connected=True)
            others = select(desks.c.process).where(desks.c.person_id == person_id, desks.c.process != self._process)
            return (await connection.execute(others)).first() is None

    async def closed(self, person_id: str) -> bool:
        """This process has none of theirs any more; True when no other has one."""
        mine = (desks.c.person_id == person_id) & (desks.c.process == self._process)
        others = select(desks.c.process).where(desks.c.person_id == person_id)
        async with self._database.writing() as connection:
            await connection.execute(delete(desks).where(mine))
            is_last = (await connection.execute(others)).first() is None
            if is_last:
                await _set_connected(connection, person_id, is_connected=False)
            return is_last

    async def people(self, alive: Collection[str]) -> set[str]:
        """Who has a desk in one of these processes; what others left behind is forgotten."""
        async with self._database.writing() as connection:
            await connection.execute(delete(desks).where(desks.c.process.not_in(sorted(alive))))
            return {str(one) for one in (await connection.execute(select(desks.c.person_id))).scalars()}


async def _set_connected(connection: AsyncConnection, person_id: str, *, is_connected: bool) -> None:
    await connection.execute(update(people).where(people.c.id == person_id).values(is_connected=is_connected))
