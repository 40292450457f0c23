"""Which event may follow which state: what no door may do, whoever asks."""

from conversation import events as e
from conversation.events import Event
from conversation.state import State
from conversation.words import ConsultStatus, Stage

AFTER_THE_END = (e.WrappedUp, e.CallbackUpdated, e.CallbackRequested, e.NoteAdded, e.AgentHeard, e.TurnTimed)


class IllegalEvent(ValueError):
    """The event cannot follow the state; whoever appended it broke a promise."""


def speakers(state: State) -> frozenset[str]:
    """Operators who may speak to the customer now: the holder, and a colleague in a three-way call."""
    holder = state.owner.operator_id
    if state.owner.stage is not Stage.OPERATOR or holder is None:
        return frozenset()
    consult = state.call.consult if state.call else None
    joined = consult is not None and consult.status is ConsultStatus.MERGED
    return frozenset({holder, consult.operator_id} if consult and joined else {holder})


def check(state: State, event: Event) -> None:
    """Raises IllegalEvent, naming the event and how the conversation stands."""
    if not state.is_live and not isinstance(event, AFTER_THE_END):
        raise IllegalEvent(f"{event.kind} after the end of {state.conversation_id}")
    _check_owner(state, event)
    _check_call(state, event)


def _check_owner(state: State, event: Event) -> None:
    owner = state.owner
    match event:
        case e.ConversationStarted() if state.seq:
            raise IllegalEvent("a conversation starts once")
        case e.AgentSaid() if state.is_with_human:
            raise IllegalEvent(f"{event.kind} while a person holds {state.conversation_id}")
        case e.HandOffRequested() if owner.stage is not Stage.AGENT:
            raise IllegalEvent(f"handed off while {owner.stage}")
        case e.OperatorSaid() if event.operator_id not in speakers(state):
            raise IllegalEvent(f"{event.kind} by {event.operator_id}, who is not in {state.conversation_id}")
        case e.HandedBack() if not (owner.stage is Stage.OPERATOR and owner.operator_id == event.operator_id):
            raise IllegalEvent(f"{event.kind} by {event.operator_id}, who does not hold {state.conversation_id}")
        case e.Offered() if owner.stage is not Stage.QUEUED:
            raise IllegalEvent(f"offered while {owner.stage}")
        case e.OfferAccepted() if not (owner.offer and owner.offer.offer_id == event.offer_id):
            raise IllegalEvent(f"offer {event.offer_id} is not open")
        case e.Requeued() if owner.stage not in (Stage.OFFERED, Stage.OPERATOR, Stage.OPERATOR_LOST):
            raise IllegalEvent(f"requeued while {owner.stage}")
        case e.HandOffWithdrawn() | e.HandoverCorrected() | e.HandoverConfirmed() if not state.is_waiting:
            raise IllegalEvent(f"{event.kind} while {owner.stage}")
        case e.OperatorLost() if owner.stage is not Stage.OPERATOR:
            raise IllegalEvent(f"operator lost while {owner.stage}")
        case e.OperatorRestored() if owner.stage is not Stage.OPERATOR_LOST:
            raise IllegalEvent(f"operator restored while {owner.stage}")
        case e.WrappedUp() if owner.stage is not Stage.WRAP_UP:
            raise IllegalEvent(f"wrapped up while {owner.stage}")
        case e.OperatorChanged() if not (owner.stage is Stage.OPERATOR and owner.operator_id == event.before):
            raise IllegalEvent(f"{event.before} does not hold {state.conversation_id}")
        case _:
            return


def _check_call(state: State, event: Event) -> None:
    consult = state.call.consult if state.call else None
    match event:
        case e.CallEnded() if not (state.call and state.call.call_id == event.call_id):
            raise IllegalEvent(f"call {event.call_id} is not open")
        case e.HoldChanged() | e.RecordingChanged() | e.ConsultAsked() if state.call is None:
            raise IllegalEvent(f"{event.kind} without a call")
        case e.ConsultAnswered() | e.ConsultMerged() | e.ConsultEnded() if consult is None:
            raise IllegalEvent(f"{event.kind} without a consult")
        case e.ConsultAnswered() | e.ConsultEnded() if consult and consult.operator_id != event.operator_id:
            raise IllegalEvent(f"{event.operator_id} was not asked into {state.conversation_id}")
        case _:
            return
