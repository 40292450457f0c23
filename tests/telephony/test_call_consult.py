"""Hold, consult, transfer to a colleague, recording: what the operators do with a live call."""

from actions.call import consult
from actions.operator import offer
from conversation import CallEnd
from conversation.events import AgentHeard, CustomerSaid, OperatorSaid, RecordingChanged
from telephony import wire as w
from tests.support.simulation import Simulation
from tests.support.virtual_call import VirtualCall
from tests.telephony.conftest import MAYA, NOOR, Golden, handed_over


async def consulting(call: VirtualCall) -> None:
    """Maya has asked Noor in; Noor has come, the two are alone."""
    await call.simulation.arrive(NOOR)
    await handed_over(call)
    await consult.ask(call.centre, MAYA, call.conversation_id, NOOR.id, "About the flood cover.")
    await call.run(1)
    call.line(NOOR)
    await consult.answer_consult(call.centre, NOOR, call.conversation_id, is_taken=True)
    await call.run(1)


async def everyone_speaks(call: VirtualCall) -> None:
    call.speak("I wonder.")
    call.pause(1.2, leg=MAYA.id)
    call.speak("What do you think?", leg=MAYA.id)
    call.pause(2.4, leg=NOOR.id)
    call.speak("It's covered.", leg=NOOR.id)
    await call.run(4.5)


async def spoken(call: VirtualCall) -> list[str]:
    """What the record has of the people's talk, without what was said to the agent."""
    said = [one.event.text for one in await call.events() if isinstance(one.event, CustomerSaid | OperatorSaid)]
    return said[2:]


