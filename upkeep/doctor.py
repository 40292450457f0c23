"""What keeps a centre from running well, and what to do about it: settings, disk, database, clock, broker, models."""

import asyncio
import importlib.util
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from storage.kit import MIGRATIONS, Database, StorageError

LEAST_MB = 500
MOST_SKEW_SECONDS = 2.0
CONNECT_SECONDS = 3.0
MODELS = {
    "onnxruntime": "understanding: pip install -r requirements.txt",
    "faster_whisper": "speech to text: pip install -r requirements.txt",
    "hibari": "text to speech: pip install -r requirements.txt",
    "sentence_transformers": "training an encoder of your own; not needed to serve (make run without LIGHT=1)",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_well: bool
    said: str
    """How it is, and what to do when it is not well."""
    matters: bool = True
    """False: the centre serves without it."""


async def examine(database_url: str, data: Path, broker_url: str, llm_url: str) -> AsyncIterator[Finding]:
    """Look at everything, one thing after the other; nothing is changed."""
    yield _folder(data)
    yield _disk(data)
    async for finding in _database(database_url):
        yield finding
    if broker_url:
        yield await _reachable("broker", broker_url, 4222, "start it, or correct SWITCHBOARD_BROKER_URL")
    if llm_url:
        yield await _reachable("language model", llm_url, 80, "start it, or unset SWITCHBOARD_LLM_URL")
    for module, use in MODELS.items():
        is_there = importlib.util.find_spec(module) is not None
        matters = module != "sentence_transformers"
        yield Finding(module, is_there, "installed" if is_there else f"missing; it does {use}", matters)


def _folder(data: Path) -> Finding:
    parent = next(one for one in (data, *data.resolve().parents) if one.exists())
    is_well = os.access(parent, os.W_OK)
    said = f"{data.resolve()} can be written" if is_well else f"{parent} can't be written; set SWITCHBOARD_DATA"
    return Finding("data folder", is_well, said)


def _disk(data: Path) -> Finding:
    parent = next(one for one in (data, *data.resolve().parents) if one.exists())
    free = shutil.disk_usage(parent).free // 1_000_000
    said = f"{free:,} MB free" + (
        "" if free >= LEAST_MB else f"; under {LEAST_MB} MB conversations may soon be refused"
    )
    return Finding("disk", free >= LEAST_MB, said)


async def _database(url: str) -> AsyncIterator[Finding]:
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).exists():
        yield Finding("database", is_well=True, said="not made yet; the first start makes it")
        return
    database = Database(url)
    try:
        if database.is_sqlite and Path(url.removeprefix("sqlite:///")).stat().st_mode & 0o077:
            said = f"others of this machine can read it: chmod 600 {url.removeprefix('sqlite:///')}*"
            yield Finding("database file", is_well=False, said=said)
        async with database.reading() as connection:
            revision = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
            newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
            is_newest = revision == newest
            said = f"answers, schema {revision}" + ("" if is_newest else f"; the next start brings it to {newest}")
            yield Finding("database", is_well=True, said=said)
            if not database.is_sqlite:
                theirs: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
                skew = abs((datetime.now(UTC) - theirs).total_seconds())
                is_well = skew <= MOST_SKEW_SECONDS
                advice = "" if is_well else "; let both follow a time server (NTP)"
                yield Finding("clock", is_well, f"{skew:.1f} s from the database's{advice}")
    except (StorageError, SQLAlchemyError, OSError) as error:
        cause = error.__cause__ or error
        yield Finding("database", is_well=False, said=f"does not answer ({type(cause).__name__}): {_first_line(cause)}")
    finally:
        await database.close()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]


async def _reachable(what: str, url: str, port: int, advice: str) -> Finding:
    where = urlsplit(url)
    host, port = where.hostname or "", where.port or (443 if where.scheme == "https" else port)
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError, socket.gaierror) as error:
        return Finding(what, is_well=False, said=f"{host}:{port} can't be reached ({type(error).__name__}): {advice}")
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return Finding(what, is_well=True, said=f"{host}:{port} answers")
