"""Customers who keep to no script: courtesies, refusals, several things in a line, and what no article answers."""

import pytest

from tests.support.live import Live

CALM = [
    "hello, it's helen here, dad's having a wet room put in and i wanted to check something on his house insurance",
    "we had to come home early from our cruise, peter was taken ill, and i've not heard a peep about the claim",
    "i'm helping my mum with her post, she's 82, she asked you for big print letters and nothing has come",
    "my husband and i have split up, i need him taken off my car insurance please",
    "no, don't put him on, take him off, and i haven't moved house",
    "nobody's died lol, i'm only changing my bmw for an electric car",
    "please just get me a person, i don't want it stopped",
    "hello, still no money for my cancelled home insurance. you said refund was sent. where is it",
    "hi i asked about home insurance last week and someone called owen rang but i missed it. whats happening with it",
    "I AM the account holder. This is Eleanor. I am typing myself now.",
]
MEANT = [
    "there's water coming through my kitchen ceiling right now",
    "my husband passed away last tuesday and the car is in his name",
    "i don't want to be here any more, i've had enough of living",
    "someone has just reversed into me and my neck really hurts",
]


async def told(live: Live, *turns: str) -> str:
    """Everything the agent says to the last of these turns."""
    async with live.chat() as customer:
        for turn in turns[:-1]:
            await customer.ask(turn)
        said = await customer.say(turns[-1])
        await customer.event_after("agent_said", said)
        state = await live.centre.store.reload(customer.conversation_id)
        spoken = []
        for one in reversed(state.talk.last_turns):
            if one.speaker == "customer":
                break
            spoken.append(one.text)
        return " ".join(reversed(spoken))


async def care_of(live: Live, turn: str) -> str | None:
    async with live.chat() as customer:
        await customer.ask(turn)
        state = await live.centre.store.reload(customer.conversation_id)
        return str(state.value("care")) if state.value("care") else None


@pytest.mark.parametrize("turn", CALM)
async def test_a_story_is_no_alarm(live: Live, turn: str) -> None:
    assert await care_of(live, turn) is None


@pytest.mark.parametrize("turn", MEANT)
async def test_and_who_means_it_is_heard(live: Live, turn: str) -> None:
    assert await care_of(live, turn) is not None


async def test_a_visit_to_be_moved_is_no_removal(live: Live) -> None:
    first = "hiya, the repair man is coming weds 9th to do my kitchen but i'm at work. can it be moved to the friday?"
    assert "Buildings cover on a new home" not in await told(live, first)
    assert "fee for changing an address" not in await told(live, first, "what? i'm not moving house. the repair visit")


async def test_a_refusal_is_no_day_for_an_appointment(live: Live) -> None:
    turns = [
        "please move the engineer's appointment on CL52415, policy 4410319, born 2 November 2002",
        "i dont want to change it i want to know what time it is!",
    ]
    assert "appointment to i dont want" not in await told(live, *turns)


async def test_a_driver_is_taken_off_and_nobody_is_put_on(live: Live) -> None:
    turns = [
        "i want my husband removed from my car insurance",
        "noor.alkhatib@example.com, 7 july 1987",
        "sami al-khatib please",
    ]
    read_back = await told(live, *turns)
    assert "taken off your motor policy 4410561" in read_back
    done = await told(live, *turns, "yes go ahead")
    assert "takes Sami Al-khatib off policy 4410561" in done
    assert "put them on" not in done


async def test_an_earlier_start_is_asked_for_and_what_stands_is_told(live: Live) -> None:
    turns = [
        "i'm getting the keys on the 4th, i want my contents insurance to start earlier, on the 3rd",
        "7 jan 2001, jack.thornley@example.com",
    ]
    assert "home policy 4410542" in await told(live, *turns)
    done = await told(live, *turns, "yes please")
    assert "As it stands, your cover starts on" in done


async def test_a_question_beside_a_yes_is_answered(live: Live) -> None:
    turns = [
        "i'd like a call back please, 07700 900461, tomorrow at ten",
        "yes please. and is neutering covered by pet insurance?",
    ]
    both = await told(live, *turns)
    assert "neutering" in both
    assert "Done" in both


async def test_who_asks_to_be_rung_is_rung_whatever_it_is_about(live: Live) -> None:
    asked = await told(live, "can someone in sales ring me about a quote for fully comp, tomorrow at ten, 07700 900461")
    assert "We'll call you on 07700 900461" in asked


