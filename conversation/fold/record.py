"""What was looked up or done about the customer, event by event."""

from dataclasses import replace
from typing import assert_never

from conversation import events as e
from conversation.events.record import RecordEvent
from conversation.fold.newest import newest
from conversation.handover import ActionTaken, Identity, ShownFact
from conversation.state import Callback, Record, State
from conversation.words import CallbackStatus


def after_record_event(state: State, event: RecordEvent) -> State:
    """The state after it."""
    return replace(state, record=_record(state.record, event, state.seq + 1))


def _record(before: Record, event: RecordEvent, seq: int) -> Record:
    match event:
        case e.IdentityChecked():
            return replace(before, identity=_identity(before.identity, event))
        case e.ToolUsed():
            done = ActionTaken(event.tool, event.is_ok, event.summary, seq)
            is_told = event.is_ok and event.was_told
            facts = newest(before.facts, ShownFact(event.summary, seq)) if is_told else before.facts
            return replace(before, last_tool=event, actions=newest(before.actions, done), facts=facts)
        case e.CallbackRequested():
            wanted = Callback(event.callback_id, event.phone, event.when, CallbackStatus.OPEN)
            return replace(before, callbacks=newest(before.callbacks, wanted))
        case e.CallbackUpdated():
            return replace(before, callbacks=tuple(_updated(one, event) for one in before.callbacks))
        case _:
            assert_never(event)


def _updated(callback: Callback, event: e.CallbackUpdated) -> Callback:
    if callback.callback_id != event.callback_id:
        return callback
    return replace(callback, status=event.status, operator_id=event.operator_id)


def _identity(before: Identity, event: e.IdentityChecked) -> Identity:
    if not event.is_ok:
        return replace(before, failed_checks=before.failed_checks + 1)
    return replace(
        before,
        customer_id=event.customer_id,
        name=event.name,
        assurance=event.assurance,
        method=event.method,
        checked=event.checked,
    )
