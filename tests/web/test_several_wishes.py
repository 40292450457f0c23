"""Two wishes in one turn are both served; a doubtful turn may be settled by a language model."""

from agent.llm import Line, TurnFacts
from tests.support.learning import recognised
from tests.support.live import ChatClient, Live

DOUBTFUL = "I need the paper about the money"


async def test_both_wishes_of_one_turn_are_served_one_after_the_other(live: Live) -> None:
    async with live.chat() as customer:
        said = await customer.say("Will my no claims discount go down? And what are your opening hours?")
        first = await customer.event_after("agent_said", said)
        second = await customer.event_after("agent_said", first["seq"])
        assert [one["title"] for one in first["sources"]] == ["No claims discount"]
        assert [one["title"] for one in second["sources"]] == ["Opening hours and how to reach us"]
        state = await live.centre.store.reload(customer.conversation_id)
        assert {one.intent for one in state.dialogue.intents} == {"no_claims_discount", "opening_hours"}
        assert state.topic is None


async def test_one_wish_with_its_story_is_one_wish(live: Live) -> None:
    assert await recognised(live, "I put in a claim three weeks ago. Is there any update on it?") == "claim_status"


async def test_a_language_model_settles_what_the_agent_would_have_asked(live: Live) -> None:
    told: list[TurnFacts] = []

    async def first(turn: TurnFacts) -> list[Line] | None:
        told.append(turn)
        return [Line(command="start", name=turn.procedures[0][0], value="")]

    live.centre.agent_slot.read = first
    assert await recognised(live, DOUBTFUL) == told[0].procedures[0][0]
    assert told[0].said == DOUBTFUL
    assert len(told[0].procedures) > 30
    assert all(about for _, about in told[0].procedures)


async def test_none_of_it_is_out_of_scope_and_silence_is_clarified_as_before(live: Live) -> None:
    async def none(_turn: TurnFacts) -> list[Line] | None:
        return [Line(command="unknown", name="", value="")]

    async def silent(_turn: TurnFacts) -> list[Line] | None:
        return None

    live.centre.agent_slot.read = none
    async with live.chat() as customer:
        await customer.ask(DOUBTFUL)
        assert await _asked(live, customer) == "offer_person"
    live.centre.agent_slot.read = silent
    async with live.chat() as customer:
        await customer.ask(DOUBTFUL)
        assert await _asked(live, customer) == "clarify"


async def _asked(live: Live, customer: ChatClient) -> str | None:
    """The kind of the question that is open."""
    question = (await live.centre.store.reload(customer.conversation_id)).dialogue.question
    return question.kind if question else None
