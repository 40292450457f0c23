"""A live call is handed over: hold sound and honest progress, brief, one introduction to both, the bridge; and back."""

from itertools import pairwise

from actions.customer import receive
from actions.operator import offer, operate
from conversation import CallEnd
from conversation.events import CustomerSaid, Notice, OperatorSaid
from telephony import wire as w
from telephony.call.values import TellOperatorAway, TellProgress
from tests.support.virtual_call import VirtualCall
from tests.telephony.conftest import MAYA, NOOR, Golden, handed_over, waiting


async def notices(call: VirtualCall) -> list[str]:
    return [one.event.code for one in await call.events() if isinstance(one.event, Notice)]


async def test_a_waiting_caller_hears_the_hold_sound_and_every_half_minute_where_they_stand(
    call: VirtualCall, golden: Golden
) -> None:
    await waiting(call)
    began = call.at
    await call.run(95)
    told = call.times_of(TellProgress)
    assert len(told) == 3
    assert all(29.9 <= later - earlier <= 34 for earlier, later in pairwise(told))
    assert call.phone.sources(began) == ["hold", "agent", "hold", "agent", "hold", "agent", "hold"]
    shown = [one.message for _, one in call.sent("customer") if isinstance(one.message, w.LineState)][-1]
    assert "number 1 in the queue" in shown.text
    await call.hang_up()
    await golden(call)


async def test_a_caller_may_talk_to_the_agent_while_they_wait(call: VirtualCall, golden: Golden) -> None:
    await waiting(call)
    await call.asks("My claim number is CL52318")
    assert call.state.is_waiting
    assert call.phone.sounds[-1][1].source in ("agent", "hold")
    await call.hang_up()
    await golden(call)


async def test_brief_to_the_operator_introduction_to_both_then_they_talk(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call, brief="Priya, identity checked. Wants a person.")
    maya = call.speakers[MAYA.id]
    bridged = call.at
    heard = maya.stretches("agent")
    to_both = {one.clause for one in heard} & {one.clause for one in call.phone.stretches("agent")}
    assert next(call.voice.clauses[one.clause - 1] for one in heard if one.clause not in to_both).startswith("Priya")
    assert len([one for one in heard if one.clause in to_both]) == len(to_both) > 0, "said once to both"
    brief_ends = max(one.end for one in heard if one.clause not in to_both)
    assert call.phone.sources(brief_ends - 1, brief_ends) == ["hold"], "the customer does not hear the brief"
    await call.says("Hello Maya.")
    await call.says("Hello, I have your details.", leg=MAYA.id)
    await call.run(1)
    assert maya.sources(bridged) == ["customer"]
    assert call.phone.sources(bridged) == ["maya"]
    said = [one.event for one in await call.events() if isinstance(one.event, CustomerSaid | OperatorSaid)]
    assert [(one.kind, one.text) for one in said[-2:]] == [
        ("customer_said", "Hello Maya."),
        ("operator_said", "Hello, I have your details."),
    ]
    await operate.end(call.centre, MAYA, call.conversation_id)
    await call.until(lambda: call.ended is not None)
    await call.hang_up()
    await golden(call)


async def test_a_brief_may_be_skipped(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call, opens_line=False)
    call.line(MAYA, brief="Priya, identity checked. Wants a person, and this is a long brief, too long for Maya.")
    await call.run(1)
    call.skip_brief(MAYA)
    await call.until(lambda: call.machine.needs_mixing, within=4)
    assert len(call.speakers[MAYA.id].stretches("agent")) == 1 + 2, "one clause of the brief, two of the introduction"
    await call.hang_up()
    await golden(call)


async def test_a_brief_the_voice_fails_at_stops_nobody(call: VirtualCall) -> None:
    await handed_over(call, opens_line=False)
    call.render = lambda _: None
    call.line(MAYA, brief="Priya, identity checked.")
    await call.until(lambda: call.machine.needs_mixing, within=3)


async def test_a_declined_offer_keeps_the_hold_sound_and_the_place(call: VirtualCall, golden: Golden) -> None:
    await waiting(call)
    began = call.at
    await offer.dispatch(call.centre)
    await call.run(5)
    assert call.state.owner.offer
    await offer.decline(call.centre, MAYA, call.conversation_id, call.state.owner.offer.offer_id)
    await call.run(5)
    assert call.state.owner.stage == "queued"
    assert call.phone.sources(began) == ["hold"]
    await call.hang_up()
    await golden(call)


