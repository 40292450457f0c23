"""A supervisor changes the procedures while customers talk: checked, felt by the next one, tried, taken back."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from conversation import Channel, EscalationReason, State, TopicOutcome
from conversation.events import (
    AgentSaid,
    ConversationStarted,
    CustomerSaid,
    Event,
    HandOffRequested,
    TopicClosed,
    TopicOpened,
)
from intents import place_of
from tests.conftest import Start
from tests.support.happenings import handed_off
from tests.support.learning import Door, supervisor, until
from tests.support.live import Live, sign_in

WISH = "I'd like a quote for a new policy please"
OLD, NEW = "What would you like to insure", "Lovely! What shall we cover"
PLACE_OLD = "When should the cover start?"


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    async with start(discovery_seconds=0.1) as server:
        yield server


@pytest.fixture
async def door(live: Live) -> AsyncIterator[Door]:
    async with supervisor(live) as signed_in:
        yield signed_in


async def text_of(door: Door, name: str = "sales.yaml") -> str:
    files = {one["name"]: one["text"] for one in (await door.get("/api/procedures"))["files"]}
    return str(files[name])


async def changed(door: Door, old: str = OLD, new: str = NEW, **how: Any) -> int:
    text = await text_of(door)
    assert old in text
    kept = await door.put("/api/procedures/files/sales.yaml", {"text": text.replace(old, new), **how})
    return int(kept["version"])


async def asked(live: Live) -> str:
    async with live.chat() as customer:
        return str((await customer.ask(WISH))["text"])


async def heard(live: Live, words: str) -> None:
    """Every process follows within a second: a new customer is asked in these words."""

    async def is_asked() -> bool:
        return words in await asked(live)

    await until(is_asked)


async def test_a_change_serves_the_very_next_customer_and_is_taken_back_in_one_step(live: Live, door: Door) -> None:
    assert OLD in await asked(live)
    version = await changed(door, reason="warmer")
    assert NEW in await asked(live)
    (newest, first) = (await door.get("/api/procedures/history"))["items"]
    assert (newest["version"], newest["actor"], newest["action"], newest["reason"]) == (
        version,
        "Sam Whitfield",
        "edited",
        "warmer",
    )
    assert [(one["procedure"], one["kind"]) for one in newest["changes"]] == [("get_quote", "changed")]
    await door.post("/api/procedures/rollback", {"version": first["version"]})
    assert OLD in await asked(live)


async def test_who_is_in_the_middle_of_it_goes_on_with_what_they_began(live: Live, door: Door) -> None:
    async with live.chat() as before:
        await before.ask(WISH)
        await changed(door, PLACE_OLD, "From which day?")
        await before.ask("my flat")
        told = (await before.ask("the postcode is NB1 6RT"))["text"]
    assert PLACE_OLD in told
    async with live.chat() as after:
        await after.ask(WISH)
        await after.ask("my flat")
        assert "From which day?" in (await after.ask("the postcode is NB1 6RT"))["text"]


async def test_a_fault_is_told_with_file_and_line_and_nothing_changes(live: Live, door: Door) -> None:
    text = await text_of(door)
    wrong = text.replace("type: postcode", "type: postkode", 1)
    line = wrong[: wrong.index("- collect: postcode")].count("\n") + 1
    for refused in (
        await door.put("/api/procedures/files/sales.yaml", {"text": wrong}, 422),
        await door.post("/api/procedures/check", {"name": "sales.yaml", "text": wrong}, 422),
    ):
        assert f"sales.yaml, line {line}" in refused["detail"]
        assert "postkode" in refused["detail"]
        assert "there are" in refused["detail"]
    await door.put("/api/procedures/files/..%2Fsales.yaml", {"text": text}, 404)
    refused = await door.put("/api/procedures/files/Sales.txt", {"text": text}, 422)
    assert ".yaml" in refused["detail"]
    refused = await door.put("/api/procedures/files/more.yaml", {"text": text}, 422)
    assert "two procedures are called" in refused["detail"]
    assert len((await door.get("/api/procedures/history"))["items"]) == 1
    assert OLD in await asked(live)


async def test_an_empty_sentence_and_a_procedure_that_nothing_starts_are_refused(door: Door) -> None:
    text = await text_of(door)
    said = next(line for line in text.splitlines() if line.strip().startswith("- say:"))
    empty = text.replace(said, said[: said.index("say:") + 4])
    told = await door.post("/api/procedures/check", {"name": "sales.yaml", "text": empty}, 422)
    assert "a sentence is empty" in told["detail"]
    renamed = text.replace("- id: get_quote", "- id: get_qoute")
    told = await door.put("/api/procedures/files/sales.yaml", {"text": renamed}, 422)
    assert "can never start" in told["detail"]
    assert "did you mean 'get_quote'" in told["detail"]


async def test_the_lines_in_which_two_versions_differ_are_told(door: Door) -> None:
    before = (await door.get("/api/procedures"))["version"]
    after = await changed(door)
    [file] = (await door.get(f"/api/procedures/history/{after}/changes", since=before))["files"]
    assert file["name"] == "sales.yaml"
    assert [line for line in file["lines"] if line.startswith("-") and OLD in line]
    assert [line for line in file["lines"] if line.startswith("+") and NEW in line]
    await door.get("/api/procedures/history/99/changes", 404, since=before)


async def test_of_two_who_change_the_same_version_the_slower_is_told(door: Door) -> None:
    version = (await door.get("/api/procedures"))["version"]
    await changed(door, expected_version=version)
    text = await text_of(door)
    body = {"text": text.replace(NEW, OLD), "expected_version": version}
    refused = await door.put("/api/procedures/files/sales.yaml", body, 409)
    assert f"version {version + 1}" in refused["detail"]


async def test_an_operator_may_not(live: Live) -> None:
    async with live.browser() as browser:
        await sign_in(browser, "maya@harbour.example")
        assert (await browser.get("/api/procedures")).status_code == 403
        assert (await browser.post("/api/procedures/rollback", json={"version": 1})).status_code == 403


async def test_only_its_share_of_the_conversations_meets_a_version_on_trial(live: Live, door: Door) -> None:
    await changed(door, share=0.5)
    seen: set[bool] = set()
    while len(seen) < 2:
        async with live.chat() as customer:
            is_tried = NEW in (await customer.ask(WISH))["text"]
            assert is_tried is (place_of(customer.conversation_id) < 0.5)
        seen.add(is_tried)
    await door.post("/api/procedures/share", {"share": 1.0})
    assert NEW in await asked(live)
    refused = await door.post("/api/procedures/share", {"share": 0.5}, 422)
    assert "No version is on trial" in refused["detail"]


async def met(live: Live, number: int, version: int, *, is_bad: bool) -> None:
    """A conversation with the procedure in that version, as the agent would have recorded it."""
    at = live.centre.clock() + timedelta(seconds=1)
    opened = TopicOpened("get_quote", "Get a quote", 3, WISH, f"get_quote@{version}")
    handed = handed_off(at, queue="sales")
    reason = EscalationReason.UNABLE_TO_PROCEED if is_bad else EscalationReason.POLICY_RESTRICTION
    handed = HandOffRequested(replace(handed.context, reason=reason), "sales", (), 0, at)
    told: list[Event] = [ConversationStarted(Channel.CHAT, "en"), AgentSaid("Hello."), CustomerSaid(WISH, "m1")]
    told += [opened, TopicClosed("get_quote", TopicOutcome.HANDED_OVER), handed]
    await live.centre.store.append(State(f"met-{version}-{number}"), told, at, token_hash=f"met-{version}-{number}")


async def newest_action(door: Door, action: str) -> Any:
    async def found() -> object:
        newest = (await door.get("/api/procedures/history", limit=1))["items"][0]
        return newest if newest["action"] == action else None

    return await until(found)


async def test_a_version_that_does_harm_is_taken_back_by_itself_with_the_reason(live: Live, door: Door) -> None:
    tried = await changed(door, share=0.5)
    for number in range(20):  # the others first: the verdict falls with the twentieth who met it
        await met(live, number, tried - 1, is_bad=number < 2)
    for number in range(20):
        await met(live, number, tried, is_bad=number < 12)
    newest = await newest_action(door, "canary_rolled_back")
    assert newest["actor"] == "procedure guard"
    assert newest["reason"].startswith("12 of 20 conversations with the new version were dropped or went to a person")
    assert "2 of 20 (10%)" in newest["reason"]
    await heard(live, OLD)


async def test_a_version_that_does_no_harm_serves_everybody_in_the_end(live: Live, door: Door) -> None:
    tried = await changed(door, share=0.5)
    widened = (await door.post("/api/procedures/share", {"share": 0.6}))["version"]
    await asyncio.gather(*(met(live, number, tried - 1, is_bad=number < 2) for number in range(20)))
    await asyncio.gather(*(met(live, number, (tried, widened)[number % 2], is_bad=number < 2) for number in range(40)))

    async def is_full() -> object:
        now = await door.get("/api/procedures")
        return now["share"] == 1.0 and now

    await until(is_full)
    assert (await newest_action(door, "canary_ramped"))["actor"] == "procedure guard"
    await heard(live, NEW)
