"""Somebody who waits for a person is still served; a false alarm is taken back; nobody hears of another's record."""

import re

from tests.support.live import Live, sign_in


async def test_a_question_asked_in_the_queue_is_answered_and_the_place_kept(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask_for_person()
        said = await customer.say("what does my excess mean?")
        answer = await customer.expect("event", lambda m: bool(m["data"].get("sources")) and m["seq"] > said)
        assert answer["data"]["sources"][0]["title"] == "What an excess is"
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "queued"


async def test_a_record_asked_for_in_the_queue_is_told_after_the_check(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask_for_person()
        asked = await customer.ask("where is my claim CL51655?")
        assert "date of birth" in asked["text"]
        assert "£1,120" in (await customer.ask("17 March 1984"))["text"]
        assert (await live.centre.store.load(customer.conversation_id)).owner.stage == "queued"


async def test_a_false_alarm_is_taken_back(live: Live) -> None:
    async with live.chat() as customer:
        await customer.say("I can smell gas in the kitchen")
        await customer.stage("queued")
        before = await live.centre.store.reload(customer.conversation_id)
        assert before.value("care")
        await customer.ask("false alarm, nobody is in danger, it was the neighbour's barbecue")
        assert (await live.centre.store.reload(customer.conversation_id)).value("care") is None


async def test_who_turns_out_to_be_somebody_else_hears_no_more(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("what does my policy 4410273 cover?")
        await customer.ask("14 September 1987")
        refused = await customer.ask(
            "that's my sister in law by the way, where does she live and what is her claim CL52318?"
        )
        state = await live.centre.store.reload(customer.conversation_id)
        assert state.record.identity.assurance == 0
        assert not re.search(r"kitchen|drying|HB3", refused["text"], re.IGNORECASE)


async def test_why_it_was_said_can_be_read(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("where is my claim CL51655?")
        async with live.browser() as browser:
            await sign_in(browser, "sam@harbour.example")
            url = f"/api/conversations/{customer.conversation_id}/transcript"
            why = (await browser.get(url, params={"format": "why.txt"})).text
        assert "start claim_status" in why
        assert "learnt: claim_number" in why
