"""The library in the centre: edit, pause, history, roll back, import, export, and what is refused."""

from typing import Any

import pytest
import yaml

from tests.support.learning import Door, recognised, supervisor
from tests.support.live import Live

CLAIM = "where is my claim"


@pytest.fixture
async def door(live: Live) -> Any:
    async with supervisor(live) as signed_in:
        yield signed_in


async def test_the_library_says_what_it_holds_and_who_made_it(door: Door) -> None:
    library = await door.get("/api/library")
    assert (library["version"], library["action"], library["actor"]) == (1, "loaded", "set-up")
    assert len(library["groups"]) == 8
    assert library["lines_of_business"] == ["personal", "life"]
    assert "verify_customer" not in library["tools"]
    (claim,) = [one for one in library["intents"] if one["id"] == "claim_status"]
    assert claim == await door.get("/api/library/intents/claim_status")
    assert (claim["support"], claim["review_state"], claim["is_live"], claim["share"]) == (
        "self_service",
        "approved",
        True,
        1.0,
    )


async def test_a_paused_intent_is_not_recognised_until_it_is_resumed(live: Live, door: Door) -> None:
    assert await recognised(live, CLAIM) == "claim_status"
    await door.patch("/api/library/intents/claim_status", {"is_live": False, "reason": "The CRM is being moved."})
    assert await recognised(live, CLAIM) != "claim_status"
    await door.patch("/api/library/intents/claim_status", {"is_live": True})
    assert await recognised(live, CLAIM) == "claim_status"
    told = (await door.get("/api/library/history"))["items"]
    assert [(one["version"], one["action"], one["reason"]) for one in told] == [
        (3, "resumed", ""),
        (2, "paused", "The CRM is being moved."),
        (1, "loaded", ""),
    ]
    assert told[1]["changes"] == [
        {
            "intent": "claim_status",
            "name": "Check on a claim",
            "kind": "changed",
            "fields": [{"field": "is_live", "before": True, "after": False}],
        }
    ]
    assert [one["is_current"] for one in told] == [True, False, False]


async def test_an_intent_may_be_assist_only_then_a_person_answers(live: Live, door: Door) -> None:
    await door.patch("/api/library/intents/no_claims_discount", {"support": "assist_only"})
    async with live.chat() as customer:
        await customer.say("will my no claims discount go down")
        await customer.stage("queued")


async def test_a_roll_back_is_a_new_version_with_the_old_content(live: Live, door: Door) -> None:
    await door.patch("/api/library/intents/claim_status", {"is_live": False})
    await door.patch("/api/library/intents/renew_policy", {"description": "Another one."})
    back = await door.post("/api/library/rollback", {"version": 1, "reason": "Too early."})
    assert (back["version"], back["previous"]) == (4, 3)
    assert {one["intent"] for one in back["changes"]} == {"claim_status", "renew_policy"}
    assert await recognised(live, CLAIM) == "claim_status"
    assert (await door.get("/api/library/history/4"))["action"] == "rolled_back"


async def test_undo_says_no_once_somebody_else_changed_the_library(door: Door) -> None:
    first = await door.patch("/api/library/intents/claim_status", {"is_live": False})
    await door.patch("/api/library/intents/renew_policy", {"is_live": False})
    refused = await door.post("/api/library/undo", {"version": first["version"]}, expected=409)
    assert "Sam Whitfield has changed the library since (version 3)" in refused["detail"]


async def test_a_change_of_what_moved_on_meanwhile_is_refused(door: Door) -> None:
    await door.patch("/api/library/intents/renew_policy", {"is_live": False, "expected_version": 1})
    refused = await door.patch(
        "/api/library/intents/claim_status", {"is_live": False, "expected_version": 1}, expected=409
    )
    assert "version 2 by now" in refused["detail"]
    assert (await door.get("/api/library"))["version"] == 2


async def test_what_was_exported_is_imported_without_a_difference(door: Door) -> None:
    text = (await door.browser.get("/api/library/export?format=yaml")).text
    preview = await door.post("/api/library/import/preview", {"format": "yaml", "name": "mine.yaml", "text": text})
    assert (preview["changes"], preview["base_version"]) == ([], 1)
    same = await door.post("/api/library/import", {"format": "yaml", "name": "mine.yaml", "text": text})
    assert same["version"] == same["previous"] or same["changes"] == []


