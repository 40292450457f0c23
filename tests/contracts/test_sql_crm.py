"""The embedded CRM keeps the contract, on SQLite and on Postgres."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from crm_adapter import SqlCrm, load_crm
from crm_adapter.port import CrmUnavailable
from storage.kit import Database
from tests.contracts.crm import CrmContract
from tests.support.postgres import packaged_postgres
from tests.support.stores import migrated_postgres, migrated_sqlite, sqlite_template

RECORDS = Path(__file__).with_name("crm_records")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def crm(request: pytest.FixtureRequest, tmp_path: Path, template: Path) -> AsyncIterator[SqlCrm]:
    is_sqlite = request.param == "sqlite"
    database = Database(migrated_sqlite(tmp_path, template) if is_sqlite else await migrated_postgres())
    await load_crm(RECORDS, database.engine)
    yield SqlCrm(database.engine)
    await database.close()


class TestSqlCrm(CrmContract):
    """All of CrmContract."""


@pytest.mark.postgres
async def test_a_crm_that_is_gone_says_so() -> None:
    postgres = packaged_postgres()
    database = Database(await postgres.migrated_database())
    crm = SqlCrm(database.engine)
    await asyncio.to_thread(postgres.switch_off)
    try:
        with pytest.raises(CrmUnavailable):
            await crm.find_record("HM1")
        with pytest.raises(CrmUnavailable):
            await crm.add_note("HM1", "note-1", "Text", date(2026, 11, 23))
    finally:
        await asyncio.to_thread(postgres.switch_on)
    assert await crm.find_record("HM1") is None
    await database.close()
