"""What supervisors change, in versions: append-only, the newest is in use. The library of intents, the procedures."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import RowMapping, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from json_object import JsonObject
from storage.kit.database import Database, StorageError
from storage.kit.tables import library_versions, procedure_versions
from storage.kit.upsert import insert_if_new
from storage.learning.shapes import IntentChange, ProcedureChange, ProcedureContent

Kept = TypeVar("Kept")
Differs = TypeVar("Differs")
Also = Callable[[AsyncConnection], Awaitable[None]]


class VersionMoved(StorageError):
    """Someone else changed it first; read it anew."""

    def __init__(self, newest: int) -> None:
        super().__init__(f"the newest version is {newest}")
        self.newest = newest


@dataclass(frozen=True)
class Version(Generic[Kept, Differs]):
    """One state of the whole, and who made it when and why."""

    version: int
    """1 first, no gaps."""
    content: Kept
    action: str
    actor: str
    """A person's name, or which part of the program."""
    reason: str
    changes: list[Differs]
    """What differs from the version before, for people."""
    at: datetime


class VersionStore(Generic[Kept, Differs]):
    """Reads and appends versions. Any number of processes may; one of two that append at once gets VersionMoved."""

    table: Table

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest_number(self) -> int:
        """0 for no library yet. One index look-up: cheap enough to ask twice a second."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(func.max(self.table.c.version)))
            return int(found.scalar() or 0)

    async def newest(self) -> Version[Kept, Differs] | None:
        """What is in use; None before the first."""
        query = select(self.table).order_by(self.table.c.version.desc()).limit(1)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return self._version(row) if row else None

    async def get(self, version: int) -> Version[Kept, Differs] | None:
        """That version; None if there is none."""
        query = select(self.table).where(self.table.c.version == version)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return self._version(row) if row else None

    async def history(self, *, before: int | None = None, limit: int = 50) -> list[Version[Kept, Differs]]:
        """Versions below `before`, newest first, without their contents."""
        columns = [column for column in self.table.c if column.name != "content"]
        query = select(*columns).order_by(self.table.c.version.desc()).limit(limit)
        if before is not None:
            query = query.where(self.table.c.version < before)
        async with self._database.reading() as connection:
            return [self._version(row) for row in (await connection.execute(query)).mappings()]

    async def append(self, version: Version[Kept, Differs], also: Also | None = None) -> None:
        """Keep the next version, and do what belongs to it in the same transaction.

        Raises VersionMoved unless it is the newest's number plus one; nothing is kept then.
        """
        async with self._database.writing() as connection:
            newest = int((await connection.execute(select(func.max(self.table.c.version)))).scalar() or 0)
            if newest != version.version - 1:
                raise VersionMoved(newest)
            is_new = await insert_if_new(
                connection,
                self.table,
                version=version.version,
                content=version.content,
                action=version.action,
                actor=version.actor[:120],
                reason=version.reason,
                changes=version.changes,
                at=version.at,
            )
            if not is_new:
                raise VersionMoved(version.version)
            if also is not None:
                await also(connection)

    @staticmethod
    def _version(row: RowMapping) -> Version[Kept, Differs]:
        return Version(**({"content": {}} | dict(row)))


class LibraryStore(VersionStore[JsonObject, IntentChange]):
    """The library of intents, in the layout of its YAML file."""

    table = library_versions


LibraryVersion = Version[JsonObject, IntentChange]
ProcedureVersion = Version[ProcedureContent, ProcedureChange]


class ProcedureStore(VersionStore[ProcedureContent, ProcedureChange]):
    """The procedures as the tenant wrote them."""

    table = procedure_versions
