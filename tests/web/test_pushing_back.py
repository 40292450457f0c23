"""A customer who was taken wrongly says so, and is heard: at once, once, and without harm."""

from tests.support.live import Live

STEPHEN = "policy 4410572, born 22 March 1974"


async def test_a_no_to_what_was_read_back_leaves_it_and_serves_what_is_wished_instead(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask(
            "I want to report a claim, somebody drove into my car yesterday in a car park, nobody was hurt"
        )
        read_back = await customer.ask(STEPHEN)
        assert "Shall I go ahead?" in read_back["text"] or "open a new claim" in read_back["text"]
        left = await customer.ask("No! no new claim. what is the next payment on my car policy")
        assert "claim" not in left["text"]
        assert "£48.80" in left["text"]


async def test_a_protest_is_no_address(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("I moved house, please change my address")
        assert "new address" in (await customer.ask(STEPHEN))["text"]
        left = await customer.ask("omg no. i am not changing my address. when is my next payment")
        assert "postcode" not in left["text"]
        assert "£48.80" in left["text"]


async def test_what_is_denied_is_not_opened(live: Live) -> None:
    async with live.chat() as customer:
        asked = await customer.ask("i've not had any accident. i'm asking about the refund of a double payment")
        assert "hurt" not in asked["text"]
        assert "date of birth" in asked["text"]


async def test_a_form_given_up_stays_closed_until_it_is_wished_again(live: Live) -> None:
    async with live.chat() as customer:
        assert "number" in (await customer.ask("please call me back"))["text"]
        assert "number" not in (await customer.ask("no, leave the callback, that's not what I want"))["text"]
        assert "What number" not in (await customer.ask("will somebody ring about it anyway?"))["text"]
        assert "number" in (await customer.ask("please call me back after all"))["text"]


async def test_a_yes_is_to_what_was_read_back_whatever_else_the_turn_asks(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("please change my address to 12 High Street, HB1 1AA, from 1 December")
        assert "12 High Street" in (await customer.ask("policy 4410207, born 17 March 1984"))["text"]
        done = await customer.ask("yes please. and does my car one change too?")
        assert "Done" in done["text"]
        assert "Shall I" not in done["text"]


async def test_a_call_that_was_promised_is_no_call_to_book(live: Live) -> None:
    async with live.chat() as customer:
        asked = await customer.ask("is someone actually ringing me about claim CL52461 tomorrow?")
        assert "What number" not in asked["text"]
        assert "CL52461" in asked["text"]


async def test_asked_again_a_record_is_told_with_its_history(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("where is my claim CL51655")
        first = (await customer.ask("17 March 1984"))["text"]
        second = (await customer.ask("yes but when did you settle it and how was that worked out"))["text"]
        assert "CL51655" in first
        assert len(second) > len(first)


async def test_the_queue_reads_out_what_is_passed_on(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("my neck's started to hurt since the accident yesterday")
        card = await customer.ask("do they know that it hurts?")
        assert "hurt in what happened" in card["text"]
