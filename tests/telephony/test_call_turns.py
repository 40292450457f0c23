"""What a caller says: in order, answered once, written down also when the line closes in the middle of it."""

from itertools import pairwise
from resource import RUSAGE_SELF, getrusage

from actions.answering import answer
from actions.customer import receive
from conversation import CallEnd
from conversation.events import AgentHeard, AgentSaid, CustomerSaid
from speech.tts import Clause
from telephony.call.values import AnswerPreemptively, DropPreemptiveAnswer, RecordCustomerTurn
from tests.support.virtual_call import VirtualCall
from tests.telephony.conftest import Golden, handed_over, waiting

QUESTION = "What can you do for me?"


async def said(call: VirtualCall) -> list[str]:
    return [one.event.text for one in await call.events() if isinstance(one.event, CustomerSaid)]


async def answers(call: VirtualCall) -> int:
    """Lines of the agent's after the greeting."""
    return len([one for one in await call.events() if isinstance(one.event, AgentSaid)]) - 1


async def test_two_turns_keep_their_order_though_the_first_takes_longer(call: VirtualCall, golden: Golden) -> None:
    await call.says("First I have a question.", delay=3.0)
    await call.run(0.8)
    await call.says("And a second one.", delay=0.1)
    await call.run(3)
    await call.quiet()
    assert await said(call) == ["First I have a question.", "And a second one."]
    await call.hang_up()
    await golden(call)


async def test_a_guess_is_dropped_when_speech_goes_on_and_answered_once(call: VirtualCall, golden: Golden) -> None:
    call.speak("I'd like to", seconds=0.8, delay=0.05)
    call.pause(0.3)
    call.speak("talk to a person, please.", seconds=0.8, delay=0.05)
    await call.run(4)
    await call.quiet()
    assert call.times_of(AnswerPreemptively)
    assert call.times_of(DropPreemptiveAnswer)
    assert await said(call) == ["I'd like to talk to a person, please."]
    assert await answers(call) == 1
    await call.hang_up()
    await golden(call)


async def test_a_turn_in_the_middle_of_deciding_joins_the_one_before(call: VirtualCall, golden: Golden) -> None:
    call.agent_seconds = 1.5
    await call.says(QUESTION)
    await call.run(1)
    await call.says("A person, please.")
    await call.run(3)
    await call.quiet()
    assert await said(call) == [QUESTION, "A person, please."]
    assert call.state.is_waiting
    await call.hang_up()
    await golden(call)


async def test_a_monologue_of_ten_minutes_is_cut_every_minute_and_all_of_it_is_kept(
    call: VirtualCall, golden: Golden
) -> None:
    for minute in range(10):
        call.speak(f"Minute {minute}, and the story goes on.", seconds=60.0)
    await call.run(200)
    early = getrusage(RUSAGE_SELF).ru_maxrss
    await call.run(402)
    late = getrusage(RUSAGE_SELF).ru_maxrss
    await call.quiet()
    assert late - early < 10_000, "seven more minutes, 27 MB of sound, are forgotten once they are written down"
    texts = " ".join(await said(call))
    assert all(f"Minute {minute}" in texts for minute in range(10))
    turns = [one for _, one in call.did if isinstance(one, RecordCustomerTurn)]
    assert len(turns) >= 10
    assert all(turn.voice.end_ms - turn.voice.start_ms <= 60_500 for turn in turns)
    assert all(one.voice.end_ms <= other.voice.start_ms + 100 for one, other in pairwise(turns))
    await call.hang_up()
    await golden(call)


async def test_what_is_said_into_the_silence_before_a_cut_is_not_said_twice(call: VirtualCall) -> None:
    call.speak("One long story without an end", seconds=61.0)
    call.speak("and its end", seconds=2.0)
    await call.run(66)
    assert " ".join(await said(call)).count("and its end") == 1


async def test_hanging_up_in_the_middle_of_a_word_keeps_the_words_so_far(call: VirtualCall, golden: Golden) -> None:
    call.speak("My claim number is four seven one one and", seconds=3.0)
    await call.run(1.5)
    await call.hang_up()
    (text,) = await said(call)
    assert text.startswith("My claim")
    assert len(text) < 30
    assert not (await call.centre.store.reload(call.conversation_id)).is_live
    await golden(call)


