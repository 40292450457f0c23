"""What operators do with a live call: hold, record, pass on to a colleague, ask one in, let them take over."""

from actions.change import Centre, NotAllowed
from conversation import Appended, Call, Consult, ConsultStatus, RequeueReason, Stage, State
from conversation.events import (
    ConsultAnswered,
    ConsultAsked,
    ConsultEnded,
    ConsultMerged,
    Event,
    HoldChanged,
    Notice,
    Offered,
    OperatorChanged,
    RecordingChanged,
    Requeued,
)
from storage.conversation import CapacityClaim
from storage.people import Person, Role


def _call_of(state: State, person: Person) -> Call:
    if state.owner.stage is not Stage.OPERATOR or state.owner.operator_id != person.id:
        raise NotAllowed("You don't hold this conversation any more.")
    if state.call is None:
        raise NotAllowed("The customer is not on the phone.")
    return state.call


def _consult_of(state: State, person: Person) -> Consult:
    consult = state.call.consult if state.call else None
    if consult is None or person.id not in (consult.operator_id, consult.by):
        raise NotAllowed("Nobody has been asked into this call.")
    return consult


async def hold(centre: Centre, person: Person, conversation_id: str, *, is_on: bool) -> Appended:
    """Put the customer on hold, or take them back."""

    def decide(state: State) -> list[Event]:
        call = _call_of(state, person)
        if call.consult and not is_on:
            raise NotAllowed("A colleague is being asked in: connect all three, or let the colleague go.")
        return [HoldChanged(person.id, is_on)] if call.is_held is not is_on else []

    return await centre.change(conversation_id, decide)


async def record(centre: Centre, person: Person, conversation_id: str, *, is_on: bool) -> Appended:
    """Pause or go on recording; the customer is told when it goes on."""

    def decide(state: State) -> list[Event]:
        if _call_of(state, person).is_recording is is_on:
            return []
        told = "This call is being recorded from now on." if is_on else "The recording is paused."
        return [RecordingChanged(person.id, is_on), Notice("recording", told)]

    return await centre.change(conversation_id, decide)


async def transfer_to(
    centre: Centre, person: Person, conversation_id: str, operator_id: str, note_text: str
) -> Appended:
    """Pass the conversation straight to a colleague; declined or let run out it goes to the queue, at its old place."""
    colleague = await _colleague(centre, person, operator_id)

    def decide(state: State) -> list[Event]:
        if state.owner.stage is not Stage.OPERATOR or state.owner.operator_id != person.id:
            raise NotAllowed("You don't hold this conversation any more.")
        queue = centre.tenant.queue(state.owner.queue).id
        expires_at = centre.clock() + centre.timing.offer
        return [
            Requeued(RequeueReason.TRANSFERRED, person.id, note_text, queue, colleague.name),
            Offered(centre.new_id("o"), colleague.id, colleague.name, expires_at),
            Notice("transferred", f"You're being passed on to {colleague.name}, with all you've told us."),
        ]

    return await centre.change(conversation_id, decide, claim=CapacityClaim(colleague.id, colleague.capacity))


async def ask(centre: Centre, person: Person, conversation_id: str, operator_id: str, note_text: str) -> Appended:
    """Ask a colleague into the call; the customer waits on hold."""
    colleague = await _colleague(centre, person, operator_id)

    def decide(state: State) -> list[Event]:
        if _call_of(state, person).consult is not None:
            raise NotAllowed("A colleague has been asked already; let them go first.")
        return [ConsultAsked(colleague.id, colleague.name, person.id, note_text)]

    return await centre.change(conversation_id, decide)


async def answer_consult(centre: Centre, person: Person, conversation_id: str, *, is_taken: bool) -> Appended:
    """The colleague comes in, or can't."""

    def decide(state: State) -> list[Event]:
        consult = _consult_of(state, person)
        if consult.operator_id != person.id or consult.status is not ConsultStatus.ASKED:
            raise NotAllowed("This call doesn't ask for you any more.")
        return [ConsultAnswered(person.id, is_taken)]

    return await centre.change(conversation_id, decide)


async def merge(centre: Centre, person: Person, conversation_id: str) -> Appended:
    """Customer, holder and colleague all talk."""

    def decide(state: State) -> list[Event]:
        _call_of(state, person)
        consult = _consult_of(state, person)
        if consult.status is ConsultStatus.ASKED:
            raise NotAllowed(f"{consult.operator_name} has not answered yet.")
        joined = Notice("colleague_joined", f"{consult.operator_name} has joined the call.")
        return [ConsultMerged(), joined] if consult.status is ConsultStatus.PRIVATE else []

    return await centre.change(conversation_id, decide)


async def finish(centre: Centre, person: Person, conversation_id: str) -> Appended:
    """The colleague leaves; either of the two may say so."""

    def decide(state: State) -> list[Event]:
        return [ConsultEnded(_consult_of(state, person).operator_id)]

    return await centre.change(conversation_id, decide)


async def complete(centre: Centre, person: Person, conversation_id: str) -> Appended:
    """The holder leaves and the colleague holds the conversation from now on."""
    state = await centre.store.reload(conversation_id)
    asked = state.call.consult.operator_id if state.call and state.call.consult else ""
    colleague = await _colleague(centre, person, asked)

    def decide(state: State) -> list[Event]:
        _call_of(state, person)
        consult = _consult_of(state, person)
        if consult.status is ConsultStatus.ASKED:
            raise NotAllowed(f"{consult.operator_name} has not answered yet.")
        return [
            OperatorChanged(colleague.id, colleague.name, person.id),
            Notice("operator_joined", f"{colleague.name} goes on with your call."),
        ]

    # No claim: whoever was asked in counts the conversation as theirs already.
    appended = await centre.change(conversation_id, decide)
    centre.crew_changed()
    return appended


async def _colleague(centre: Centre, person: Person, operator_id: str) -> Person:
    """Raises NotAllowed for oneself, a supervisor without a desk, or somebody who is not at theirs."""
    found = next((one for one in await centre.people.all() if one.id == operator_id), None)
    if found is None or found.id == person.id or found.role is not Role.OPERATOR:
        raise NotAllowed("Choose a colleague.")
    if not found.is_connected:
        raise NotAllowed(f"{found.name} is not at the desk now.")
    return found
