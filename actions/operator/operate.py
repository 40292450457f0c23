"""What the operator who holds a conversation does: say, note, give back, pass on, end, wrap up, call back."""

from typing import Literal

from actions.change import Centre, NotAllowed
from conversation import Appended, CallbackStatus, ClosureReason, RequeueReason, Stage, State
from conversation.events import (
    AgentSaid,
    CallbackUpdated,
    Ended,
    Event,
    HandedBack,
    NoteAdded,
    Notice,
    OperatorSaid,
    Requeued,
    Spoken,
    WrappedUp,
)
from conversation.fold import operator_message_id, speakers
from storage.conversation import CallbackRow
from storage.people import Person, Role


def _must_hold(state: State, person: Person) -> None:
    if state.owner.stage is not Stage.OPERATOR or state.owner.operator_id != person.id:
        raise NotAllowed("You don't hold this conversation any more.")


async def send_operator_message(
    centre: Centre, person: Person, conversation_id: str, text: str, client_id: str, *, voice: Spoken | None = None
) -> int:
    """The operator's message, `voice` where in the call; returns its sequence number, 0 for a repeat.

    Raises NotAllowed.
    """

    said = OperatorSaid(person.id, person.name, text, client_id, voice)

    def decide(state: State) -> list[Event]:
        if operator_message_id(said) in state.talk.client_ids:
            return []
        if person.id not in speakers(state):
            raise NotAllowed("You don't hold this conversation any more.")
        return [said]

    appended = await centre.change(conversation_id, decide)
    return appended.events[0].seq if appended.events else 0


async def note(centre: Centre, person: Person, conversation_id: str, text: str, client_id: str) -> int:
    """A private note, once; anyone who serves customers may leave one, also after the end."""
    added = NoteAdded(person.id, person.name, text, client_id)

    def decide(state: State) -> list[Event]:
        return [] if operator_message_id(added) in state.talk.client_ids else [added]

    appended = await centre.change(conversation_id, decide)
    return appended.events[0].seq if appended.events else 0


async def hand_back(centre: Centre, person: Person, conversation_id: str, note_text: str) -> Appended:
    """Give the conversation back to the agent, with a note of what changed."""
    name = centre.tenant.persona.name

    def decide(state: State) -> list[Event]:
        _must_hold(state, person)
        return [
            HandedBack(person.id, note_text),
            AgentSaid(f"You're back with {name}, the AI assistant. Is there anything else I can help with?"),
        ]

    return await centre.change(conversation_id, decide)


async def transfer(centre: Centre, person: Person, conversation_id: str, queue_id: str, note_text: str) -> Appended:
    """Pass the conversation on to another queue; the place counts from now there."""
    if all(queue.id != queue_id for queue in centre.tenant.queues):
        raise NotAllowed(f"There is no queue {queue_id!r}.")
    queue = centre.tenant.queue(queue_id)
    if not queue.hours.is_open(centre.clock()):
        raise NotAllowed(
            f"The {queue.name} queue is closed now: nobody would take the customer. Choose another, or a colleague."
        )

    def decide(state: State) -> list[Event]:
        _must_hold(state, person)
        return [
            Requeued(RequeueReason.TRANSFERRED, person.id, note_text, queue_id),
            Notice("transferred", f"You're being passed on to our {queue.name.lower()} team, with all you've told us."),
        ]

    return await centre.change(conversation_id, decide)


async def release(centre: Centre, person: Person, conversation_id: str) -> Appended:
    """Put the conversation back into its queue at its old place."""

    def decide(state: State) -> list[Event]:
        _must_hold(state, person)
        return [
            Requeued(RequeueReason.RELEASED, person.id),
            Notice("requeued", "You're back in the queue at your old place. The next free person will help you."),
        ]

    return await centre.change(conversation_id, decide)


async def end(centre: Centre, person: Person, conversation_id: str) -> Appended:
    """End the conversation; wrap-up follows. A supervisor may end any live one."""

    def decide(state: State) -> list[Event]:
        if person.role is Role.SUPERVISOR and state.owner.operator_id != person.id and state.is_live:
            return [Ended("supervisor", ClosureReason.FORCE_CLOSED)]
        _must_hold(state, person)
        return [Ended("operator", ClosureReason.OPERATOR_ENDED)]

    return await centre.change(conversation_id, decide)


async def wrap_up(centre: Centre, person: Person, conversation_id: str, disposition: str, summary: str) -> Appended:
    """Close the after-conversation work with how it ended. Raises NotAllowed for an unknown disposition."""
    if all(one.id != disposition for one in centre.tenant.dispositions):
        raise NotAllowed("Choose how the conversation ended.")

    def decide(state: State) -> list[Event]:
        if state.owner.stage is not Stage.WRAP_UP or state.owner.operator_id != person.id:
            raise NotAllowed("There is nothing to wrap up here.")
        return [WrappedUp(person.id, disposition, summary)]

    appended = await centre.change(conversation_id, decide)
    centre.crew_changed()
    return appended


def may_call_back(person: Person, row: CallbackRow) -> bool:
    """Whether a promised callback is this person's to make: of their queues, or taken by them."""
    return person.role is Role.SUPERVISOR or row.queue in person.queues or row.operator_id == person.id


async def update_callback(
    centre: Centre,
    person: Person,
    callback_id: str,
    status: Literal["taken", "done", "cancelled"],
    outcome: str,
) -> Appended:
    """Take a promised callback, or say what came of it. Raises NotAllowed when someone else has it."""
    row = next((one for one in await centre.lists.callbacks() if one.callback_id == callback_id), None)
    if row is None:
        raise NotAllowed("This callback is not open any more.")
    if not may_call_back(person, row):
        raise NotAllowed("This callback was promised by a queue that is not yours.")

    def decide(state: State) -> list[Event]:
        wanted = next((one for one in state.record.callbacks if one.callback_id == callback_id), None)
        if wanted is None or wanted.status in (CallbackStatus.DONE, CallbackStatus.CANCELLED):
            raise NotAllowed("This callback is not open any more.")
        if wanted.operator_id not in (None, person.id) and person.role is not Role.SUPERVISOR:
            raise NotAllowed("A colleague has taken this callback.")
        return [CallbackUpdated(callback_id, CallbackStatus(status), person.id, outcome)]

    return await centre.change(row.conversation_id, decide)
