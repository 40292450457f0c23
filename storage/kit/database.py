"""The connection to SQLite or Postgres, and the one way to write.

SQLite: WAL, `synchronous=FULL` so that an acknowledged message survives a power cut, and BEGIN IMMEDIATE for
writers: a transaction that reads first and writes later fails at once with "database is locked" whatever the
time-out. One writer connection, a few readers.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

BUSY_TIMEOUT_MS = 5_000
"""How long one SQLite statement waits for another process's lock; the writer tries again after it."""

READ_PATIENCE_SECONDS = 2.0
READ_PAUSE_SECONDS = 0.1
PREPARING = 5_794_212
"""Number of the lock for preparing a Postgres; any but another's."""

PASSING_SQLSTATES = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE a later try may get past: connection, deadlock, resources, locks, shutdown
(PostgreSQL manual, appendix A)."""


T = TypeVar("T")


class StorageError(Exception):
    """Root of what storage raises."""


class StorageUnavailable(StorageError, ConnectionError):
    """The database did not answer in time; trying again may help."""


class Database:
    """Two pools over one database: `reading` and `writing`."""

    def __init__(self, url: str) -> None:
        """`url` is sqlite:///path or postgresql://…; drivers are added here."""
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            parsed = parsed.set(drivername="sqlite+aiosqlite")
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._readers = create_async_engine(parsed, pool_size=4, max_overflow=4, hide_parameters=True)
            self._writers = create_async_engine(parsed, pool_size=1, max_overflow=0, hide_parameters=True)
            _prepare_sqlite(self._readers, begin="BEGIN")
            _prepare_sqlite(self._writers, begin="BEGIN IMMEDIATE")
        else:
            parsed = parsed.set(drivername="postgresql+asyncpg")
            self._readers = self._writers = create_async_engine(
                parsed, pool_size=10, max_overflow=10, pool_pre_ping=True
            )

    async def patiently(self, read: Callable[[], Awaitable[T]]) -> T:
        """What a read answers; done anew for a while when the connection is cut, as by a database that restarts.

        Raises StorageUnavailable.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + READ_PATIENCE_SECONDS
        while True:
            try:
                return await read()
            except StorageUnavailable:
                if loop.time() > until:
                    raise
            await asyncio.sleep(READ_PAUSE_SECONDS)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with. Raises StorageUnavailable when the database is locked or gone."""
        with _plain_errors():
            async with self._readers.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction; committed when the block ends, rolled back when it raises.

        Raises StorageUnavailable when the database is locked or gone; lost in the very commit, the write may be kept.
        """
        with _plain_errors():
            async with self._writers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def preparing(self) -> AsyncIterator[None]:
        """One process at a time prepares the database; the others wait here. SQLite serves one process anyway."""
        if self.is_sqlite:
            yield
            return
        with _plain_errors():
            async with self._writers.connect() as connection:
                await connection.execute(text(f"SELECT pg_advisory_lock({PREPARING})"))
                try:
                    yield
                finally:
                    await connection.execute(text(f"SELECT pg_advisory_unlock({PREPARING})"))

    @property
    def engine(self) -> AsyncEngine:
        """The engine others build their own tables on (the embedded CRM)."""
        return self._writers

    async def ping(self) -> bool:
        """True when the database answers a query now."""
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except StorageUnavailable:
            return False
        return True

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writers.dispose()


@contextmanager
def _plain_errors() -> Iterator[None]:
    """The driver's many ways of not answering become one; what the database refuses passes as it is."""
    try:
        yield
    except DBAPIError as error:
        if not _will_pass(error):
            raise
        raise StorageUnavailable("the database does not answer") from error
    except (PoolTimeout, OSError) as error:
        raise StorageUnavailable("the database does not answer") from error


def _will_pass(error: DBAPIError) -> bool:
    """True when the same statement may succeed later. Not every driver's refusal has a class of its own: asyncpg's
    "value too long" is a bare DBAPIError."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state:
        return state.startswith(PASSING_SQLSTATES)
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError))


def _prepare_sqlite(engine: AsyncEngine, *, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
