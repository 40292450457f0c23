"""Every verb of a conversation in writing: what it appends, and who may not."""

import pytest

from actions import Membership, NotAllowed
from actions.answering import hand_off
from actions.customer import receive
from actions.operator import offer, operate
from actions.presence import presence
from actions.workers import Takeover
from conversation import CallbackStatus, Channel, Stage, State
from conversation.events import CallbackRequested, CustomerSaid, Fact, NoteAdded, OperatorSaid
from storage.people import Presence
from tests.actions.conftest import MAYA, NOOR
from tests.support.simulation import Simulation


async def now(run: Simulation, conversation_id: str) -> State:
    return await run.centre.store.reload(conversation_id)


# ---------------------------------------------------------------- the customer


async def test_a_chat_starts_with_a_greeting_and_what_the_page_knows(run: Simulation) -> None:
    given = (Fact("plan", "gold"),)
    state, token = await receive.start_chat(run.centre, Channel.CHAT, pre_chat=given, device="Firefox")
    assert (state.owner.stage, state.talk.pre_chat, state.talk.device) == (Stage.AGENT, given, "Firefox")
    assert state.talk.last_agent_text.startswith("Hello")
    assert len(token) >= 24


async def test_what_is_said_twice_under_one_id_is_recorded_once(run: Simulation, chat: str) -> None:
    first = await receive.receive(run.centre, chat, "Hello there", "m-1")
    assert await receive.receive(run.centre, chat, "Hello there", "m-1") == 0
    said = [one for one in await run.events(chat) if isinstance(one.event, CustomerSaid)]
    assert [one.seq for one in said] == [first]


async def test_a_wish_for_a_person_queues_with_a_card_and_leaving_ends_it(run: Simulation, queued: str) -> None:
    state = await now(run, queued)
    assert state.owner.stage is Stage.QUEUED
    assert state.owner.is_handover_confirmed
    assert state.owner.handover is not None
    place = await hand_off.place_in_queue(run.centre, state)
    assert place.position == 1
    await receive.leave(run.centre, queued)
    assert (await now(run, queued)).owner.stage is Stage.CLOSED


async def test_nothing_is_said_after_the_end(run: Simulation, chat: str) -> None:
    await receive.leave(run.centre, chat)
    with pytest.raises(NotAllowed):
        await receive.receive(run.centre, chat, "Hello?", "m-2")


# ---------------------------------------------------------------- offers


async def test_an_offer_goes_to_who_is_free_and_is_accepted_by_them_alone(run: Simulation, queued: str) -> None:
    run.clock.advance(30)
    assert await offer.dispatch(run.centre) == 1
    made = (await now(run, queued)).owner.offer
    assert made is not None
    assert made.operator_id == MAYA.id
    with pytest.raises(NotAllowed):
        await offer.accept(run.centre, NOOR, queued, made.offer_id)
    await offer.accept(run.centre, MAYA, queued, made.offer_id, greet=True)
    state = await now(run, queued)
    assert (state.owner.stage, state.owner.operator_id) == (Stage.OPERATOR, MAYA.id)


async def test_a_declined_offer_keeps_the_place_and_is_not_made_again_at_once(run: Simulation, queued: str) -> None:
    run.clock.advance(30)
    await offer.dispatch(run.centre)
    before = await now(run, queued)
    assert before.owner.offer is not None
    await offer.decline(run.centre, MAYA, queued, before.owner.offer.offer_id)
    state = await now(run, queued)
    assert (state.owner.stage, state.owner.queued_at) == (Stage.QUEUED, before.owner.queued_at)
    assert await offer.dispatch(run.centre) == 0


async def test_an_offer_nobody_takes_goes_back_and_makes_the_operator_inactive(run: Simulation, queued: str) -> None:
    run.clock.advance(30)
    await offer.dispatch(run.centre)
    await run.pass_time(61)
    assert (await now(run, queued)).owner.offer is None
    maya = await run.centre.people.find(MAYA.id)
    assert maya is not None
    assert maya.presence is Presence.INACTIVE


async def test_picking_takes_it_out_of_turn_once(run: Simulation, held: str) -> None:
    assert (await now(run, held)).owner.operator_id == MAYA.id
    with pytest.raises(NotAllowed):
        await offer.pick(run.centre, NOOR, held)


