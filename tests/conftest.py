"""Fixtures for every room: the real demo agent built once, and a live server per test."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import settings

import logs
from tests.support.process import VECTORS

if TYPE_CHECKING:  # the server takes seconds to import, and the quick tests need none
    from actions.answering import AgentSources
    from agent import Agent
    from agent.understanding import Understander
    from encoder import MiniLmEncoder, WordEncoder
    from server import Server, Think
    from tests.support.live import Live

# As the product logs. Unconfigured, structlog prints every local variable of a traceback, which takes half a minute.
structlog.configure(processors=list(logs.PROCESSORS))

settings.register_profile("quick", max_examples=15)  # for `make quick`; the whole suite takes more

Start = Callable[..., AbstractAsyncContextManager["Live"]]
DATABASE = "switchboard.sqlite3"
LOADS_ITSELF = {"SWITCHBOARD_DEMO", "demo_day", "database_url"}
"""Settings with which a server finds no demo tenant as of today."""


@pytest.fixture(scope="session")
def minilm() -> "MiniLmEncoder":
    from encoder import MiniLmEncoder

    return MiniLmEncoder.from_packages()


@pytest.fixture(scope="session")
def encoder(minilm: "MiniLmEncoder") -> "WordEncoder":
    """The packaged encoder, its vectors kept for all runs."""
    from encoder import CachingEncoder, KeptEncoder

    return CachingEncoder(KeptEncoder(minilm, VECTORS), limit=50_000)


@pytest.fixture(scope="session")
def think(minilm: "MiniLmEncoder", encoder: "WordEncoder") -> "Think":
    """Builds the agent of a tenant once; the same documents give the same agent again."""
    from actions.answering import build

    made: dict[str, tuple[Agent, Understander]] = {}

    def thinking(sources: "AgentSources") -> "tuple[Agent, Understander]":
        key = repr(sources)
        if key not in made:
            VECTORS.parent.mkdir(exist_ok=True)
            with open(VECTORS.with_suffix(".lock"), "w") as lock:  # the workers of a run encode a tenant once
                flock(lock, LOCK_EX)
                with minilm.on_all_cores():
                    made[key] = build(sources, encoder, vectors=VECTORS)
                made[key][1].warm()
            # Models and libraries stay for the whole run: looking through them for garbage held a server's loop for
            # five seconds on a busy machine, longer than a tool may take.
            gc.collect()
            gc.freeze()
        return made[key]

    return thinking


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo tenant in it, made once a run: every test begins with a copy."""
    root = tmp_path_factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "loaded"
    folder.mkdir(exist_ok=True)
    database = folder / DATABASE
    with open(folder / "lock", "w") as lock:
        flock(lock, LOCK_EX)
        if not database.exists():
            (folder / "half").mkdir()
            asyncio.run(_load_demo(folder / "half"))
            (folder / "half" / DATABASE).replace(database)
    return database


async def _load_demo(folder: Path) -> None:
    from app import create_app
    from config import Settings

    server: Server = create_app(Settings(data=folder, _env_file=None)).state.server  # type: ignore[call-arg]
    await server.prepare()
    await server.database.close()


@pytest.fixture
def start(tmp_path: Path, think: "Think", loaded: Path) -> Start:
    """Start a server with settings of the test's own; the database stays in the test's folder."""

    from tests.support.live import running

    def starting(folder: Path = tmp_path, **settings: Any) -> AbstractAsyncContextManager["Live"]:
        if not LOADS_ITSELF & set(settings) and not (folder / DATABASE).exists():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(loaded, folder / DATABASE)
        return running(folder, think, **settings)

    return starting


@pytest.fixture
async def live(start: Start) -> "AsyncIterator[Live]":
    """The demo centre, with short waits where a test would have to wait."""
    async with start(review_seconds=30) as server:
        yield server
