"""A doubtful turn put to a language model: its commands pass the checks of the local ones, or it is not believed."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.responses import Response

from agent.llm import Line, TurnFacts
from agent.llm.language_model import Outcome
from agent.understanding.commands import Wanted
from tests.agent.llm_server import ScriptedServer, model_at, said, serving, until
from tests.conftest import Start
from tests.support.live import Live

SAID = "you know the wotsit, that"
FACTS = TurnFacts(SAID, "", (("claim_status", "a claim"),), (Wanted("day", "date", "day"),))


def commands(*lines: tuple[str, str, str]) -> Response:
    read = [{"command": command, "name": name, "value": value} for command, name, value in lines]
    return said(json.dumps({"commands": read}))


@pytest.fixture
async def script() -> AsyncIterator[ScriptedServer]:
    async with serving(ScriptedServer()) as server:
        yield server


@pytest.fixture
async def live(start: Start, script: ScriptedServer) -> AsyncIterator[Live]:
    async with start(review_seconds=30, llm_url=script.base_url, llm_seconds=5.0) as server:
        await until(lambda: bool((model := server.server.language_model) and model.capabilities.is_usable))
        yield server


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (commands(("start", "claim_status", "")), Outcome.USED),
        (said("claim_status"), Outcome.NOT_AS_ASKED),
        (commands(("refund", "everything", "")), Outcome.NOT_AS_ASKED),
        (said('{"commands": [{"command": "start", "name": "claim_status"}]}'), Outcome.NOT_AS_ASKED),
    ],
)
async def test_only_commands_in_the_form_asked_for_are_read(
    script: ScriptedServer, reply: Response, outcome: Outcome
) -> None:
    script.answer = reply
    async with model_at(script.base_url) as model:
        await model.probe()
        read = await model.read(FACTS)
        assert read == ([Line(command="start", name="claim_status", value="")] if outcome is Outcome.USED else None)
        assert model.outcomes == {("commands", outcome): 1}


async def test_nothing_said_and_too_long_a_turn_are_not_asked(script: ScriptedServer) -> None:
    async with model_at(script.base_url) as model:
        await model.probe()
        assert await model.read(TurnFacts("  ", "", (), ())) is None
        assert await model.read(TurnFacts("word " * 500, "", (), ())) is None
        assert model.outcomes == {("commands", Outcome.NOT_ASKED): 2}


async def understood(live: Live, conversation_id: str) -> list[str]:
    """What every turn was taken to mean, from the record."""
    found: list[str] = []
    for one in await live.centre.store.read(conversation_id):
        event: Any = one.event
        if event.kind == "turn_understood":
            found += event.commands
    return found


async def test_a_wish_that_only_the_model_sees_is_served_and_marked_as_the_models(
    live: Live, script: ScriptedServer
) -> None:
    script.answer = commands(("start", "claim_status", ""))
    async with live.chat() as customer:
        told = await customer.ask(SAID)
        read = await understood(live, customer.conversation_id)
    assert "date of birth" in told["text"]
    assert "model start claim_status 0.95" in read
    turn = json.loads(script.asked[-1]["messages"][-1]["content"])
    assert turn["said"] == SAID
    assert {"id", "about"} == set(turn["procedures"][0])


async def test_a_person_that_only_the_model_hears_of_is_fetched(live: Live, script: ScriptedServer) -> None:
    script.answer = commands(("person", "", ""))
    async with live.chat() as customer:
        await customer.ask(SAID)
        read = await understood(live, customer.conversation_id)
        state = await live.centre.store.reload(customer.conversation_id)
    assert "model wants_person" in read
    assert state.is_waiting


@pytest.mark.parametrize(
    "reply",
    [
        commands(("start", "refund_everything", "")),
        commands(("set", "day", "2 May")),
        commands(("start", "windscreen_repair", ""), ("set", "policy_number", "4410231")),
    ],
    ids=["no such procedure", "no such value", "a value nobody said"],
)
async def test_a_model_that_makes_something_up_is_not_believed_in_anything(
    live: Live, script: ScriptedServer, reply: Response
) -> None:
    script.answer = reply
    async with live.chat() as customer:
        await customer.ask(SAID)
        read = await understood(live, customer.conversation_id)
    assert not [one for one in read if one.startswith("model")]


async def test_where_the_words_are_plain_no_model_is_asked(live: Live, script: ScriptedServer) -> None:
    before = len(script.asked)
    async with live.chat() as customer:
        await customer.ask("I'd like a quote for a new policy please")
    assert len(script.asked) == before
