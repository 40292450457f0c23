"""Every verb of a voice call: what it appends, and who may not. Sound itself is telephony's."""

import pytest

from actions import NotAllowed
from actions.call import call, consult
from actions.customer import receive
from actions.operator import offer
from conversation import CallEnd, ConsultStatus, Stage, State
from conversation.events import AgentHeard, AgentSaid, CustomerSaid, Notice, Spoken
from tests.actions.conftest import MAYA, NOOR
from tests.support.simulation import Simulation


async def now(run: Simulation, conversation_id: str) -> State:
    return await run.centre.store.reload(conversation_id)


@pytest.fixture
async def ringing(run: Simulation) -> str:
    """A caller is with the agent."""
    opening, _ = await call.start_call(run.centre, "call-1", "browser", is_recorded=True)
    return opening.state.conversation_id


@pytest.fixture
async def bridged(run: Simulation, ringing: str) -> str:
    """Maya has the caller."""
    await receive.receive(run.centre, ringing, "I'd like to talk to a person, please.", "v-1")
    await run.settled()
    await receive.confirm_handover(run.centre, ringing)
    await offer.pick(run.centre, MAYA, ringing)
    return ringing


async def lines(run: Simulation, conversation_id: str) -> list[str]:
    """What the agent and the house said."""
    events = [one.event for one in await run.events(conversation_id)]
    return [one.text for one in events if isinstance(one, AgentSaid | Notice)]


async def test_a_call_opens_with_the_greeting_and_says_that_it_is_recorded(run: Simulation, ringing: str) -> None:
    state = await now(run, ringing)
    assert state.call is not None
    assert (state.call.call_id, state.call.is_recording) == ("call-1", True)
    assert any("recorded" in line for line in await lines(run, ringing))


async def test_an_objection_stops_the_recording(run: Simulation, ringing: str) -> None:
    said = CustomerSaid("Please don't record this.", "v-1", Spoken("call-1", 0, 900))
    await call.stop_recording(run.centre, ringing, said)
    state = await now(run, ringing)
    assert state.call is not None
    assert not state.call.is_recording


async def test_a_chat_goes_on_as_a_call_and_back(run: Simulation, chat: str) -> None:
    await call.join(run.centre, chat, "call-2", "browser", is_recorded=False)
    state = await now(run, chat)
    assert state.call is not None
    assert state.call.call_id == "call-2"
    await call.end(run.centre, chat, "call-2", "customer", CallEnd.MOVED_TO_CHAT, ends_conversation=False)
    after = await now(run, chat)
    assert after.call is None
    assert after.owner.stage is Stage.AGENT


async def test_silence_is_asked_about_and_a_sign_of_life_is_enough(run: Simulation, ringing: str) -> None:
    await call.ask_still_there(run.centre, ringing, 1)
    assert "still there" in (await lines(run, ringing))[-1]
    await call.is_there(run.centre, ringing, CustomerSaid("yes", "v-1", Spoken("call-1", 0, 200)))
    await call.ask_again(run.centre, ringing)
    assert (await now(run, ringing)).is_live


async def test_what_was_heard_of_a_line_is_noted(run: Simulation, ringing: str) -> None:
    heard = AgentHeard(2, "Hello, I'm", False, "call-1", 0, 700)
    await call.note(run.centre, ringing, [heard])
    assert [one.event for one in await run.events(ringing)][-1] == heard


async def test_who_waits_is_told_of_the_place(run: Simulation, ringing: str) -> None:
    await receive.receive(run.centre, ringing, "I'd like to talk to a person, please.", "v-1")
    await run.settled()
    before = len(await lines(run, ringing))
    await call.tell_progress(run.centre, ringing)
    assert len(await lines(run, ringing)) == before + 1


async def test_a_line_that_is_lost_ends_the_call_and_not_the_conversation(run: Simulation, ringing: str) -> None:
    await call.lost(run.centre, ringing, "call-1")
    assert (await now(run, ringing)).call is None


async def test_hold_and_record_are_the_holders(run: Simulation, bridged: str) -> None:
    await consult.hold(run.centre, MAYA, bridged, is_on=True)
    await consult.record(run.centre, MAYA, bridged, is_on=False)
    state = await now(run, bridged)
    assert state.call is not None
    assert (state.call.is_held, state.call.is_recording) == (True, False)
    with pytest.raises(NotAllowed):
        await consult.hold(run.centre, NOOR, bridged, is_on=False)


async def test_a_colleague_is_asked_in_joins_and_takes_over(run: Simulation, bridged: str) -> None:
    await run.arrive(NOOR)
    await consult.ask(run.centre, MAYA, bridged, NOOR.id, "About the flood cover.")
    await consult.answer_consult(run.centre, NOOR, bridged, is_taken=True)
    state = await now(run, bridged)
    assert state.call is not None
    assert state.call.consult is not None
    assert state.call.consult.status is ConsultStatus.PRIVATE
    await consult.merge(run.centre, MAYA, bridged)
    await consult.complete(run.centre, MAYA, bridged)
    assert (await now(run, bridged)).owner.operator_id == NOOR.id


async def test_a_consult_that_is_refused_or_over_leaves_the_holder_with_the_caller(
    run: Simulation, bridged: str
) -> None:
    await run.arrive(NOOR)
    await consult.ask(run.centre, MAYA, bridged, NOOR.id, "")
    await consult.answer_consult(run.centre, NOOR, bridged, is_taken=False)
    await consult.ask(run.centre, MAYA, bridged, NOOR.id, "")
    await consult.answer_consult(run.centre, NOOR, bridged, is_taken=True)
    await consult.finish(run.centre, MAYA, bridged)
    state = await now(run, bridged)
    assert state.call is not None
    assert state.call.consult is None
    assert state.owner.operator_id == MAYA.id


async def test_a_call_is_passed_straight_to_a_colleague(run: Simulation, bridged: str) -> None:
    await run.arrive(NOOR)
    await consult.transfer_to(run.centre, MAYA, bridged, NOOR.id, "Yours, I think.")
    offered = (await now(run, bridged)).owner.offer
    assert offered is not None
    assert offered.operator_id == NOOR.id


async def test_a_caller_nobody_can_hear_is_told_and_let_go(run: Simulation, ringing: str) -> None:
    await call.give_up_waiting(run.centre, ringing, CallEnd.SILENCE)
    assert not (await now(run, ringing)).is_live
    assert "ring again" in (await lines(run, ringing))[-1]


async def test_a_caller_is_told_when_the_operators_line_is_not_there(run: Simulation, bridged: str) -> None:
    await call.tell_operator_away(run.centre, bridged)
    assert (await lines(run, bridged))[-1].startswith("Maya's line")
