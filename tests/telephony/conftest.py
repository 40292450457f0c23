"""Calls in virtual time: a centre over a database of the test's own, Maya at her desk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.happenings import operator
from tests.support.simulation import Simulation, simulated
from tests.support.stores import migrated_sqlite, sqlite_template

MAYA = operator(("op-maya", "Maya Lindqvist"))
NOOR = operator(("op-noor", "Noor Haddad"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
async def centre(tmp_path: Path, template: Path) -> AsyncIterator[Simulation]:
    """Maya is at her desk; Noor has not come yet."""
    async with simulated(migrated_sqlite(tmp_path, template)) as running:
        for person in (MAYA, NOOR):
            await running.centre.people.add(person)
            await running.centre.people.set_connected(person.id, False)
        await running.arrive(MAYA)
        yield running
