"""The picture of people and queues is drawn once for all desks, however many there are and however much happens."""

from contextlib import AsyncExitStack

import pytest

from actions import Centre
from tests.support.live import Live
from web.desk.desk_protocol import PeopleOut
from web.desk.desk_schemas import people_out


async def test_every_desk_sees_the_newest_picture_and_it_is_drawn_few_times(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = 0

    async def counted(centre: Centre) -> PeopleOut:
        nonlocal drawn
        drawn += 1
        return await people_out(centre)

    monkeypatch.setattr("web.desk.people_board.people_out", counted)
    async with AsyncExitStack() as stack:
        desks = [await stack.enter_async_context(live.desk()) for _ in range(8)]
        for number in range(15):
            await desks[0].send("presence", presence="busy" if number % 2 else "away")
        await desks[0].send("presence", presence="available")
        for desk in desks:
            await desk.expect("people", lambda m: m["operators"] and _presence_of(m, "Maya Okafor") == "available")
    assert drawn < 15


def _presence_of(message: dict[str, list[dict[str, str]]], name: str) -> str:
    return next(one["presence"] for one in message["operators"] if one["name"] == name)