async def test_on_hold_nobody_hears_anybody_and_nothing_is_written_down(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    call.speak("I'll put you on hold", seconds=1.0, leg=MAYA.id)
    await call.run(0.7)
    await consult.hold(call.centre, MAYA, call.conversation_id, is_on=True)
    await call.run(1)
    began = call.at
    await call.says("What did they say?")
    await call.says("Where is that form?", leg=MAYA.id)
    await call.run(1)
    assert call.phone.sources(began) == ["hold"]
    assert call.speakers[MAYA.id].silent_since(began)
    assert await spoken(call) == ["I'll put you"], "what was said before it is"
    await consult.hold(call.centre, MAYA, call.conversation_id, is_on=False)
    await call.run(0.2)
    back = call.at
    await call.says("Are you there?", leg=MAYA.id)
    await call.run(1)
    assert call.phone.sources(back) == ["maya"]
    await call.hang_up()
    await golden(call)


async def recording_goes_on_while_all_speak(call: VirtualCall) -> None:
    await handed_over(call)
    call.speak("I would like to record this.", seconds=4.0, leg=MAYA.id)
    call.speak("Would you?", seconds=4.0)
    await call.run(0.5)
    await consult.record(call.centre, MAYA, call.conversation_id, is_on=True)


async def test_a_notice_is_laid_over_what_people_say(call: VirtualCall) -> None:
    began = call.at
    await recording_goes_on_while_all_speak(call)
    await call.run(4)
    assert call.phone.sources(began)[-3:] == ["maya", "agent+maya", "maya"], "neither waits for the other"
    assert call.speakers[MAYA.id].sources(began)[-1:] == ["customer"]
    heard = [one.event for one in await call.events() if isinstance(one.event, AgentHeard)]
    assert (heard[-1].text, heard[-1].is_whole) == ("This call is being recorded from now on.", True)


async def test_the_rest_of_a_notice_is_said_when_the_people_part(call: VirtualCall) -> None:
    await recording_goes_on_while_all_speak(call)
    await call.run(0.6)
    await consult.hold(call.centre, MAYA, call.conversation_id, is_on=True)
    await call.run(4)
    frames = call.phone.frames_of(len(call.voice.clauses))
    assert frames == sorted(set(frames)), "no frame twice, none out of order"
    assert len(frames) == 60, "the clause of 1.2 s is whole"


async def test_a_consult_is_private_until_it_is_merged(call: VirtualCall, golden: Golden) -> None:
    await consulting(call)
    maya, noor = call.speakers[MAYA.id], call.speakers[NOOR.id]
    began = call.at
    await everyone_speaks(call)
    assert call.phone.sources(began) == ["hold"]
    assert (maya.sources(began), noor.sources(began)) == (["noor"], ["maya"])
    assert await spoken(call) == []
    await consult.merge(call.centre, MAYA, call.conversation_id)
    await call.run(0.2)
    await call.quiet()
    began = call.at
    await everyone_speaks(call)
    assert call.phone.sources(began) == ["maya", "noor"]
    assert (maya.sources(began), noor.sources(began)) == (["customer", "noor"], ["customer", "maya"])
    assert await spoken(call) == ["I wonder.", "What do you think?", "It's covered."]
    await consult.finish(call.centre, NOOR, call.conversation_id)
    await call.run(0.2)
    began = call.at
    await everyone_speaks(call)
    assert call.phone.sources(began) == ["maya"]
    assert noor.silent_since(began)
    await call.hang_up()
    await golden(call)


async def test_a_colleague_who_declines_gives_the_customer_back(call: VirtualCall, golden: Golden) -> None:
    await call.simulation.arrive(NOOR)
    await handed_over(call)
    await consult.ask(call.centre, MAYA, call.conversation_id, NOOR.id, "")
    await call.run(1)
    assert call.phone.sounds[-1][1].source == "hold"
    await consult.answer_consult(call.centre, NOOR, call.conversation_id, is_taken=False)
    await call.run(0.2)
    await call.says("I'm back.", leg=MAYA.id)
    assert call.phone.sounds[-1][1].source == "maya"
    await call.hang_up()
    await golden(call)


async def test_a_colleague_who_takes_over_is_introduced_and_the_holder_is_out(
    call: VirtualCall, golden: Golden
) -> None:
    await consulting(call)
    await consult.complete(call.centre, MAYA, call.conversation_id)
    began = call.at
    await call.run(0.3)
    await call.quiet()
    await call.run(0.1)
    assert call.phone.sources(began + 0.4) == ["agent"]
    began = call.at
    await everyone_speaks(call)
    assert call.phone.sources(began) == ["noor"]
    assert call.speakers[MAYA.id].silent_since(began)
    assert await spoken(call) == ["I wonder.", "It's covered."]
    await call.hang_up()
    await golden(call)


async def test_straight_to_a_colleague(call: VirtualCall, golden: Golden) -> None:
    await call.simulation.arrive(NOOR)
    await handed_over(call)
    await consult.transfer_to(call.centre, MAYA, call.conversation_id, NOOR.id, "Knows it all.")
    await call.run(5)
    assert call.state.owner.offer
    assert call.state.owner.offer.operator_id == NOOR.id
    await offer.accept(call.centre, NOOR, call.conversation_id, call.state.owner.offer.offer_id)
    call.line(NOOR, brief="Priya, identity checked.")
    await call.until(lambda: call.machine.needs_mixing)
    await call.run(0.1)
    began = call.at
    await everyone_speaks(call)
    assert call.phone.sources(began) == ["noor"]
    await call.hang_up()
    await golden(call)


async def test_recording_is_announced_paused_and_kept_from_hold(centre: Simulation, golden: Golden) -> None:
    call = await VirtualCall.open(centre, is_recorded=True)
    await call.quiet()
    await handed_over(call)
    await everyone_speaks(call)
    assert {leg for leg, _ in call.kept} == {"customer", "agent", MAYA.id}
    await consult.record(call.centre, MAYA, call.conversation_id, is_on=False)
    await call.run(0.1)
    paused = call.at
    await everyone_speaks(call)
    assert [at for _, at in call.kept if at > paused] == []
    await consult.record(call.centre, MAYA, call.conversation_id, is_on=True)
    await call.run(0.1)
    await call.quiet()
    await consult.hold(call.centre, MAYA, call.conversation_id, is_on=True)
    await call.run(0.1)
    held = call.at
    await everyone_speaks(call)
    assert [at for _, at in call.kept if at > held] == [], "nothing of what is said on hold"
    shown = [one.message.is_on for _, one in call.sent("customer") if isinstance(one.message, w.RecordingState)]
    assert shown == [False, True]
    await call.hang_up()
    await golden(call)


async def test_a_customer_who_objects_is_not_recorded_from_then_on(centre: Simulation, golden: Golden) -> None:
    call = await VirtualCall.open(centre, is_recorded=True)
    await call.quiet()
    await call.says("Please don't record this.")
    await call.run(1)
    await call.quiet()
    stopped = [one.event for one in await call.events() if isinstance(one.event, RecordingChanged)]
    assert [(one.by, one.is_on) for one in stopped] == [("customer", False)]
    kinds = [one.event.kind for one in await call.events()]
    after = kinds[kinds.index("customer_said") :]
    assert after == ["customer_said", "recording_changed", "agent_said", "turn_timed", "agent_heard"], "one answer"
    began = call.at
    await call.asks("What can you do for me?")
    assert [at for _, at in call.kept if at > began] == []
    await call.hang_up()
    await golden(call)


async def test_a_recording_that_was_stopped_stays_stopped_when_the_line_comes_back(centre: Simulation) -> None:
    call = await VirtualCall.open(centre, is_recorded=True)
    await call.asks("Please don't record this.")
    await call.hang_up(None)
    again = await VirtualCall.join(centre, call.conversation_id, is_recorded=True)
    await again.quiet()
    assert again.kept == []


async def test_who_calls_an_operator_from_the_chat_is_told_of_the_recording(call: VirtualCall) -> None:
    await handed_over(call)
    await call.hang_up(CallEnd.MOVED_TO_CHAT)
    again = await VirtualCall.join(call.simulation, call.conversation_id, is_recorded=True)
    await again.run(1)
    assert any("recorded" in text for text in again.voice.clauses)


async def test_who_comes_back_to_a_call_on_hold_is_on_hold(call: VirtualCall, golden: Golden) -> None:
    await consulting(call)
    await call.hang_up(None)
    again = await VirtualCall.join(call.simulation, call.conversation_id)
    again.line(MAYA)
    again.line(NOOR)
    await again.run(0.5)
    await everyone_speaks(again)
    assert again.phone.sources() == ["hold"], "what the two say in private is not overheard"
    await again.hang_up()
    await golden(again)


async def test_what_else_is_said_with_an_objection_is_answered(centre: Simulation) -> None:
    call = await VirtualCall.open(centre, is_recorded=True)
    await call.quiet()
    await call.asks("Please don't record this call, and then I would like to talk to a person, please.")
    assert call.state.call
    assert not call.state.call.is_recording
    assert call.state.is_waiting


async def test_off_by_default_nothing_is_kept(call: VirtualCall) -> None:
    await handed_over(call)
    await everyone_speaks(call)
    assert call.kept == []