# ---------------------------------------------------------------- the operator


async def test_only_who_holds_it_speaks_and_notes_stay_private(run: Simulation, held: str) -> None:
    await operate.send_operator_message(run.centre, MAYA, held, "I'll look into it.", "o-1")
    await operate.note(run.centre, MAYA, held, "Sounds worried.", "n-1")
    with pytest.raises(NotAllowed):
        await operate.send_operator_message(run.centre, NOOR, held, "Me too.", "o-2")
    events = [one.event for one in await run.events(held)]
    assert [one.text for one in events if isinstance(one, OperatorSaid)] == ["I'll look into it."]
    assert [one.text for one in events if isinstance(one, NoteAdded)] == ["Sounds worried."]


async def test_handing_back_gives_it_to_the_agent(run: Simulation, held: str) -> None:
    await operate.hand_back(run.centre, MAYA, held, "All done on my side.")
    assert (await now(run, held)).owner.stage is Stage.AGENT


async def test_a_transfer_moves_the_queue_and_a_release_keeps_the_place(run: Simulation, held: str) -> None:
    queued_at = (await now(run, held)).owner.queued_at
    await operate.release(run.centre, MAYA, held)
    assert (await now(run, held)).owner.queued_at == queued_at
    await offer.pick(run.centre, MAYA, held)
    run.clock.advance(60)
    await operate.transfer(run.centre, MAYA, held, "claims", "A claim after all.")
    state = await now(run, held)
    assert (state.owner.queue, state.owner.queued_at) == ("claims", run.clock())
    assert state.owner.passed_on is not None
    assert state.owner.passed_on.note == "A claim after all."


async def test_ending_leads_to_wrap_up_and_wrap_up_closes(run: Simulation, held: str) -> None:
    await operate.end(run.centre, MAYA, held)
    assert (await now(run, held)).owner.stage is Stage.WRAP_UP
    await operate.wrap_up(run.centre, MAYA, held, "solved", "Explained the excess.")
    state = await now(run, held)
    assert (state.owner.stage, state.owner.disposition) == (Stage.CLOSED, "solved")


async def test_a_callback_is_taken_and_closed_also_after_the_end(run: Simulation, held: str) -> None:
    wish = CallbackRequested("cb-1", "+441632960001", "tomorrow", "A claim", "claims")
    await run.centre.change(held, lambda _: [wish])
    await operate.end(run.centre, MAYA, held)
    await operate.update_callback(run.centre, MAYA, "cb-1", "done", "Reached.")
    [callback] = (await now(run, held)).record.callbacks
    assert (callback.status, callback.operator_id) == (CallbackStatus.DONE, MAYA.id)


# ---------------------------------------------------------------- presence and time


async def test_an_operator_who_is_lost_keeps_it_for_a_while_and_then_loses_it(run: Simulation, held: str) -> None:
    await presence.leave(run.centre, MAYA)
    assert (await now(run, held)).owner.stage is Stage.OPERATOR_LOST
    await presence.arrive(run.centre, MAYA)
    assert (await now(run, held)).owner.stage is Stage.OPERATOR
    await presence.leave(run.centre, MAYA)
    await run.pass_time(151)
    assert (await now(run, held)).owner.stage is Stage.QUEUED


async def test_who_says_that_they_are_away_is_offered_nothing(run: Simulation, queued: str) -> None:
    await presence.set_presence(run.centre, MAYA, Presence.AWAY)
    run.clock.advance(30)
    assert await offer.dispatch(run.centre) == 0
    await presence.set_presence(run.centre, MAYA, Presence.AVAILABLE)
    assert await offer.dispatch(run.centre) == 1


async def test_after_a_restart_nobody_is_at_their_desk(run: Simulation, held: str) -> None:
    run.centre.membership = Membership("the next start")
    await Takeover(run.centre, run.absences, lambda _: None, lambda _: None).step()
    assert (await now(run, held)).owner.stage is Stage.OPERATOR_LOST
    maya = await run.centre.people.find(MAYA.id)
    assert maya is not None
    assert not maya.is_connected


async def test_a_customer_who_stays_silent_has_left(run: Simulation, chat: str) -> None:
    await run.pass_time(31 * 60)
    assert (await now(run, chat)).owner.stage is Stage.CLOSED