async def test_hanging_up_while_the_agent_speaks_tells_what_was_heard(call: VirtualCall, golden: Golden) -> None:
    await call.says(QUESTION)
    await call.run(2)
    await call.hang_up()
    told = [one.event for one in await call.events() if isinstance(one.event, AgentHeard)][-1]
    assert told.text
    assert not told.is_whole
    await golden(call)


async def test_hanging_up_while_waiting_leaves_the_queue(call: VirtualCall, golden: Golden) -> None:
    await waiting(call)
    await call.hang_up()
    assert not (await call.centre.store.reload(call.conversation_id)).is_live
    await golden(call)


async def test_hanging_up_on_an_operator_leaves_them_the_wrap_up(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    call.speak("Thank you very much, good", seconds=2.0)
    call.speak("You're welcome.", seconds=2.0, leg="op-maya")
    await call.run(1.8)
    await call.hang_up()
    kinds = [one.event.kind for one in await call.events()]
    assert kinds[-4:] == ["customer_said", "operator_said", "call_ended", "ended"]
    assert (await call.centre.store.reload(call.conversation_id)).owner.stage == "wrap_up"
    await golden(call)


async def test_a_voice_that_fails_leaves_the_text_as_not_heard_and_the_call_goes_on(
    call: VirtualCall, golden: Golden
) -> None:
    def no_voice(_clause: Clause) -> None:
        return None

    call.render = no_voice
    await call.asks(QUESTION)
    last = (await call.events())[-1].event
    assert isinstance(last, AgentHeard)
    assert (last.text, last.is_whole) == ("", False)
    call.render = call.voice.render
    await call.asks("I'd like to talk to a person, please.")
    last = (await call.events())[-1].event
    assert isinstance(last, AgentHeard)
    assert last.is_whole
    await call.hang_up()
    await golden(call)


async def test_a_clause_the_voice_fails_at_is_the_only_one_not_heard(call: VirtualCall, golden: Golden) -> None:
    fails = iter((False, True, False))
    call.render = lambda clause: None if next(fails, False) else call.voice.render(clause)
    await call.asks(QUESTION)
    last = (await call.events())[-1].event
    line = call.state.talk.last_agent_text
    assert isinstance(last, AgentHeard)
    assert 0 < len(last.text) < len(line)
    assert not last.is_whole
    await call.hang_up()
    await golden(call)


async def test_a_line_closed_by_a_second_device_says_nothing_more(call: VirtualCall, golden: Golden) -> None:
    await call.says(QUESTION)
    await call.run(1.5)
    second = await VirtualCall.join(call.simulation, call.conversation_id)
    await call.settled()
    assert call.ended is CallEnd.LINE_LOST
    await call.hang_up(None)
    await second.run(0.5)
    await second.quiet()
    assert second.phone.stretches("agent")
    await second.asks(QUESTION)
    await second.hang_up()
    await golden(second)


async def test_a_call_moves_to_the_chat_and_back(call: VirtualCall, golden: Golden) -> None:
    await call.asks(QUESTION)
    await call.hang_up(CallEnd.MOVED_TO_CHAT)
    await receive.receive(call.centre, call.conversation_id, "What else can you do?", "m-chat")
    await answer.answer_turn(call.centre, call.conversation_id)
    again = await VirtualCall.join(call.simulation, call.conversation_id)
    await again.quiet()
    await again.asks("I'd like to talk to a person, please.")
    assert again.state.is_waiting
    await again.hang_up()
    await golden(again)


async def test_what_the_customer_types_is_answered_aloud_once(call: VirtualCall, golden: Golden) -> None:
    await receive.receive(call.centre, call.conversation_id, QUESTION, "m-typed")
    await call.run(1)
    await call.quiet()
    assert await answers(call) == 1
    sounded = [one.clause for one in call.phone.stretches("agent")]
    assert len(sounded) == len(set(sounded)) == len(call.voice.clauses)
    await call.hang_up()
    await golden(call)
