"""A customer who waits for a person is served on, as far as the agent can, and is not told the same again."""

from tests.support.live import Live

JOSHUA = "joshua.adeyemi@example.org, 31 October 1986"
BURST = "please help, there's water coming through my kitchen ceiling, it's all over the floor"


async def test_a_question_of_cover_is_answered(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask_for_person()
        assert "Vaccinations" in (await customer.ask("does puppy cover pay for her jabs?"))["text"]


async def test_a_change_is_taken(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask_for_person()
        assert "date of birth" in (await customer.ask("I moved at the weekend, can you update my address"))["text"]
        assert "new address" in (await customer.ask("policy 4410572, born 22 March 1974"))["text"]


async def test_how_long_it_takes_is_answered_and_the_place_kept(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask_for_person()
        for asked in ("how long do i have to wait?", "how many ahead of me", "when will somebody come"):
            assert "You keep your place" in (await customer.ask(asked))["text"]


async def test_in_danger_they_are_answered_out_of_what_is_about_it(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask(BURST)
        await customer.stage("queued")
        assert "water that escapes" in (await customer.ask("is my ceiling covered then?"))["text"]


async def test_after_a_death_no_other_article_is_read(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("my husband died last week")
        await customer.stage("queued")
        told = await customer.ask("what do you need from me")
        assert "death certificate" in told["text"]
        assert "quote" not in told["text"]


async def test_a_pet_that_died_is_no_customer_who_died(live: Live) -> None:
    async with live.chat() as customer:
        told = await customer.ask("hi. our dog biscuit died on saturday. i suppose i need to stop the insurance")
        assert "bereavement team" not in told["text"]
        assert "date of birth" in told["text"]


async def test_a_renewal_is_read_from_the_record(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("how much will my home insurance be when it renews?")
        told = await customer.ask(JOSHUA)
        assert "renews on" in told["text"]
        assert "£28.90" in told["text"]


async def test_a_claim_asked_after_is_read_without_an_article_before_it(live: Live) -> None:
    async with live.chat() as customer:
        asked = await customer.ask("hi, any news on my cat's tooth claim? it's been nearly 3 weeks")
        assert "Dental" not in asked["text"]
        assert "date of birth" in asked["text"]


async def test_the_day_that_does_not_suit_is_not_taken_for_the_new_one(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("the engineer is meant to come wednesday but I have a shift at work, can it be another day")
        asked = await customer.ask("2 November 2002, chloe.atherton@example.com")
        assert "What day and time" in asked["text"]
    async with live.chat() as customer:
        await customer.ask("my car's meant to be ready thursday but I'm working away, can I get it friday instead?")
        read_back = await customer.ask("30/01/1979 policy 4410262")
        assert "to friday" in read_back["text"]


async def test_neither_with_a_claims_number_is_about_that_claim(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("washing machine hose burst, someone was meant to ring me about a visit")
        asked = await customer.ask("neither, it's a claim I've already got open with you, CL52461")
        assert "CL52461" in asked["text"]
        assert "What day did it happen" not in asked["text"]


async def test_a_relatives_wish_to_be_put_on_a_policy_is_no_wish_for_a_person(live: Live) -> None:
    async with live.chat() as customer:
        told = await customer.ask("she wants to know if she can put me on it as a driver, it's my mum's car")
        assert "To add a driver" in told["text"] or "helping your mum" in told["text"]
