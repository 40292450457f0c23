"""The migrations make exactly the tables the code describes, on both engines, and may run again."""

import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import JsonValue
from sqlalchemy import Connection, text, update

from agent.procedures import plain, read_procedures
from conversation import State
from crm_adapter.tables import metadata as crm_metadata
from storage.conversation.codec import state_to_json
from storage.kit import PACK, Database, Documents, upgrade
from storage.kit.tables import conversations, metadata
from storage.learning import ProcedureStore
from tests.support.happenings import NOON, said, started
from tests.support.postgres import packaged_postgres
from tests.support.stores import writing

CLAIMS = Path("demo/insurer/procedures/claims.yaml").read_text()


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


async def test_procedures_of_before_become_the_first_version(empty_url: str) -> None:
    body = read_procedures("claims.yaml", CLAIMS)  # as it was kept: read, with the numbers of its lines
    database = Database(empty_url)
    try:
        await upgrade(database, "0005")
        kept: dict[str, JsonValue] = {"procedures/claims.yaml": body, "words.yaml": {"car": ["motor"]}}
        await Documents(database).replace(PACK, kept, NOON)
        await upgrade(database)
        first = await ProcedureStore(database).newest()
        assert first is not None
        again = read_procedures("claims.yaml", first.content["files"]["claims.yaml"])
        assert plain(again) == plain(body)
        assert (first.version, first.content["share"], first.content["base"]) == (1, 1.0, None)
        assert list(await Documents(database).all(PACK)) == ["words.yaml"]
    finally:
        await database.close()


async def test_states_of_before_are_read_in_families(empty_url: str) -> None:
    database = Database(empty_url)
    try:
        await upgrade(database)
        async with writing(database) as store:
            kept = (await store.append(State("c-1"), [*started(), said("Hello")], NOON, token_hash="t")).state
        flat = json.loads(state_to_json(kept))
        for family in ("talk", "dialogue", "record", "owner"):
            flat |= flat.pop(family)
        async with database.writing() as connection:
            await connection.execute(update(conversations).values(state=json.dumps(flat)))
            for table, column in (
                ("conversations", "absent_since"),
                ("conversations", "attended_in"),
                ("conversations", "line_in"),
                ("failed_checks", "source"),
                ("people", "is_active"),
                ("tickets", "session"),
            ):
                await connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
            for table in ("desks", "processes"):
                await connection.execute(text(f"DROP TABLE {table}"))
            await connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        await upgrade(database)
        async with writing(database) as store:
            assert await store.load("c-1") == kept
    finally:
        await database.close()
