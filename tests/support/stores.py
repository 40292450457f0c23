"""Databases of a test's own on both engines, and a running event store over one."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from actions.workers import Worker
from conversation import State
from conversation.fold import fold
from storage.conversation import EventStore
from storage.kit import Database, upgrade
from tests.support.postgres import packaged_postgres

IDLE = timedelta(minutes=30)


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file to copy from: the migrations run once. Blocks for a few hundred milliseconds."""
    path = folder / "migrated.sqlite3"

    async def make() -> None:
        database = Database(f"sqlite:///{path}")
        await upgrade(database)
        await database.close()

    asyncio.run(make())
    return path


def migrated_sqlite(folder: Path, template: Path) -> str:
    """The address of a migrated SQLite file in `folder`."""
    shutil.copy(template, folder / "switchboard.sqlite3")
    return f"sqlite:///{folder / 'switchboard.sqlite3'}"


async def migrated_postgres() -> str:
    """A migrated database of the packaged Postgres; skips the test where it cannot run."""
    return await packaged_postgres().migrated_database()


@asynccontextmanager
async def writing(database: Database) -> AsyncIterator[EventStore]:
    """An event store whose writer runs as long as the block."""
    store = EventStore(database, idle=IDLE)
    writer = asyncio.create_task(Worker("events", store.step, 0.0).run())
    try:
        yield store
    finally:
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)
        store.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[EventStore]:
    """The same, over a database of its own connections: another process, as far as the database can tell."""
    database = Database(url)
    try:
        async with writing(database) as store:
            yield store
    finally:
        await database.close()


async def assert_lawful(store: EventStore, conversation_id: str) -> State:
    """The snapshot law: the kept state is the fold of all events, numbered from 1 without a gap; returns it."""
    kept = await store.reload(conversation_id)  # first: the conversation may go on meanwhile
    events = (await store.read(conversation_id, limit=100_000))[: kept.seq]
    assert [one.seq for one in events] == list(range(1, kept.seq + 1))
    assert kept == fold(conversation_id, events)
    return kept
