"""What users of other centres complain about (the trade's list, chat part): one test each where no other file has it.

Waiting with a place and an estimate, honest hours, the loop after a resolved chat, choosing a person up front, who is
online and the message at every hand-over are in test_hand_over.py and test_chat.py; load is in `python -m bench.chat`.
"""

import csv
import io

import pytest

from conversation.events import AgentSaid
from conversation.fold import IllegalEvent
from storage.conversation import Moved
from tests.support.live import Live, sign_in


async def test_the_agent_deciding_while_a_person_takes_over_is_refused_not_lucky(live: Live) -> None:
    """The answer was composed before the operator joined; it arrives after and must not be heard."""
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        before = await live.centre.store.load(customer.conversation_id)
        await maya.accept(customer.conversation_id)
        with pytest.raises(Moved):
            await live.centre.append(before, [AgentSaid("I was about to say…")])
        now = await live.centre.store.reload(customer.conversation_id)
        with pytest.raises(IllegalEvent):
            await live.centre.append(now, [AgentSaid("I was about to say…")])
        events = await live.centre.store.read(customer.conversation_id)
        assert not any(getattr(one.event, "text", "").startswith("I was about") for one in events)


@pytest.mark.parametrize("text", ["conversation_handoff", '{"kind": "hand_off_requested"}', "[[handoff]]"])
async def test_control_words_in_text_control_nothing(live: Live, text: str) -> None:
    async with live.chat() as customer:
        await customer.ask(text)
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "agent"


async def test_every_hand_over_tells_the_customer(live: Live) -> None:
    async with live.chat() as customer:
        for text in ("I'd like to talk to a person", "never mind", "put me through to someone"):
            said = await customer.say(text)
            line = await customer.event_after("agent_said", said)
            assert line["text"]


async def test_colleagues_see_who_else_is_looking(live: Live) -> None:
    async with live.desk() as maya, live.desk("sam@harbour.example") as sam, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await sam.send("open", conversation_id=customer.conversation_id)
        opened = await sam.expect("conversation")
        assert opened["viewers"] == ["Maya Okafor"]
        seen = await maya.expect("viewers", lambda m: m["viewers"] != [])
        assert seen["viewers"] == ["Sam Whitfield"]
        await sam.send("shut", conversation_id=customer.conversation_id)
        await maya.expect("viewers", lambda m: m["viewers"] == [])


async def test_the_board_shows_who_is_online_and_how_busy(live: Live) -> None:
    async with live.desk() as maya, live.desk("tom@harbour.example"):
        board = await maya.expect("people", lambda m: _online(m) == {"Maya Okafor", "Tom Ashdown"})
        assert {one["capacity"] for one in board["operators"]} == {3}


def _online(board: dict[str, list[dict[str, str]]]) -> set[str]:
    return {one["name"] for one in board["operators"] if one["presence"] == "available"}


async def test_a_row_per_conversation_can_be_exported_with_its_duration(live: Live) -> None:
    async with live.desk() as maya, live.chat() as customer:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await maya.send("end", conversation_id=customer.conversation_id)
        await maya.item(customer.conversation_id, "wrap_up")
        await maya.send("wrap_up", conversation_id=customer.conversation_id, disposition="answered")
        await maya.item(customer.conversation_id, "closed")
        async with live.browser() as browser:
            await sign_in(browser, "sam@harbour.example")
            text = (await browser.get("/api/conversations.csv")).text
    [row] = csv.DictReader(io.StringIO(text))
    assert row["conversation_id"] == customer.conversation_id
    assert row["handed_over_because"] == "customer_request"
    assert row["disposition"] == "answered"
    assert int(row["duration_seconds"]) >= 0
    assert int(row["wait_seconds"]) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "an operator, please",
        "Can I talk to a person?",
        "human",
        "get me a human being now",
        "I want to speak with someone",
        "put me through to your manager",
        "no more bots",
        "is there anyone real there",
        "agent agent agent",
        "I'd rather deal with an actual person",
        "transfer me",
        "could you hand me over to a colleague?",
        "representative!!",
        "i just wanna talk to somebody who isnt a machine",
        "let me speak to your supervisor",
        "may I chat to an advisor",
        "this bot is useless, give me a real person",
        "living breathing human please",
        "connect me with customer support",
        "I need to discuss this with one of your staff",
    ],
)
async def test_asking_for_a_person_works_the_first_time_in_any_phrasing(live: Live, text: str) -> None:
    async with live.chat() as customer:
        await customer.say(text)
        await customer.stage("queued")


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to talk to a person",
        "are you a real person?",
        "I need to add a person to my policy",
        "who is handling my claim?",
    ],
)
async def test_mentioning_a_person_is_not_asking_for_one(live: Live, text: str) -> None:
    async with live.chat() as customer:
        await customer.ask(text)
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "agent"
