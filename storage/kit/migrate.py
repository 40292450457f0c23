"""Bring a database to the newest schema with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.kit.database import Database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


async def upgrade(database: Database, revision: str = "head") -> None:
    """Run the missing migrations up to `revision`, all in one transaction. Safe to call at every start."""
    async with database.writing() as connection:
        await connection.run_sync(_upgrade, revision)


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
