"""A backup is one file: every table as it stood at one moment, and the recordings; from either database, for either.

```
 backup.tar.gz ── tables/people.jsonl      a row a line
               ├─ …
               ├─ recordings/…             as they lie in the folder
               └─ manifest.json            last: version, schema, rows and SHA-256 of each member
```

It is written from one transaction while the server goes on. What it holds is personal data in plain text: keep it where
only you can read it.
"""

import base64
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias, cast

from pydantic import JsonValue, TypeAdapter, ValidationError
from sqlalchemy import JSON, Column, Date, LargeBinary, Table, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from crm_adapter import crm_tables
from json_object import JsonObject
from storage.kit import Database, UtcDateTime, all_tables, upgrade

AT_ONCE = 500
"""Rows read and written together."""
LEFT_OUT = frozenset({"processes", "desks", "tickets"})
"""What is true of running processes alone."""

Progress = Callable[[str], None]
AnyColumn: TypeAlias = Column[Any]


class BackupInvalid(Exception):
    """The file is no backup, or not whole; says what is wrong."""


@dataclass(frozen=True)
class Member:
    rows: int
    """Lines of a table; 0 for a recording."""
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """What the manifest says."""

    version: str
    schema: str
    """Revision of the tables."""
    at: datetime
    members: dict[str, Member]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.members.values())

    @property
    def recordings(self) -> int:
        return sum(name.startswith("recordings/") for name in self.members)


_manifest: TypeAdapter[Backup] = TypeAdapter(Backup)


def _tables() -> list[Table]:
    return [one for one in (*all_tables(), *crm_tables()) if one.name not in LEFT_OUT]


# ------------------------------------------------------------ out


