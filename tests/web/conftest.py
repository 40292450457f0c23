"""A centre that takes calls at no cost."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import Start
from tests.support.calls import SCRIPTED, hear_tones
from tests.support.live import Live


@pytest.fixture
async def lines(start: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """The demo centre with phones that speak in tones."""
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, review_seconds=0) as server:
        yield server
