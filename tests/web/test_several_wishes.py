"""Two wishes in one turn are both served; a doubtful turn may be settled by a language model."""

from collections.abc import Sequence

from agent.llm_choice import NONE_OF_THEM, Option
from tests.support.learning import recognised
from tests.support.live import Live

DOUBTFUL = "I need the paper about the money"


async def test_both_wishes_of_one_turn_are_served_one_after_the_other(live: Live) -> None:
    async with live.chat() as customer:
        said = await customer.say("Will my no claims discount go down? And what are your opening hours?")
        first = await customer.event_after("agent_said", said)
        second = await customer.event_after("agent_said", first["seq"])
        assert [one["title"] for one in first["sources"]] == ["No claims discount"]
        assert [one["title"] for one in second["sources"]] == ["Opening hours and how to reach us"]
        state = await live.centre.store.reload(customer.conversation_id)
        assert {one.intent for one in state.intents} == {"no_claims_discount", "opening_hours"}
        assert state.topic is None


async def test_one_wish_with_its_story_is_one_wish(live: Live) -> None:
    assert await recognised(live, "I put in a claim three weeks ago. Is there any update on it?") == "claim_status"


async def test_a_language_model_settles_what_the_agent_would_have_asked(live: Live) -> None:
    offered: list[Sequence[Option]] = []

    async def first(said: str, options: Sequence[Option]) -> str | None:
        assert said == DOUBTFUL
        offered.append(options)
        return options[0].id

    live.centre.choose = first
    assert await recognised(live, DOUBTFUL) == offered[0][0].id
    assert len(offered[0]) == 5
    assert all(option.name and option.examples for option in offered[0])


async def test_none_of_them_is_out_of_scope_and_silence_is_clarified_as_before(live: Live) -> None:
    async def none(_said: str, _options: Sequence[Option]) -> str | None:
        return NONE_OF_THEM

    async def silent(_said: str, _options: Sequence[Option]) -> str | None:
        return None

    live.centre.choose = none
    async with live.chat() as customer:
        await customer.ask(DOUBTFUL)
        assert (await live.centre.store.reload(customer.conversation_id)).question.kind == "offer_person"
    live.centre.choose = silent
    async with live.chat() as customer:
        await customer.ask(DOUBTFUL)
        assert (await live.centre.store.reload(customer.conversation_id)).question.kind == "clarify"