async def back_up(
    database: Database, recordings: Path, file: Path, *, version: str, at: datetime, tell: Progress = lambda _: None
) -> Backup:
    """Write a backup; the file appears when it is whole. Raises StorageUnavailable, OSError."""
    members: dict[str, Member] = {}
    half = file.with_name(file.name + ".half")
    try:
        with open(half, "xb", opener=_for_us_alone) as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
            async with _one_moment(database) as connection:
                schema = str((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())
                for table in _tables():
                    members[f"tables/{table.name}.jsonl"] = await _add_table(archive, connection, table, at)
                    tell(f"{table.name}: {members[f'tables/{table.name}.jsonl'].rows} rows")
            for path in sorted(one for one in recordings.rglob("*") if one.is_file()):
                name = f"recordings/{path.relative_to(recordings).as_posix()}"
                members[name] = _add(archive, name, path.read_bytes(), 0, at)
            made = Backup(version, schema, at, members)
            _add(archive, "manifest.json", _manifest.dump_json(made), 0, at)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return made


@asynccontextmanager
async def _one_moment(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection that sees the database as it stood at one moment, whatever is written meanwhile."""
    async with database.reading() as connection:
        if not database.is_sqlite:  # SQLite's readers do by themselves
            await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield connection


async def _add_table(archive: tarfile.TarFile, connection: AsyncConnection, table: Table, at: datetime) -> Member:
    rows = 0
    with tempfile.SpooledTemporaryFile(max_size=32_000_000) as lines:
        async for row in _rows(connection, table):
            lines.write(json.dumps(row, separators=(",", ":")).encode() + b"\n")
            rows += 1
        size, digest = lines.tell(), hashlib.sha256()
        lines.seek(0)
        while block := lines.read(1_000_000):
            digest.update(block)
        lines.seek(0)
        archive.addfile(_about(f"tables/{table.name}.jsonl", size, at), lines)
    return Member(rows, size, digest.hexdigest())


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[JsonObject]:
    """A page at a time by the key: no server keeps a cursor open for us."""
    keys, last = list(table.primary_key), None
    while True:
        query = select(table).order_by(*keys).limit(AT_ONCE)
        if last is not None:
            query = query.where(_after(keys, last))
        found = (await connection.execute(query)).mappings().all()
        for row in found:
            yield {name: _plain(value) for name, value in row.items()}
        if len(found) < AT_ONCE:
            return
        last = [found[-1][key.name] for key in keys]


def _after(keys: list[AnyColumn], last: list[object]) -> ColumnElement[bool]:
    """Rows whose key comes after `last`, column by column."""
    first, *others = keys
    if not others:
        return first > last[0]
    return (first > last[0]) | ((first == last[0]) & _after(others, last[1:]))


def _add(archive: tarfile.TarFile, name: str, content: bytes, rows: int, at: datetime) -> Member:
    archive.addfile(_about(name, len(content), at), io.BytesIO(content))
    return Member(rows, len(content), hashlib.sha256(content).hexdigest())


def _about(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    about = tarfile.TarInfo(name)
    about.size, about.mode, about.mtime = size, 0o600, int(at.timestamp())
    return about


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _plain(value: object) -> JsonValue:
    match value:
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return cast(JsonValue, value)  # the columns' other types are JSON's


# ------------------------------------------------------------ in


def read_backup(file: Path) -> Backup:
    """Read all of a backup and compare every member with the manifest. Raises BackupInvalid."""
    found: dict[str, Member] = {}
    made: Backup | None = None
    for name, content in _members(file):
        if name == "manifest.json":
            try:
                made = _manifest.validate_json(content)
            except ValidationError:
                raise BackupInvalid(f"{file}: its manifest can't be read") from None
        else:
            rows = content.count(b"\n") if name.startswith("tables/") else 0
            found[name] = Member(rows, len(content), hashlib.sha256(content).hexdigest())
    if made is None:
        raise BackupInvalid(f"{file}: no manifest: it is cut off, or no backup of ours")
    for name, member in made.members.items():
        if found.get(name) != member:
            raise BackupInvalid(f"{file}: {name} is {'changed' if name in found else 'missing'}")
    return made


def _members(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(file, mode="r|gz") as archive:
            for one in archive:
                if one.isfile() and (content := archive.extractfile(one)) is not None:
                    yield one.name, content.read()
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupInvalid(f"{file} can't be read: {error}") from error


async def restore(database: Database, recordings: Path, file: Path, *, tell: Progress = lambda _: None) -> Backup:
    """Put a backup into an empty database, and bring it up to date. Raises BackupInvalid; then nothing was changed."""
    made = read_backup(file)
    await upgrade(database)
    tables = {f"tables/{table.name}.jsonl": table for table in _tables()}
    async with database.writing() as connection:
        await _refuse_full(connection)
        for name, content in _members(file):
            if (table := tables.get(name)) is not None:
                await connection.execute(delete(table))
                await _insert(connection, table, content)
                tell(f"{table.name}: {made.members[name].rows} rows")
        await _restart_numbers(connection)
    for name, content in _members(file):
        if name.startswith("recordings/"):
            _write_recording(recordings, name.removeprefix("recordings/"), content)
    return made


async def _refuse_full(connection: AsyncConnection) -> None:
    for name in ("events", "people"):
        table = next(one for one in _tables() if one.name == name)
        if (await connection.execute(select(func.count()).select_from(table))).scalar_one():
            raise BackupInvalid(
                f"this database holds {name} already; restore into an empty one (another SWITCHBOARD_DATA folder or"
                " database), and start the server on that"
            )


async def _insert(connection: AsyncConnection, table: Table, content: bytes) -> None:
    lines = content.splitlines()
    for start in range(0, len(lines), AT_ONCE):
        rows = [json.loads(line) for line in lines[start : start + AT_ONCE]]
        values = [
            {name: _value(table.columns[name], one) for name, one in row.items() if name in table.columns}
            for row in rows
        ]
        await connection.execute(insert(table), values)


def _value(column: AnyColumn, value: JsonValue) -> object:
    if not isinstance(value, str) or isinstance(column.type, JSON):
        return value
    match column.type:
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return base64.b64decode(value)
        case _:
            return value


async def _restart_numbers(connection: AsyncConnection) -> None:
    """Postgres numbers rows by a counter of its own, which must come after what was brought."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        keys = list(table.primary_key)
        if table.autoincrement_column is not None:
            sequence = f"pg_get_serial_sequence('{table.name}', '{keys[0].name}')"
            newest = f"(SELECT COALESCE(MAX({keys[0].name}), 0) + 1 FROM {table.name})"  # noqa: S608 - our own names
            await connection.execute(text(f"SELECT setval({sequence}, {newest}, false)"))


def _write_recording(folder: Path, name: str, content: bytes) -> None:
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise BackupInvalid(f"a recording's name leaves its folder: {name}")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(target, "wb", opener=_for_us_alone) as out:
        out.write(content)
