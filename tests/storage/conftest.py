"""Every test of this folder that asks for `url`, `database` or `store` runs on SQLite and on Postgres."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.conversation import EventStore
from storage.kit import Database
from storage.people import People, TokenHasher
from tests.support.stores import migrated_postgres, migrated_sqlite, sqlite_template, writing


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def url(request: pytest.FixtureRequest, tmp_path: Path, template: Path) -> str:
    """The address of an empty, migrated database."""
    return migrated_sqlite(tmp_path, template) if request.param == "sqlite" else await migrated_postgres()


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
async def store(database: Database) -> AsyncIterator[EventStore]:
    async with writing(database) as running:
        yield running


@pytest.fixture
def people(database: Database) -> People:
    return People(database, TokenHasher("a secret of the tests"))
