"""Merge and split in the intent inbox, taken back: exactly what was before, unless somebody did more to it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.conftest import Start
from tests.support.learning import DRONES, POINTS, Door, say_each, supervisor, until
from tests.support.live import Live

OF_THE_MOMENT = ("updated_at", "history", "undoable", "badges")


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    """The demo centre, discovering at once."""
    async with start(discovery_seconds=0.1) as server:
        yield server


@pytest.fixture
async def door(live: Live) -> AsyncIterator[Door]:
    async with supervisor(live) as signed_in:
        yield signed_in


async def inbox_of(live: Live, door: Door, texts: tuple[str, ...], proposals: int) -> list[dict[str, Any]]:
    """The rows of the inbox once discovery has placed all these turns."""
    await say_each(live, texts)

    async def placed() -> object:
        items = (await door.get("/api/proposals"))["items"]
        return items if len(items) == proposals and sum(one["turns"] for one in items) == len(texts) else None

    rows: list[dict[str, Any]] = await until(placed)
    return rows


async def everything(door: Door) -> dict[str, Any]:
    """All that screens show of the pending proposals, but for what tells of the moment."""
    shown = await door.get("/api/proposals")
    details = [await door.get(f"/api/proposals/{row['id']}") for row in shown["items"]]
    whole = {one["id"]: {key: one[key] for key in one if key not in OF_THE_MOMENT} for one in details}
    return {"counts": shown["counts"], "proposals": whole, "map": await door.get("/api/proposals/map")}


async def test_a_merge_taken_back_leaves_every_proposal_as_it_was(live: Live, door: Door) -> None:
    points, drones = await inbox_of(live, door, (*POINTS, *DRONES), 2)
    await door.patch(f"/api/proposals/{drones['id']}", {"name": "Rent out drones", "support": "assist_only"})
    before = await everything(door)
    merged = await door.post("/api/proposals/merge", {"ids": [points["id"], drones["id"]]})
    (gone,) = await door.inbox(1, "merged")
    assert merged["turns"] == 12
    assert merged["undoable"] == gone["undoable"]
    assert merged["history"][-1]["reason"] == "With “Rent out drones”."

    back = await door.post(f"/api/proposals/reshapes/{merged['undoable']}/undo")
    assert {one["id"] for one in back["items"]} == {points["id"], drones["id"]}
    assert await everything(door) == before
    told = (await door.get(f"/api/proposals/{drones['id']}"))["history"]
    assert [(one["action"], one["actor"]) for one in told] == [
        ("edited", "Sam Whitfield"),
        ("merged", "Sam Whitfield"),
        ("undone", "Sam Whitfield"),
    ]
    again = await door.post(f"/api/proposals/reshapes/{merged['undoable']}/undo", expected=404)
    assert "taken back already" in again["detail"]


async def test_a_split_taken_back_leaves_one_proposal_as_it_was(live: Live, door: Door) -> None:
    rows = await inbox_of(live, door, (*POINTS, *DRONES), 2)
    whole = await door.post("/api/proposals/merge", {"ids": [row["id"] for row in rows]})
    await door.patch(f"/api/proposals/{whole['id']}", {"name": "Points and drones"})
    before = await everything(door)
    parts = (await door.post(f"/api/proposals/{whole['id']}/split"))["items"]
    (second,) = (part["id"] for part in parts if part["id"] != whole["id"])
    assert len({part["undoable"] for part in parts}) == 1

    (back,) = (await door.post(f"/api/proposals/reshapes/{parts[0]['undoable']}/undo"))["items"]
    assert (back["id"], back["name"], back["turns"]) == (whole["id"], "Points and drones", 12)
    assert await everything(door) == before
    await door.get(f"/api/proposals/{second}", 404)
    # The name written after the merge is back too, and keeps the merge from being undone.
    refused = await door.post(f"/api/proposals/reshapes/{whole['undoable']}/undo", expected=409)
    assert "after the merge" in refused["detail"]


async def test_a_split_stays_while_a_part_is_approved_and_can_go_once_that_is_undone(live: Live, door: Door) -> None:
    rows = await inbox_of(live, door, (*POINTS, *DRONES), 2)
    whole = await door.post("/api/proposals/merge", {"ids": [row["id"] for row in rows]})
    parts = (await door.post(f"/api/proposals/{whole['id']}/split"))["items"]
    undo = f"/api/proposals/reshapes/{parts[0]['undoable']}/undo"
    approved = await door.post(f"/api/proposals/{parts[1]['id']}/approve", {"force": True})
    refused = await door.post(undo, expected=409)
    assert "was approved by Sam Whitfield after the split: take that back first." in refused["detail"]
    assert [row["id"] for row in await door.inbox(1)] == [parts[0]["id"]]

    await door.post("/api/library/undo", {"version": approved["version"]})
    await door.post(undo)
    (only,) = await door.inbox(1)
    assert (only["id"], only["turns"]) == (whole["id"], 12)
    # The last in, the first out: now the merge itself.
    await door.post(f"/api/proposals/reshapes/{only['undoable']}/undo")
    assert sorted(row["turns"] for row in await door.inbox(2)) == [5, 7]


async def test_a_merge_stays_once_what_came_of_it_was_edited(live: Live, door: Door) -> None:
    rows = await inbox_of(live, door, (*POINTS, *DRONES), 2)
    merged = await door.post("/api/proposals/merge", {"ids": [row["id"] for row in rows]})
    edited = await door.patch(f"/api/proposals/{merged['id']}", {"name": "Both of them"})
    assert edited["undoable"] is None
    refused = await door.post(f"/api/proposals/reshapes/{merged['undoable']}/undo", expected=409)
    assert "“Both of them” was edited by Sam Whitfield after the merge, so the merge stays." in refused["detail"]
    (only,) = await door.inbox(1)
    assert (only["turns"], only["name"]) == (12, "Both of them")


async def test_what_was_said_since_a_merge_finds_its_proposal_after_it_is_taken_back(live: Live, door: Door) -> None:
    rows = await inbox_of(live, door, (*POINTS, *DRONES), 2)
    merged = await door.post("/api/proposals/merge", {"ids": [row["id"] for row in rows]})
    await say_each(live, ["do you rent out drones like that one"])

    async def turns(*expected: int) -> object:
        items = (await door.get("/api/proposals"))["items"]
        return items if sorted(one["turns"] for one in items) == list(expected) else None

    await until(lambda: turns(13))
    await door.post(f"/api/proposals/reshapes/{merged['undoable']}/undo")
    await say_each(live, ["how long are my points still good for?"])
    back = await until(lambda: turns(6, 8))
    assert {one["id"] for one in back} == {row["id"] for row in rows}


async def test_only_supervisors_take_back(live: Live) -> None:
    async with live.browser() as browser:
        assert (await browser.post("/api/proposals/reshapes/x/undo", json={})).status_code == 401
