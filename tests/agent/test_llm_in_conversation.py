"""A conversation with a language model configured: its words where they are grounded, the approved ones otherwise."""

from collections.abc import AsyncIterator

import pytest

from tests.agent.llm_server import ScriptedServer, as_json, serving, until, wrote
from tests.conftest import Start
from tests.support.live import Live

QUESTION = "How much is a new windscreen?"
APPROVED = "A chip repair costs you £25. A replacement costs you £115"
SENTENCE = "A replacement costs £115."


@pytest.fixture
async def script() -> AsyncIterator[ScriptedServer]:
    async with serving(ScriptedServer()) as server:
        yield server


@pytest.fixture
async def live(start: Start, script: ScriptedServer) -> AsyncIterator[Live]:
    async with start(review_seconds=30, llm_url=script.base_url, llm_seconds=5.0) as server:
        await until(lambda: bool((model := server.server.language_model) and model.capabilities.is_usable))
        yield server


async def test_a_grounded_sentence_is_said_with_its_source_and_the_approved_words_kept(
    live: Live, script: ScriptedServer
) -> None:
    script.answer = wrote(SENTENCE)
    async with live.chat() as customer:
        said = await customer.ask(QUESTION)
    assert said["text"] == SENTENCE
    assert said["quote"].startswith(APPROVED)
    assert said["sources"][0]["article_id"] == "windscreen-and-glass"


@pytest.mark.parametrize("answer", [wrote("A replacement costs £9."), as_json({}, 500)])
async def test_otherwise_the_approved_words_are_said(live: Live, script: ScriptedServer, answer: object) -> None:
    script.answer = answer  # type: ignore[assignment]
    async with live.chat() as customer:
        said = await customer.ask(QUESTION)
    assert said["text"].startswith(APPROVED)
    assert said["quote"] == ""


async def test_the_operator_reads_the_models_line_and_the_customer_does_not(live: Live, script: ScriptedServer) -> None:
    script.answer = wrote("The customer wants an operator.")
    async with live.chat() as customer, live.desk() as desk:
        await customer.ask_for_person()
        opened = await desk.accept(customer.conversation_id)
    assert opened["card"]["agent_summary"] == "The customer wants an operator."
    assert "The customer wants" not in repr(customer.received)
