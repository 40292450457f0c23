"""A centre that takes calls at no cost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import Start
from tests.support.calls import SCRIPTED, hear_tones
from tests.support.live import Live


@pytest.fixture
async def lines(start: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Live]:
    """The demo centre with phones that speak in tones; hand-overs go out without a wait."""
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, review_seconds=0) as server:
        server.centre.timing = replace(server.centre.timing, call_review=timedelta(0))
        yield server
