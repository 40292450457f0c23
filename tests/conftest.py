"""Fixtures for every room: the real demo agent built once, and a live server per test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest

from actions.build_agent import AgentSources, build
from agent.agent import Agent
from agent.understanding.understander import Understander
from app import Think
from encoder import CachingEncoder, KeptEncoder, MiniLmEncoder, WordEncoder
from tests.support.live import Live, running
from tests.support.process import VECTORS

Start = Callable[..., AbstractAsyncContextManager[Live]]


@pytest.fixture(scope="session")
def encoder() -> WordEncoder:
    """The packaged encoder, its vectors kept for all runs."""
    return CachingEncoder(KeptEncoder(MiniLmEncoder.from_packages(), VECTORS), limit=50_000)


@pytest.fixture(scope="session")
def think(encoder: WordEncoder) -> Think:
    """Builds the agent of a tenant once; the same documents give the same agent again."""
    made: dict[str, tuple[Agent, Understander]] = {}

    def thinking(knowing: AgentSources) -> tuple[Agent, Understander]:
        key = repr(knowing)
        if key not in made:
            VECTORS.parent.mkdir(exist_ok=True)
            with open(VECTORS.with_suffix(".lock"), "w") as lock:  # the workers of a run encode a tenant once
                flock(lock, LOCK_EX)
                made[key] = build(knowing, encoder, vectors=VECTORS)
                made[key][1].warm()
        return made[key]

    return thinking


@pytest.fixture
def start(tmp_path: Path, think: Think) -> Start:
    """Start a server with settings of the test's own; the database stays in the test's folder."""

    def starting(**settings: Any) -> AbstractAsyncContextManager[Live]:
        return running(settings.pop("folder", tmp_path), think, **settings)

    return starting


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    """The demo centre, with short waits where a test would have to wait."""
    async with start(review_seconds=30) as server:
        yield server
