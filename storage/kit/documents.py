"""The tenant's own documents: profile, intent library, knowledge articles, each one JSON value."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import JsonValue
from sqlalchemy import delete, insert, select

from json_object import JsonObject
from storage.kit.database import Database
from storage.kit.tables import documents
from storage.kit.upsert import put

Body = TypeVar("Body")


@dataclass(frozen=True)
class Kind(Generic[Body]):
    """A kind of document, by the shape of its bodies."""

    name: str


TENANT, ARTICLE, PACK = Kind[JsonObject]("tenant"), Kind[JsonObject]("article"), Kind[JsonValue]("pack")
"""Who the centre belongs to, what it knows, how its agent goes about it."""


class Documents:
    """Whole documents by kind and id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def replace(self, kind: Kind[Body], bodies: dict[str, Body], at: datetime) -> None:
        """All documents of a kind, at once: readers see the old set or the new one."""
        async with self._database.writing() as connection:
            await connection.execute(delete(documents).where(documents.c.kind == kind.name))
            if bodies:
                await connection.execute(
                    insert(documents),
                    [{"kind": kind.name, "id": key, "body": body, "updated_at": at} for key, body in bodies.items()],
                )

    async def put(self, kind: Kind[Body], key: str, body: Body, at: datetime) -> None:
        """Keep one document, new or changed."""
        async with self._database.writing() as connection:
            await put(connection, documents, kind=kind.name, id=key, body=body, updated_at=at)

    async def drop(self, kind: Kind[Body], key: str) -> None:
        """Forget one document, if it is there."""
        async with self._database.writing() as connection:
            await connection.execute(delete(documents).where(documents.c.kind == kind.name, documents.c.id == key))

    async def all(self, kind: Kind[Body]) -> dict[str, Body]:
        """Documents of a kind by id."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(documents.c.id, documents.c.body).where(documents.c.kind == kind.name).order_by(documents.c.id)
            )
            return {row.id: row.body for row in rows}