async def test_details_beside_a_question_open_the_record(live: Live) -> None:
    turns = [
        "i got an email saying my payment bounced?? i had money in there",
        "ok but why did mine fail? 18 june 1998, bethan.rhys@example.com",
    ]
    assert "Bethan" in await told(live, *turns)


async def test_a_goodbye_behind_a_word_of_thanks_is_one(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("what are your opening hours?")
        await customer.say("great, that's the one i meant. thanks, bye")
        await customer.event("ended")


async def test_a_daughter_who_is_not_named_is_told_how_she_may_be(live: Live) -> None:
    turns = [
        "i'm writing for my mum dorothy hargreaves about her renewal",
        "no i don't think i'm on it, she's sat next to me, can't she just say yes?",
    ]
    said = await told(live, *turns)
    assert "write to me here themselves" in said
    assert "dropped" not in said


async def test_what_a_record_does_not_answer_is_put_on_it(live: Live) -> None:
    turns = [
        "where is my claim CL52344, policy 4410233, born 5 December 1988",
        "why?",
        "but why is that?",
    ]
    async with live.chat() as customer:
        for turn in turns:
            offered = await customer.ask(turn)
        assert "Shall I put" in offered["text"]
        done = await customer.ask("yes please")
        assert "CL52344" in done["text"]


async def test_a_choice_by_its_place_goes_before_words_it_shares(live: Live) -> None:
    async with live.chat() as customer:
        asked = await customer.ask("I need the paper about the money")
        assert len(asked["choices"]) == 3
        state = await live.centre.store.reload(customer.conversation_id)
        await customer.ask("the second one i think")
        chosen = await live.centre.store.reload(customer.conversation_id)
        assert state.dialogue.question is not None
        assert chosen.dialogue.intents[-1].intent == state.dialogue.question.options[1]


async def test_the_first_figures_of_a_telephone_number_are_no_customer_number(live: Live) -> None:
    wish = "my kitchen repair is booked for weds 9th but i've to be in edinburgh, can it be thursday instead?"
    assert "Priya" in await told(live, wish, "14th sept 87, number on the account is 07700 900142")


async def test_a_refund_that_is_missing_is_looked_up(live: Live) -> None:
    said = await told(
        live, "hello, still no money for my cancelled home insurance. you said refund was sent. where is it"
    )
    assert "date of birth" in said
    assert "£25" not in said


async def test_a_value_that_is_refused_or_wondered_at_is_not_taken(live: Live) -> None:
    wish = ["move my life payment to another day please", "31 october 1986, joshua.adeyemi@example.org", "the 15th"]
    assert "15th" in await told(live, *wish)
    assert "23rd" not in await told(live, *wish, "no hang on. i want to know why its showing the 23rd")
    assert "23rd" not in await told(live, *wish, "NO not the 23rd")


async def test_whether_it_is_done_yet_is_answered(live: Live) -> None:
    wish = "can you add my brother in law to my car policy from saturday?"
    assert await told(live, wish, "so is he on it now or not?") != await told(live, wish)
    assert "not yet" in (await told(live, wish, "so is he on it now or not?")).lower()
    assert "nothing has changed" in await told(live, "a person please", "is he ON the policy this saturday or not?")


async def test_in_danger_what_was_said_is_said_again_to_who_asks_about_it(live: Live) -> None:
    leak = "there's water coming through mum's kitchen ceiling, she's 82 and i'm 3 hours away"
    light = "what about the electric, water's dripping near the light, should she get out the house?"
    assert "Keep away from water near lights" in await told(live, leak, light)
    assert "£500" in await told(live, leak, "if she gets a local plumber out will you pay him?")
    assert "0808" in await told(live, leak, "is there a number i can actually ring")


async def test_none_of_the_options_ends_the_question(live: Live) -> None:
    wish = "i need a document that proves my cover"
    assert "Which paper" in await told(live, wish)
    said = await told(live, wish, "None of those please. How long can a house be empty before the insurance stops?")
    assert "60 days" in said
    assert "Which paper" not in said


async def test_a_question_is_no_choice_because_of_a_word_it_shares(live: Live) -> None:
    wish = "i need a document that proves my cover"
    assert "Which paper" in await told(live, wish, "How long can a house be empty before the insurance stops?")


async def test_the_time_of_something_else_is_not_when_to_ring(live: Live) -> None:
    wish = "please ring me back on 07700 900142, but tell them its to move the repair to thursday"
    assert "When would suit you" in await told(live, wish)
    assert "today after 3" in await told(live, "can someone ring me on 07700 900142 today please, after 3")
