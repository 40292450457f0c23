"""The caller speaks while the agent does: stopped at once by words, not by coughs, and only what was heard is kept."""

from conversation.events import AgentHeard, AgentSaid, CustomerSaid
from speech.tts import clauses
from telephony import wire as w
from telephony.call.values import NotUnderstood
from tests.support.simulation import Simulation
from tests.support.virtual_call import VirtualCall
from tests.telephony.conftest import Golden

QUESTION = "What can you do for me?"


async def answering(call: VirtualCall, clause: int = 0) -> None:
    """The agent is in the middle of this clause of an answer of three."""
    before = len(call.voice.clauses)
    await call.says(QUESTION)
    await call.until(lambda: before + clause + 1 in {sound.clause for _, sound in call.phone.sounds})
    await call.run(0.5)


def first_clause(text: str) -> str:
    return clauses(text)[0].text


async def heard(call: VirtualCall) -> AgentHeard:
    """The newest account of a line."""
    return [one.event for one in await call.events() if isinstance(one.event, AgentHeard)][-1]


async def test_words_stop_the_agent_and_only_what_was_heard_is_kept(call: VirtualCall, golden: Golden) -> None:
    await answering(call)
    began = call.at
    await call.says("No, stop, I want something else.", seconds=0.8)
    await call.run(0.5)
    last = max(stretch.end for stretch in call.phone.stretches("agent") if stretch.start < began + 0.5)
    assert last - began <= 0.25 + 0.2, "silent within 200 ms of 250 ms of speech"
    told = await heard(call)
    said = next(one.event for one in await call.events() if one.seq == told.said_seq)
    assert isinstance(said, AgentSaid)
    assert said.text.startswith(told.text)
    assert 0 < len(told.text) < len(said.text)
    assert not told.is_whole
    assert told.text in [turn.text for turn in call.state.talk.last_turns]
    await call.hang_up()
    await golden(call)


async def test_a_device_that_never_reports_is_taken_by_the_clock_when_it_is_interrupted(centre: Simulation) -> None:
    call = await VirtualCall.open(centre)
    call.phone.is_reporting = False
    await call.run(2.2)  # in the middle of the greeting
    await call.says("No, stop, I want something else.", seconds=0.8)
    await call.run(0.5)
    events = [one.event for one in await call.events()]
    greeting = next(one for one in events if isinstance(one, AgentSaid))
    told = next(one for one in events if isinstance(one, AgentHeard))
    assert greeting.text.startswith(told.text)
    assert 0 < len(told.text) < len(greeting.text)


async def test_a_device_that_stops_reporting_is_taken_by_the_clock_too(call: VirtualCall) -> None:
    await answering(call)
    call.phone.is_reporting = False
    await call.run(2)
    await call.says("No, stop, I want something else.", seconds=0.8)
    await call.run(0.5)
    told = await heard(call)
    said = next(one.event for one in await call.events() if one.seq == told.said_seq)
    assert isinstance(said, AgentSaid)
    # Half a clause was reported; two seconds more, at 1.2 s a clause, were sounded.
    assert told.text.startswith(first_clause(said.text))
    assert told.text != said.text


async def test_a_cough_pauses_and_nothing_is_lost_or_repeated(call: VirtualCall, golden: Golden) -> None:
    await answering(call)
    clause = len(call.voice.clauses) - 2
    await call.says("", seconds=0.4)
    await call.quiet()
    frames = call.phone.frames_of(clause)
    assert sorted(set(frames)) == list(range(60)), "nothing is lost"
    assert len(frames) - 60 <= 5, "at most 100 ms are said twice"
    parts = [stretch for stretch in call.phone.stretches("agent") if stretch.clause == clause]
    assert len(parts) == 2, "there was a pause"
    assert (await heard(call)).is_whole
    assert call.state.talk.last_turns[-1].speaker == "agent"
    await call.hang_up()
    await golden(call)


async def test_a_cough_on_a_slow_line_repeats_nothing_either(call: VirtualCall) -> None:
    call.report_steps = 8
    await answering(call)
    clause = len(call.voice.clauses) - 2
    await call.says("", seconds=0.4)
    await call.quiet()
    frames = call.phone.frames_of(clause)
    assert sorted(set(frames)) == list(range(60))
    assert len(frames) - 60 <= 5


