"""A centre without sockets and models: Maya is at her desk, Noor has not come yet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions.customer import receive
from actions.operator import offer
from conversation import Channel
from tests.support.happenings import operator
from tests.support.simulation import Simulation, simulated
from tests.support.stores import migrated_sqlite, sqlite_template

MAYA = operator(("op-maya", "Maya Lindqvist"))
NOOR = operator(("op-noor", "Noor Haddad"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
async def run(tmp_path: Path, template: Path) -> AsyncIterator[Simulation]:
    async with simulated(migrated_sqlite(tmp_path, template)) as running:
        for person in (MAYA, NOOR):
            await running.centre.people.add(person)
            await running.centre.desks.closed(person.id)
        await running.arrive(MAYA)
        yield running


@pytest.fixture
async def chat(run: Simulation) -> str:
    """A customer has begun to write."""
    state, _ = await receive.start_chat(run.centre, Channel.CHAT)
    return state.conversation_id


@pytest.fixture
async def queued(run: Simulation, chat: str) -> str:
    """They asked for a person, and what is passed on is confirmed."""
    run.clock.advance(5)
    await receive.receive(run.centre, chat, "I'd like to talk to a person, please.", "m-1")
    await run.settled()
    await receive.confirm_handover(run.centre, chat)
    return chat


@pytest.fixture
async def held(run: Simulation, queued: str) -> str:
    """Maya has them."""
    await offer.pick(run.centre, MAYA, queued)
    return queued