async def test_an_import_shows_first_what_it_would_change(live: Live, door: Door) -> None:
    content = yaml.safe_load((await door.browser.get("/api/library/export?format=yaml")).text)
    claims = next(group for group in content["groups"] if group["id"] == "claims")
    claims["intents"] = [one for one in claims["intents"] if one["id"] != "claim_status"]
    body = {"format": "yaml", "name": "mine.yaml", "text": yaml.safe_dump(content)}
    preview = await door.post("/api/library/import/preview", body)
    assert [(one["intent"], one["kind"]) for one in preview["changes"]] == [("claim_status", "removed")]
    assert "would no longer be recognised: Check on a claim" in preview["warnings"][0]
    assert (await door.get("/api/library"))["version"] == 1
    await door.post("/api/library/import", body)
    assert await recognised(live, CLAIM) != "claim_status"


async def test_rasa_examples_join_and_unknown_intents_arrive_paused(door: Door) -> None:
    nlu = "version: '3.1'\nnlu:\n- intent: claim_status\n  examples: |\n    - whereabouts of the [CL1](number) claim\n"
    nlu += "- intent: ask_points\n  examples: |\n    - how many points have I got\n"
    body = {"format": "rasa", "name": "nlu.yml", "text": nlu}
    preview = await door.post("/api/library/import/preview", body)
    assert [(one["intent"], one["kind"]) for one in preview["changes"]] == [
        ("claim_status", "changed"),
        ("ask_points", "added"),
    ] or {one["intent"] for one in preview["changes"]} == {"claim_status", "ask_points"}
    await door.post("/api/library/import", body)
    added = await door.get("/api/library/intents/ask_points")
    assert (added["review_state"], added["is_live"]) == ("pending", False)
    exported = (await door.browser.get("/api/library/export?format=rasa")).text
    assert "whereabouts of the CL1 claim" in exported
    assert "ask_points" not in exported


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("yaml", "groups: [", "not a YAML file"),
        ("yaml", "[" * 5_000, "not a YAML file"),
        ("yaml", "just words", "no list `groups`"),
        ("yaml", "", "no list `groups`"),
        ("yaml", "groups: [{id: Claims}]", "id"),
        (
            "yaml",
            "groups: [{id: a, name: A, description: d, line_of_business: p, queue: claims, colour: red}]",
            "colour",
        ),
        ("rasa", "nlu: 7", "no list `nlu`"),
        ("rasa", "nlu:\n- intent: x\n  examples: [one]\n", "not a block of lines"),
        (
            "rasa",
            "nlu:\n- intent: other\n  examples: |\n    - What's happening with my claim?\n    - x\n",
            "already an example of",
        ),
    ],
)
async def test_a_malformed_import_is_refused_with_its_place_and_nothing_changes(
    door: Door, form: str, text: str, words: str
) -> None:
    body = {"format": form, "name": "theirs.yml", "text": text}
    for path in ("/api/library/import/preview", "/api/library/import"):
        refused = await door.post(path, body, expected=422)
        assert words in refused["detail"]
    assert (await door.get("/api/library"))["version"] == 1


async def test_an_unknown_field_or_a_wrong_kind_of_value_is_refused(door: Door) -> None:
    for body in (
        {"colour": "red"},
        {"support": "sometimes"},
        {"share": 2},
        {"examples": ["x" * 3_000]},
        {"name": None},
    ):
        await door.patch("/api/library/intents/claim_status", body, expected=422)
    assert (await door.get("/api/library"))["version"] == 1


async def test_a_new_group_and_intent_are_served_at_once(live: Live, door: Door) -> None:
    group = {
        "name": "Pets",
        "description": "Animals.",
        "is_group": True,
        "line_of_business": "pets",
        "queue": "general",
    }
    await door.post("/api/library/intents", group, expected=201)
    examples = ["can you teach my parrot to talk", "do you have parrot lessons", "speaking lessons for a parrot please"]
    intent = {"name": "Teach a parrot", "description": "Birds that talk.", "group": "pets", "examples": examples}
    made = await door.post("/api/library/intents", intent, expected=201)
    assert made["changes"][0]["intent"] == "teach_a_parrot"
    assert await recognised(live, "can you teach a parrot to speak?") == "teach_a_parrot"
    lines = (await door.get("/api/discovery"))["lines"]
    assert [line["line_of_business"] for line in lines] == ["personal", "life", "pets"]
