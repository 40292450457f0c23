"""A caller at one process, the operator's softphone at another."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.cluster.conftest import Join
from tests.support.calls import SCRIPTED, Phone, bare_phone, hear_each_other, hear_tones, phone, softphone
from tests.support.live import DeskClient, Live, sign_in

pytestmark = pytest.mark.postgres
MAYA = "maya@harbour.example"


@pytest.fixture
async def two(join: Join, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Live, Live]]:
    hear_tones(monkeypatch)
    async with join("a", **SCRIPTED) as first, join("b", **SCRIPTED) as second:
        yield first, second


async def taken(caller: Phone, chat_at: Live, maya: DeskClient) -> None:
    """The caller asks for a person, and Maya takes it."""
    async with chat_at.chat(conversation_id=caller.conversation_id, token=caller.token) as chat:
        await chat.ask_for_person()
        await maya.accept(caller.conversation_id)


async def test_both_hear_each_other_and_each_is_told_of_the_end(two: tuple[Live, Live]) -> None:
    a, b = two
    async with phone(a) as caller, b.desk() as maya:
        await taken(caller, a, maya)
        async with softphone(b, MAYA, caller.conversation_id) as line:
            await caller.line("bridged")
            await hear_each_other(caller, line)
            await maya.send("end", conversation_id=caller.conversation_id)
            assert (await caller.expect("ended"))["reason"] == "conversation_ended"
            assert (await line.expect("ended"))["reason"] == "conversation_ended"


async def test_a_caller_who_comes_back_at_another_process_brings_the_operator_along(two: tuple[Live, Live]) -> None:
    a, b = two
    async with AsyncExitStack() as stack:
        maya = await stack.enter_async_context(b.desk())
        caller = await stack.enter_async_context(phone(a))
        await taken(caller, a, maya)
        line = await stack.enter_async_context(softphone(b, MAYA, caller.conversation_id))
        await caller.line("bridged")
        again = await stack.enter_async_context(phone(b, conversation_id=caller.conversation_id, token=caller.token))
        assert (await line.closed())[0] == 1012
        assert (await caller.expect("ended"))["reason"] == "taken_over"
        line = await stack.enter_async_context(softphone(b, MAYA, caller.conversation_id))
        await again.line("bridged")
        await hear_each_other(again, line)


async def test_nobody_gets_a_line_by_way_of_another_process(two: tuple[Live, Live]) -> None:
    a, b = two
    async with phone(a) as caller, b.desk() as maya:
        await taken(caller, a, maya)
        async with bare_phone(b, "/ws/desk-voice") as line, b.browser() as browser:
            await line.ring(
                conversation_id=caller.conversation_id, ticket=await sign_in(browser, "tom@harbour.example")
            )
            assert await line.refused() == ("not_allowed", 1008)
