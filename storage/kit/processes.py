"""The processes that serve one database: who is alive, and which of them does what only one may do.

Times are the database's own, so that machines whose clocks differ agree. For Postgres: SQLite serves one process.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, text, update

from storage.kit.database import Database
from storage.kit.tables import processes

ALONE = "alone"
"""What a process is called that has no others and no past."""
LEASE_SECONDS = 4.0
"""A process that has not been heard of for so long is gone."""

_NOW = func.clock_timestamp()
_LATER = func.clock_timestamp() + text(f"interval '{LEASE_SECONDS} seconds'")


@dataclass(frozen=True)
class Roll:
    """Who was there at a beat."""

    alive: Mapping[str, str]
    """Names to addresses, the longest alive first."""
    was_struck_off: bool
    """This process was taken for dead since its last beat; what it had open was given away."""


class Processes:
    """Reads and writes `processes`."""

    def __init__(self, database: Database, name: str, address: str) -> None:
        """`name`: fresh at every start; `address`: where other processes reach this one, http://host:port."""
        self._database = database
        self._name = name
        self._address = address
        self._is_known = False

    async def beat(self) -> Roll:
        """Say that this process is alive, and hear who else is."""
        async with self._database.writing() as connection:
            await connection.execute(delete(processes).where(processes.c.until < _NOW, processes.c.name != self._name))
            mine = update(processes).where(processes.c.name == self._name, processes.c.until > _NOW)
            is_new = not (await connection.execute(mine.values(until=_LATER))).rowcount
            if is_new:
                await connection.execute(delete(processes).where(processes.c.name == self._name))
                fresh = insert(processes).values(name=self._name, address=self._address, started_at=_NOW, until=_LATER)
                await connection.execute(fresh)
            query = select(processes.c.name, processes.c.address).order_by(processes.c.started_at, processes.c.name)
            alive = {str(row.name): str(row.address) for row in await connection.execute(query)}
        was_struck_off, self._is_known = is_new and self._is_known, True
        return Roll(alive, was_struck_off)

    async def strike_off_older(self) -> None:
        """Whoever was at this address before is gone: it is ours to listen at now."""
        older = (processes.c.address == self._address) & (processes.c.name != self._name)
        async with self._database.writing() as connection:
            await connection.execute(delete(processes).where(older))

    async def leave(self) -> None:
        """This process stops: another takes over at once."""
        async with self._database.writing() as connection:
            await connection.execute(delete(processes).where(processes.c.name == self._name))