async def test_a_short_cough_does_not_even_pause(call: VirtualCall) -> None:
    await answering(call)
    await call.says("", seconds=0.18)
    await call.quiet()
    assert not call.times_of(w.Flush)


async def test_a_nod_does_not_take_the_turn(call: VirtualCall, golden: Golden) -> None:
    await answering(call)
    await call.says("Mm-hm.", seconds=0.4)
    await call.quiet()
    assert (await heard(call)).is_whole
    assert [one.event.text for one in await call.events() if isinstance(one.event, CustomerSaid)] == [QUESTION]
    await call.hang_up()
    await golden(call)


async def test_yes_to_a_question_takes_it(call: VirtualCall, golden: Golden) -> None:
    await call.says("I'd like to talk to a person, please.")
    await call.until(lambda: call.state.is_waiting and call.machine.is_speaking)
    await call.run(2.2)  # past "Of course.": from the question on, "yes" is an answer
    await call.says("Yes.", seconds=0.4)
    await call.run(1)
    assert call.state.owner.is_handover_confirmed
    await call.quiet()
    await call.hang_up()
    await golden(call)


async def test_before_the_first_word_nothing_was_said(call: VirtualCall, golden: Golden) -> None:
    call.render_seconds = 1.5
    await call.says(QUESTION)
    await call.run(0.6)
    assert call.machine.is_speaking
    await call.says("Wait, a person, please.")
    await call.run(1)
    assert not call.phone.stretches("agent")[2:], "nothing but the greeting was heard"
    told = [one.event for one in await call.events() if isinstance(one.event, AgentHeard)][1]
    assert (told.text, told.is_whole) == ("", False)
    await call.quiet()
    await call.hang_up()
    await golden(call)


async def test_in_the_second_clause_the_first_is_kept_whole(call: VirtualCall, golden: Golden) -> None:
    await answering(call, clause=1)
    await call.says("Stop, please.", seconds=0.5)
    await call.run(0.6)
    told = await heard(call)
    first, second = call.voice.clauses[-3:-1] if len(call.voice.clauses) > 4 else call.voice.clauses[-2:]
    assert told.text.startswith(first)
    assert first + " " + second != told.text
    await call.hang_up()
    await golden(call)


async def test_the_greeting_can_be_interrupted(centre: Simulation, golden: Golden) -> None:
    call = await VirtualCall.open(centre)
    await call.run(0.8)
    await call.says("I'd like to talk to a person, please.")
    await call.run(1)
    first = next(one.event for one in await call.events() if isinstance(one.event, AgentHeard))
    assert not first.is_whole
    await call.quiet()
    await call.hang_up()
    await golden(call)


async def test_the_agent_does_not_begin_while_the_caller_speaks(call: VirtualCall, golden: Golden) -> None:
    call.agent_seconds = 0.8
    await call.says(QUESTION)
    await call.run(0.6)
    began = call.at
    await call.says("And I would like to know another thing.", seconds=2.5)
    assert [one for one in call.phone.stretches("agent") if one.end > began] == []
    assert call.machine.is_speaking, "though the first answer is there"
    await call.run(3)
    await call.quiet()
    assert call.state.talk.last_turns[-1].speaker == "agent", "both are answered"
    await call.hang_up()
    await golden(call)


async def test_words_that_cannot_be_had_are_asked_for_again(call: VirtualCall, golden: Golden) -> None:
    await call.says(None)
    await call.run(1)
    await call.quiet()
    assert len(call.times_of(NotUnderstood)) == 1
    assert call.state.talk.last_turns[-1].speaker == "agent"
    await call.asks(QUESTION)
    await call.hang_up()
    await golden(call)


async def test_lost_words_over_the_agent_stop_it_and_are_asked_for_again(call: VirtualCall) -> None:
    await answering(call)
    await call.says(None, seconds=1.0)
    await call.run(1.5)
    assert len(call.times_of(NotUnderstood)) == 1
    assert not (await heard(call)).is_whole