async def test_a_missed_offer_goes_back_too(call: VirtualCall, golden: Golden) -> None:
    await waiting(call)
    await offer.dispatch(call.centre)
    await call.run(65)
    assert call.state.owner.stage == "queued"
    assert len(call.times_of(TellProgress)) == 2
    await call.hang_up()
    await golden(call)


async def test_an_operator_whose_line_never_comes_is_not_silence(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call, opens_line=False)
    began = call.at
    await call.run(12)
    assert await notices(call) == ["operator_joined", "operator_line_lost"]
    assert call.phone.sources(began) == ["hold", "agent", "hold"]
    await call.run(30)
    assert len(call.times_of(TellOperatorAway)) == 2
    call.line(MAYA)
    await call.until(lambda: call.machine.needs_mixing)
    await call.hang_up()
    await golden(call)


async def test_an_operators_line_lost_and_back(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    began = call.at
    call.drop(MAYA)
    await call.run(3)
    assert call.phone.sources(began) == ["hold"]
    assert not call.times_of(TellOperatorAway)
    call.line(MAYA)
    back = call.at
    await call.says("Can you hear me?", leg=MAYA.id)
    assert call.phone.sources(back) == ["maya"], "at once, without another introduction"
    await call.hang_up()
    await golden(call)


async def test_an_operator_who_is_lost_gives_the_caller_back_to_the_queue(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    call.drop(MAYA)
    await call.simulation.leave(MAYA)
    began = call.at
    await call.run(10)
    assert call.phone.sources(began) == ["hold", "agent", "hold"], "word of it, then the hold sound"
    await call.run(145)
    assert call.state.owner.stage == "queued"
    assert await notices(call) == ["operator_joined", "operator_lost", "requeued"]
    await call.simulation.arrive(NOOR)
    await offer.dispatch(call.centre)
    await call.settled()
    assert call.state.owner.offer
    await offer.accept(call.centre, NOOR, call.conversation_id, call.state.owner.offer.offer_id)
    call.line(NOOR)
    await call.until(lambda: call.machine.needs_mixing)
    await call.says("Hello, this is Noor.", leg=NOOR.id)
    assert call.phone.sounds[-1][1].source == "noor"
    await call.hang_up()
    await golden(call)


async def test_transferred_to_another_queue(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    call.speak("I'll pass you on to claims", seconds=1.0, leg=MAYA.id)
    await call.run(1.5)
    await operate.transfer(call.centre, MAYA, call.conversation_id, "claims", "Needs a claims handler.")
    began = call.at
    await call.run(10)
    assert call.state.owner.stage == "queued"
    assert call.phone.sources(began) == ["hold", "agent", "hold"], "word of it as soon as it can be spoken"
    assert call.speakers[MAYA.id].silent_since(began)
    await call.hang_up()
    await golden(call)


async def test_handed_back_to_the_agent(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    await operate.hand_back(call.centre, MAYA, call.conversation_id, "Address changed.")
    began = call.at
    await call.run(1)
    await call.quiet()
    await call.run(0.5)
    await call.asks("What can you do for me?")
    assert call.phone.sources(began) == ["agent"]
    assert call.speakers[MAYA.id].silent_since(began), "the operator hears nothing any more"
    await call.hang_up()
    await golden(call)


async def test_the_operator_ends_the_conversation(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    await operate.end(call.centre, MAYA, call.conversation_id)
    await call.until(lambda: call.ended is CallEnd.CONVERSATION_ENDED, within=1)
    await call.hang_up()
    await golden(call)


async def test_a_caller_who_moves_to_the_chat_keeps_the_operator(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call)
    await call.hang_up(CallEnd.MOVED_TO_CHAT)
    await receive.receive(call.centre, call.conversation_id, "I'm here in writing.", "m-chat")
    await operate.send_operator_message(call.centre, MAYA, call.conversation_id, "So am I.", "d-1")
    again = await VirtualCall.join(call.simulation, call.conversation_id)
    again.line(MAYA)
    await again.says("And now by voice.")
    await again.run(1)
    assert again.speakers[MAYA.id].sources() == ["customer"]
    await again.hang_up()
    await golden(again)


async def test_an_introduction_nobody_hears_is_accounted_for(call: VirtualCall, golden: Golden) -> None:
    await handed_over(call, opens_line=False)
    await call.run(1)
    await call.hang_up()
    await golden(call)
