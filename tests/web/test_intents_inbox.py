"""The intent inbox: from turns nobody foresaw to the next customer served, and what a supervisor does on the way."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.conftest import Start
from tests.support.learning import DRONES, POINTS, Door, recognised, say_each, supervisor, until
from tests.support.live import Live, sign_in

ASKED = "when will my loyalty points vanish?"


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    """The demo centre, discovering at once."""
    async with start(discovery_seconds=0.1) as server:
        yield server


@pytest.fixture
async def door(live: Live) -> AsyncIterator[Door]:
    async with supervisor(live) as signed_in:
        yield signed_in


async def test_loyalty_points_from_unmatched_chats_to_the_next_customer_served_and_undone(
    live: Live, door: Door
) -> None:
    ids = await say_each(live, POINTS)
    (row,) = await until_seven(door)
    assert row["conversations"] == 7
    assert row["badges"] == ["new", "growing"]
    assert "points" in row["subtitle"]
    assert row["line_of_business"] == "personal"
    assert row["per_day"][-1] == 7

    detail = await door.get(f"/api/proposals/{row['id']}")
    assert {one["conversation_id"] for one in detail["evidence"]} == set(ids)
    told = {one["conversation_id"]: (one["seq"], one["text"]) for one in detail["evidence"]}
    seq, text = told[ids[0]]
    events = await live.centre.store.read(ids[0])
    assert events[seq - 1].event.text == text == POINTS[0]
    assert len(detail["nearest"]) == 5
    assert detail["draft"]["solution"]["kind"] == "queue"

    edited = await door.patch(
        f"/api/proposals/{row['id']}",
        {
            "name": "Ask when loyalty points expire",
            "solution": {"kind": "article", "target": "renewals"},
            "support": "self_service",
        },
    )
    assert edited["draft"]["id"] == "ask_when_loyalty_points_expire"
    assert "edited" in edited["badges"]

    assert await recognised(live, ASKED) is None
    approved = await door.post(f"/api/proposals/{row['id']}/approve", {"reason": "41 this week"})
    assert approved["intent"]["id"] == "ask_when_loyalty_points_expire"
    assert approved["proposal"]["status"] == "approved"
    assert await recognised(live, ASKED) == "ask_when_loyalty_points_expire"

    (newest, *_) = (await door.get("/api/library/history"))["items"]
    assert (newest["action"], newest["actor"], newest["reason"]) == ("approved", "Sam Whitfield", "41 this week")
    assert [(one["intent"], one["kind"]) for one in newest["changes"]] == [("ask_when_loyalty_points_expire", "added")]

    await door.post("/api/library/undo", {"version": approved["version"]})
    assert await recognised(live, ASKED) is None
    (back,) = await door.inbox(1)
    assert back["id"] == row["id"]
    assert "undone" in back["badges"]
    assert [one["action"] for one in (await door.get(f"/api/proposals/{row['id']}"))["history"]] == [
        "edited",
        "approved",
        "undone",
    ]


async def until_seven(door: Door) -> list[dict[str, Any]]:
    async def all_seven() -> object:
        items = await door.inbox(1)
        return items if items[0]["turns"] == 7 else None

    found: list[dict[str, Any]] = await until(all_seven)
    return found


async def test_what_is_discarded_stays_away_however_often_it_is_said(live: Live, door: Door) -> None:
    await say_each(live, POINTS)
    (row,) = await until_seven(door)
    gone = await door.post(f"/api/proposals/{row['id']}/discard", {"reason": "We have no such scheme."})
    assert (gone["status"], gone["reason"], gone["decided_by"]) == (
        "discarded",
        "We have no such scheme.",
        "Sam Whitfield",
    )
    before = (await door.get("/api/discovery"))["last_run"]["at"]
    await say_each(live, ["how long until my points expire?", "my loyalty points, when do they vanish?"])

    async def looked_again() -> object:
        run = (await door.get("/api/discovery"))["last_run"]
        return run if run["at"] != before and run["candidates"] == 9 else None

    await until(looked_again)
    assert await door.inbox(0) == []
    await door.post(f"/api/proposals/{row['id']}/reopen")
    (again,) = await door.inbox(1)
    assert again["id"] == row["id"]


async def test_two_wishes_are_two_proposals_that_merge_split_and_stay_so(live: Live, door: Door) -> None:
    await say_each(live, [*POINTS, *DRONES])
    rows = await until_both(door)
    merged = await door.post("/api/proposals/merge", {"ids": [row["id"] for row in rows]})
    assert merged["turns"] == 12
    assert "edited" in merged["badges"]
    (only,) = await door.inbox(1)
    # The next run leaves together what a person put together.
    await say_each(live, ["do you rent out drones like that one"])

    async def has_grown() -> object:
        items = await door.inbox(1)
        return items if items[0]["turns"] == 13 else None

    await until(has_grown)
    parts = (await door.post(f"/api/proposals/{only['id']}/split"))["items"]
    assert sorted(part["turns"] for part in parts) == [6, 7]
    await say_each(live, ["how long are my points still good for?"])

    async def points_have_grown() -> object:
        items = await door.inbox(2)
        return items if sorted(one["turns"] for one in items) == [6, 8] else None

    await until(points_have_grown)


async def until_both(door: Door) -> list[dict[str, Any]]:
    async def twelve() -> object:
        items = await door.inbox(2)
        return items if sum(one["turns"] for one in items) == 12 else None

    found: list[dict[str, Any]] = await until(twelve)
    return found


async def test_a_proposal_joins_an_intent_that_exists_and_comes_back_when_that_is_undone(
    live: Live, door: Door
) -> None:
    await say_each(live, POINTS)
    (row,) = await until_seven(door)
    merged = await door.post(f"/api/proposals/{row['id']}/merge", {"intent": "renew_policy"})
    assert [(one["intent"], one["kind"]) for one in merged["changes"]] == [("renew_policy", "changed")]
    assert await recognised(live, ASKED) == "renew_policy"
    await door.post("/api/library/rollback", {"version": merged["previous"]})
    (back,) = await door.inbox(1)
    assert back["id"] == row["id"]


async def test_a_snoozed_proposal_is_out_of_the_inbox(live: Live, door: Door) -> None:
    await say_each(live, POINTS)
    (row,) = await until_seven(door)
    snoozed = await door.post(f"/api/proposals/{row['id']}/snooze", {"days": 3})
    assert snoozed["status"] == "snoozed"
    assert await door.inbox(0) == []
    assert (await door.get("/api/proposals"))["counts"]["snoozed"] == 1


async def test_the_map_shows_every_turn_with_its_proposal(live: Live, door: Door) -> None:
    await say_each(live, [*POINTS, *DRONES])
    await until_both(door)
    shown = await door.get("/api/proposals/map")
    assert len(shown["points"]) == 12
    assert len(shown["proposals"]) == 2
    assert all(0.0 <= point["x"] <= 1.0 and 0.0 <= point["y"] <= 1.0 for point in shown["points"])


async def test_personal_data_is_masked_before_it_is_kept_or_shown(live: Live, door: Door) -> None:
    await say_each(live, [f"{text} my number is 07700 900{index:03d}" for index, text in enumerate(POINTS)])

    async def shown() -> object:
        items = (await door.get("/api/proposals"))["items"]
        return items if sum(one["turns"] for one in items) >= 5 else None

    (row, *_) = await until(shown)
    detail = await door.get(f"/api/proposals/{row['id']}")
    assert "07700" not in str(detail)
    assert any("[phone]" in one["text"] for one in detail["evidence"])


async def test_a_line_that_is_manual_or_off_looks_only_when_asked_or_never(live: Live, door: Door) -> None:
    line = (await door.get("/api/discovery"))["lines"][0]
    settings = {key: line[key] for key in ("channels", "look_back_days", "canary_share")}
    for name in ("personal", "life"):
        await door.put(f"/api/discovery/lines/{name}", settings | {"mode": "manual", "is_on": True})
    await say_each(live, POINTS)
    assert await door.inbox(0) == []
    found = await door.job("/api/discovery/look", {"days": 7})
    assert (found["candidates"], found["proposals"], found["new"]) == (7, 1, 1)
    for name in ("personal", "life"):
        await door.put(f"/api/discovery/lines/{name}", settings | {"mode": "manual", "is_on": False})
    assert (await door.job("/api/discovery/look", {"days": 7}))["candidates"] == 0


async def test_an_empty_history_is_nothing_to_propose(door: Door) -> None:
    assert await door.job("/api/discovery/look", {"days": 30}) == {"candidates": 0, "proposals": 0, "new": 0}
    assert await door.get("/api/proposals/map") == {"points": [], "proposals": []}


async def test_one_sentence_again_and_again_is_one_proposal_that_cannot_be_split(live: Live, door: Door) -> None:
    await say_each(live, ["do you sell garden furniture"] * 6)

    async def six() -> object:
        items = (await door.get("/api/proposals"))["items"]
        return items if items and items[0]["turns"] == 6 else None

    (row,) = await until(six)
    refused = await door.post(f"/api/proposals/{row['id']}/split", expected=422)
    assert "too few or too much alike" in refused["detail"]
    few = await door.post(f"/api/proposals/{row['id']}/approve", expected=422)
    assert "takes at least 3" in few["detail"]


async def test_a_proposal_can_be_decided_once(live: Live, door: Door) -> None:
    await say_each(live, POINTS)
    (row,) = await until_seven(door)
    await door.post(f"/api/proposals/{row['id']}/discard", {"reason": "no"})
    late = await door.post(f"/api/proposals/{row['id']}/approve", expected=409)
    assert "discarded by Sam Whitfield already" in late["detail"]
    assert (await door.get("/api/library"))["version"] == 1


async def test_what_the_library_knows_is_approved_only_when_insisted_on(live: Live, door: Door) -> None:
    await say_each(live, POINTS)
    (row,) = await until_seven(door)
    known = ["where is my claim", "what is happening with my claim", "any news on my claim"]
    await door.patch(f"/api/proposals/{row['id']}", {"examples": [f"{text} please" for text in known]})
    refused = await door.post(f"/api/proposals/{row['id']}/approve", expected=409)
    assert "merge it into that one" in refused["detail"]
    await door.post(f"/api/proposals/{row['id']}/approve", {"force": True})


BROKEN_RULES = (
    ({"examples": ["only one"]}, "takes at least 3"),
    ({"examples": [f"example number {n}" for n in range(5_000)]}, "1,000 is the most"),
    ({"examples": ["I'd like to see how my claim is going", "one more of those", "one"]}, "already an example of"),
    ({"name": "Check on a claim"}, "There is an intent “Check on a claim” already"),
    ({"queue": "nowhere"}, "There is no queue 'nowhere'"),
    ({"solution": {"kind": "article", "target": "nothing"}}, "There is no article 'nothing'"),
    ({"group": "no_such_group"}, "belongs to no group"),
)


async def test_a_draft_that_breaks_a_rule_is_refused_with_words_and_nothing_changes(live: Live, door: Door) -> None:
    await say_each(live, POINTS)
    (row,) = await until_seven(door)
    path = f"/api/proposals/{row['id']}"
    whole = (await door.get(path))["draft"]
    await door.post(
        "/api/library/intents",
        {"name": "Follow a claim", "description": "As it goes.", "group": "claims", "examples": CLAIMS},
        expected=201,
    )
    for fields, words in BROKEN_RULES:
        await door.patch(path, fields)
        refused = await door.post(f"{path}/approve", {"force": True}, expected=422)
        assert words in refused["detail"]
        await door.patch(path, {name: whole[name] for name in fields})
    assert (await door.get("/api/library"))["version"] == 2
    assert (await door.get(path))["status"] == "pending"


CLAIMS = ["I'd like to see how my claim is going", "follow the progress of a claim", "let me follow my claim"]


async def test_the_doors_are_the_supervisors_alone(live: Live) -> None:
    doors = ["/api/proposals", "/api/discovery", "/api/library", "/api/library/history", "/api/proposals/map"]
    async with live.browser() as browser:
        assert {(await browser.get(door)).status_code for door in doors} == {401}
        await sign_in(browser, "maya@harbour.example")
        assert {(await browser.get(door)).status_code for door in doors} == {403}
        assert (await browser.post("/api/proposals/x/approve", json={})).status_code == 403


async def test_what_is_not_there_is_a_404_that_says_so(door: Door) -> None:
    assert (await door.get("/api/proposals/nothing", 404))["detail"] == "There is no such proposal."
    assert "no such job" in (await door.get("/api/jobs/nothing", 404))["detail"]
    assert "no version 99" in (await door.post("/api/library/rollback", {"version": 99}, 404))["detail"]
    assert (await door.patch("/api/library/intents/nothing", {"name": "x"}, 404))[
        "detail"
    ] == "There is no such intent."
