"""The commands beside serving: python -m app load | backup | restore | verify | doctor. Each returns an exit code."""

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from agent import PackInvalid
from config import DEMO_PASSWORD, VERSION, Settings
from crm_adapter import CrmFileInvalid
from intents import LibraryInvalid
from knowledge import ArticleInvalid
from server import Server
from storage.kit import Database, StorageError, upgrade
from tenant import TenantInvalid
from upkeep import BackupInvalid, back_up, examine, read_backup, restore, verify

INVALID = (PackInvalid, TenantInvalid, CrmFileInvalid, ArticleInvalid, LibraryInvalid)
"""What may be wrong with a folder; each names file, place and reason."""


async def load(settings: Settings, folder: Path) -> int:
    """Replace the tenant by a folder's."""
    if not folder.is_dir():
        return _failed(f"no such folder: {folder}")
    server = Server(settings)
    try:
        await upgrade(server.database)
        password = DEMO_PASSWORD if settings.is_demo else secrets.token_urlsafe(12)
        await server.load(folder, password)
    except INVALID as error:
        return _failed(f"Nothing was changed. {error}")
    finally:
        await server.database.close()
    print(f"Loaded {folder}. New people sign in with: {password}")
    print(
        "A server that runs on this data has to be restarted: it still has the articles, wording and tools from before."
    )
    return 0


async def write_backup(settings: Settings, file: Path) -> int:
    """Write everything into one file, while the server goes on."""
    if file.exists():
        return _failed(f"{file} is there already; name another")
    if not file.parent.is_dir():
        return _failed(f"no such folder: {file.parent}")
    database = Database(settings.url)
    try:
        made = await back_up(
            database, settings.recordings_folder, file, version=VERSION, at=datetime.now(UTC), tell=_tell
        )
    except (StorageError, OSError) as error:
        return _failed(f"No backup was written: {error}")
    finally:
        await database.close()
    print(f"{file}: {made.rows:,} rows, {made.recordings:,} files of recorded calls, {file.stat().st_size:,} bytes.")
    print(
        "It holds personal data in plain text: keep it where only you can read it. Keep SWITCHBOARD_SECRET beside it."
    )
    return 0


async def read_back(settings: Settings, file: Path) -> int:
    """Put a backup into an empty database."""
    database = Database(settings.url)
    try:
        made = await restore(database, settings.recordings_folder, file, tell=_tell)
    except (BackupInvalid, StorageError, OSError) as error:
        return _failed(f"Nothing was restored. {error}")
    finally:
        await database.close()
    print(f"Restored what was kept on {made.at:%Y-%m-%d %H:%M} UTC: {made.rows:,} rows, {made.recordings:,} files.")
    print("Start the server with the SWITCHBOARD_SECRET of that time, and customers' open pages go on.")
    return 0


async def check(settings: Settings, file: Path | None) -> int:
    """Verify a backup, or the database in use."""
    if file is not None:
        try:
            made = read_backup(file)
        except BackupInvalid as error:
            return _failed(str(error))
        print(f"{file} is whole: {made.rows:,} rows and {made.recordings:,} files of {made.at:%Y-%m-%d %H:%M} UTC.")
        return 0
    database = Database(settings.url)
    try:
        verdict = await verify(database, _tell)
    except StorageError as error:
        return _failed(f"Not verified: {error}")
    finally:
        await database.close()
    for line in verdict.broken:
        print(line, file=sys.stderr)
    print(f"{verdict.conversations:,} conversations, {verdict.events:,} events, {verdict.count} not lawful.")
    return 1 if verdict.count else 0


async def doctor(settings: Settings) -> int:
    """Say what is wrong, and what to do."""
    is_well = True
    async for one in examine(settings.url, settings.data, settings.broker_url.get_secret_value(), settings.llm_url):
        mark = "ok " if one.is_well else "BAD" if one.matters else "-  "
        print(f"{mark}  {one.what:22}{one.said}")
        is_well = is_well and (one.is_well or not one.matters)
    print("All is well." if is_well else "Mend what is marked BAD, then ask again.")
    return 0 if is_well else 1


def _tell(line: str) -> None:
    print(f"  {line}", file=sys.stderr)


def _failed(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
