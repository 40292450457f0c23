"""Events to state: `apply` one, `fold` many. The only place that says what an event means.

`legal` says which event may follow which state; what it changes stands in the family of its name.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversation.events import Event, Recorded
from conversation.events.call import CallEvent
from conversation.events.ownership import OwnershipEvent
from conversation.events.record import RecordEvent
from conversation.events.talk import TalkEvent
from conversation.events.understanding import UnderstandingEvent
from conversation.fold.call import after_call_event
from conversation.fold.legal import IllegalEvent, check, speakers
from conversation.fold.ownership import after_ownership_event
from conversation.fold.record import after_record_event
from conversation.fold.talk import after_talk_event, operator_message_id
from conversation.fold.understanding import after_understanding_event
from conversation.state import State

__all__ = ["IllegalEvent", "apply", "apply_all", "fold", "operator_message_id", "speakers"]


def fold(conversation_id: str, recorded: Iterable[Recorded]) -> State:
    """The state after all of `recorded`, oldest first."""
    state = State(conversation_id)
    for one in recorded:
        state = apply(state, one.event, one.at)
    return state


def apply_all(state: State, events: Iterable[Event], at: datetime) -> State:
    """The state after `events`, all happening at `at`."""
    for event in events:
        state = apply(state, event, at)
    return state


def apply(state: State, event: Event, at: datetime) -> State:
    """The state after `event`.

    Raises IllegalEvent for what no door may do: accepting an offer that is not open, the agent speaking while a
    person holds the conversation, anything but wrap-up and callback work after the end.
    """
    check(state, event)
    after = _change(state, event, at)
    return replace(after, seq=state.seq + 1, talk=replace(after.talk, last_at=at))


def _change(state: State, event: Event, at: datetime) -> State:
    if isinstance(event, TalkEvent):
        return after_talk_event(state, event, at)
    if isinstance(event, UnderstandingEvent):
        return after_understanding_event(state, event)
    if isinstance(event, RecordEvent):
        return after_record_event(state, event)
    if isinstance(event, OwnershipEvent):
        return after_ownership_event(state, event, at)
    if isinstance(event, CallEvent):
        return after_call_event(state, event, at)
    assert_never(event)
