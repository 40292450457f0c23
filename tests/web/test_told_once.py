"""What is said again and again, and what the wish is when a number stands beside it."""

from tests.support.live import Live


async def test_who_asks_again_for_what_the_record_does_not_show_is_offered_a_person(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("Am I insured? My policy is 4410584")
        told = await customer.ask("the 13th of August 1951")
        assert "is active" in told["text"]
        again = await customer.ask("whether the money I sent from the bank for my house insurance has arrived")
        assert "is active" not in again["text"]
        assert again["choices"][0].startswith("Yes")


async def test_a_complaint_about_a_claim_is_a_complaint_and_goes_to_the_one_that_is_open(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("I want to make a complaint about claim CL52290, you declined it and nobody explains")
        await customer.ask("pay it")
        known = await customer.ask("4410288, 11 February 1972, SB5 1DY")
        assert "4455" in known["text"]
        added = await customer.ask("yes, the same one")
        assert "added that to your complaint 4455" in added["text"]
        state = await live.centre.store.reload(customer.conversation_id)
        assert [action.tool for action in state.record.actions if action.is_ok][-1] == "add_note"


async def test_of_several_records_the_one_the_wish_described_is_told(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask(
            "i was told id get a price for covering my bike away from home by tuesday. why havent i had it"
        )
        told = await customer.ask("about 900. 4410511, 15 May 1982")
        assert "case 4496" in told["text"]
        assert "CL52233" not in told["text"]


async def test_who_takes_a_wish_back_in_the_queue_hears_that_nothing_was_done_and_that_it_is_passed_on(
    live: Live,
) -> None:
    async with live.chat() as customer:
        await customer.ask("I want to talk to a person about ending my home policy")
        kept = await customer.ask("actually no, don't cancel it")
        assert "haven't changed or ended anything" in kept["text"]
        told = await customer.ask("did you tell them that")
        assert told["text"].startswith("Yes.")
        state = await live.centre.store.reload(customer.conversation_id)
        assert state.owner.handover is not None
        assert "don't cancel it" in state.owner.handover.customer_note


async def test_an_accident_of_yesterday_is_a_claim_and_no_alarm(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("yesterday afternoon a van reversed into my car in a car park, nobody hurt, policy 4410281")
        assert "open a new claim" in (await customer.ask("14 September 1987"))["text"]
        told = await customer.ask("yes, go ahead")
        assert "opened claim CL" in told["text"]
        state = await live.centre.store.reload(customer.conversation_id)
        assert state.value("care") is None


async def test_water_that_still_comes_is_an_alarm_though_it_began_yesterday(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("water came through the ceiling yesterday and its still pouring in")
        state = await live.centre.store.reload(customer.conversation_id)
        assert state.value("care") == "water coming in now"


async def test_whether_something_arrived_is_not_promised_by_the_agent_in_the_queue(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("I want to talk to a person about my documents")
        told = await customer.ask("did you get my email?")
        assert not told["text"].startswith("Yes.")
