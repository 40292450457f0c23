"""Several centres on one Postgres and one broker."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from config import Settings
from tests.conftest import Start
from tests.support.brokers import BrokerServer
from tests.support.live import Live
from tests.support.postgres import packaged_postgres

Join = Callable[..., AbstractAsyncContextManager[Live]]


@pytest.fixture
async def shared_url() -> str:
    """A Postgres database with the demo tenant in it."""
    return await packaged_postgres().copy_of("demo", _load_demo)


async def _load_demo(url: str) -> None:
    server = create_app(Settings(database_url=url, _env_file=None)).state.server  # type: ignore[call-arg]
    await server.prepare()
    await server.database.close()


@pytest.fixture(params=["nats"])
async def broker(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BrokerServer]:
    async with BrokerServer(request.param, tmp_path) as server:
        yield server


@pytest.fixture
def join(start: Start, shared_url: str, broker: BrokerServer, tmp_path: Path) -> Join:
    """Starts one more process of the centre: here a server of its own, in the test's loop."""

    def joining(name: str, **settings: Any) -> AbstractAsyncContextManager[Live]:
        return start(tmp_path / name, database_url=shared_url, broker_url=broker.url, review_seconds=0, **settings)

    return joining
