"""The migrations make exactly the tables the code describes, on both engines, and may run again."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from crm_adapter.tables import metadata as crm_metadata
from storage.database import Database
from storage.migrate import upgrade
from storage.tables import metadata
from tests.support.postgres import packaged_postgres


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'empty.sqlite3'}"
    return await packaged_postgres().empty_database()


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    both: Any = [metadata, crm_metadata]  # Alembic takes several, its annotation says one
    return list(compare_metadata(context, both))


async def test_migrations_make_the_tables_of_the_code(empty_url: str) -> None:
    database = Database(empty_url)
    try:
        await upgrade(database)
        await upgrade(database)
        async with database.reading() as connection:
            assert await connection.run_sync(differences) == []
    finally:
        await database.close()
