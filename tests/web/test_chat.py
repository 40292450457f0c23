"""A customer chats: answered from the CRM after a check, from knowledge with its source, honestly when neither."""

import re

import pytest

from conversation import Stage
from tests.support.live import Live


async def test_the_agent_greets_and_says_it_is_an_ai(live: Live) -> None:
    async with live.chat() as customer:
        assert "AI assistant" in customer.welcome["events"][0]["data"]["text"]


async def test_a_claim_is_told_only_after_the_customer_is_checked(live: Live) -> None:
    async with live.chat() as customer:
        asked = await customer.ask("Where is my claim CL52318?")
        assert "CL52318" in asked["text"]
        assert "date of birth" in asked["text"]
        assert "drying" not in asked["text"]
        told = await customer.ask("14 September 1987")
        assert "in progress" in told["text"]
        assert "drying certificate" in told["text"]


async def test_a_correction_replaces_the_number(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("what's the state of case 4417?")
        await customer.ask("14 September 1987")
        corrected = await customer.ask("no, it's 4471")
        assert "4471" in corrected["text"]
        told = await customer.ask("14 September 1987")
        assert "Kitchen leak" in told["text"]


async def test_a_question_that_is_sent_twice_in_one_breath_is_answered(live: Live) -> None:
    async with live.chat() as customer:
        for name in ("m1", "m2", "m3"):
            await customer.send("say", client_id=name, text="what does my excess mean?")
        said = await customer.event("agent_said", lambda one: bool(one["sources"]))
        assert said["sources"][0]["title"] == "What an excess is"
        await customer.ask("and the no claims bonus, what is that?")
        assert (await live.centre.store.reload(customer.conversation_id)).owner.stage is Stage.AGENT


async def test_a_knowledge_answer_quotes_the_article_and_names_it(live: Live) -> None:
    async with live.chat() as customer:
        said = await customer.ask("what does my excess mean?")
        assert said["sources"][0]["title"] == "What an excess is"
        articles = live.centre.agent_slot.runtime.agent.knowledge.articles
        approved = [section.text for article in articles.values() for section in article.sections]
        assert said["text"] in approved


async def test_out_of_scope_is_answered_honestly_with_the_offer_of_a_person(live: Live) -> None:
    async with live.chat() as customer:
        said = await customer.ask("when do my loyalty points expire?")
        assert re.search("won't guess|approved answer", said["text"])
        assert "Yes, a person please" in said["choices"]
        seq = await customer.say("yes")
        await customer.stage("queued")
        assert (await customer.event_after("agent_said", seq))["card"]["kind"] == "handover"


async def test_low_margin_asks_which_of_two_is_meant(live: Live) -> None:
    async with live.chat() as customer:
        said = await customer.ask("I need the paper about the money")
        assert "is it about" in said["text"].lower()
        assert len(said["choices"]) == 3
        chosen = await customer.ask(said["choices"][0])
        assert chosen["text"]


async def test_another_subject_in_between_and_back(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("I want to check my claim")
        quoted = await customer.ask("what happens if I miss a payment?")
        assert quoted["sources"]
        back = await customer.event_after("agent_said", quoted["seq"])
        assert "back to" in back["text"]
        assert "date of birth" in back["text"].lower()


async def test_cancel_repeat_and_go_back(live: Live) -> None:
    async with live.chat() as customer:
        asked = await customer.ask("I'd like to change my address")
        again = await customer.ask("can you repeat that?")
        assert again["text"] == asked["text"]
        await customer.ask("4410273")
        back = await customer.ask("go back")
        assert "step back" in back["text"]
        dropped = await customer.ask("never mind")
        assert (await live.centre.store.reload(customer.conversation_id)).topic is None
        assert dropped["text"]


async def test_a_change_is_read_back_and_done_once_after_a_yes(live: Live) -> None:
    async with live.chat() as customer:
        for text in (
            "I'd like to change my address",
            "4410273",
            "12 Quay Street, Harbourton",
            "HB1 2AB",
            "next Friday",
        ):
            await customer.ask(text)
        checked = await customer.ask("14 September 1987")
        assert "12 Quay Street" in checked["text"]
        done = await customer.ask("yes")
        assert "opened case 8000" in done["text"]
        record = await live.server.crm.find_record("HM10007")
        assert record is not None
        assert [case.number for case in record.cases if case.number.startswith("80")] == ["8000"]


async def test_three_unusable_answers_fetch_a_person(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("I'd like to check on my claim please")
        for nonsense in ("hmm", "well", "umm"):
            await customer.ask(nonsense)
        await customer.stage("queued")


async def test_three_failed_identity_checks_fetch_a_person_and_tell_nothing(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("my claim CL52318 please")
        for day in ("1 January 1980", "2 February 1981", "3 March 1982"):
            await customer.ask(day)
        await customer.stage("queued")
        said = " ".join(m["data"].get("text", "") for m in customer.received if m["type"] == "event")
        assert "drying" not in said
        assert "Priya" not in said


async def test_guessing_over_many_chats_makes_the_record_ask_for_more(live: Live) -> None:
    for day in ("1 January 1980", "2 February 1981", "3 March 1982", "4 April 1983", "5 May 1984"):
        async with live.chat() as guesser:
            await guesser.ask("my claim CL52318 please")
            await guesser.ask(day)
    async with live.chat() as customer:
        await customer.ask("my claim CL52318 please")
        refused = await customer.ask("14 September 1987")
        assert "postcode" in refused["text"]
        told = await customer.ask("14 September 1987, HB3 7PL")
        assert "in progress" in told["text"]


async def test_anger_fetches_a_person(live: Live) -> None:
    async with live.chat() as customer:
        await customer.say("THIS IS ABSOLUTELY UNACCEPTABLE, you are USELESS!!!")
        await customer.stage("queued")
        state = await live.centre.store.load(customer.conversation_id)
        assert state.owner.handover is not None
        assert state.owner.handover.reason == "negative_sentiment"


async def test_a_conversation_ends_with_goodbye_and_a_new_one_starts_clean(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("can I talk to a person?")
        await customer.ask("never mind")
        await customer.say("that's all, bye")
        await customer.stage("closed")
        await customer.send("say", client_id="late", text="hello?")
        assert (await customer.error())["code"] == "conversation_closed"
    async with live.chat() as again:
        said = await again.ask("what does my excess mean?")
        assert said["sources"]
        assert (await live.centre.store.load(again.conversation_id)).owner.stage == "agent"


@pytest.mark.parametrize("day", ["14.9.1987", "14/09/87", "1987-09-14", "14th of September 1987", "Sept 14 1987"])
async def test_a_birth_date_is_understood_however_it_is_written(live: Live, day: str) -> None:
    async with live.chat() as customer:
        await customer.ask("where is my claim CL52318?")
        assert "in progress" in (await customer.ask(day))["text"]


async def test_a_bare_no_to_a_question_drops_it_and_goodbye_ends_the_chat(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("I want to check my claim")
        await customer.ask("no thanks")
        assert (await live.centre.store.reload(customer.conversation_id)).topic is None
        await customer.ask("I want to check my claim")
        await customer.say("bye")
        await customer.stage("closed")
