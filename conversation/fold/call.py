"""The open call of a conversation, event by event."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversation import events as e
from conversation.events.call import CallEvent
from conversation.state import Call, Consult, State, Talk
from conversation.words import ConsultStatus


def after_call_event(state: State, event: CallEvent, at: datetime) -> State:
    """The state after it. What a caller never heard was not said; a call that is taken over changes its owner."""
    match event:
        case e.AgentHeard():
            return state if event.is_whole else replace(state, talk=_cut_short(state.talk, event))
        case e.TurnTimed():
            return state
        case e.OperatorChanged():
            owner = replace(
                state.owner,
                operator_id=event.operator_id,
                operator_name=event.operator_name,
                transfers=state.owner.transfers + 1,
            )
            call = replace(state.call, consult=None, is_held=False) if state.call else None
            return replace(state, owner=owner, call=call)
        case _:
            return replace(state, call=call_after(state.call, event, at))


CallChange = (
    e.CallStarted
    | e.CallEnded
    | e.HoldChanged
    | e.RecordingChanged
    | e.ConsultAsked
    | e.ConsultAnswered
    | e.ConsultMerged
    | e.ConsultEnded
)


def call_after(call: Call | None, event: CallChange, at: datetime) -> Call | None:
    """The open call after the event; None once it is over."""
    match event:
        case e.CallStarted():
            # A line that was lost comes back to where it was: whoever was on hold must not overhear what is private.
            kept = call or Call(event.call_id, at, event.is_recorded)
            return replace(kept, call_id=event.call_id, since=at, is_recording=event.is_recorded)
        case _ if call is None:
            return None
        case e.CallEnded():
            return None
        case e.HoldChanged():
            return replace(call, is_held=event.is_on)
        case e.RecordingChanged():
            return replace(call, is_recording=event.is_on)
        case e.ConsultAsked():
            asked = Consult(event.operator_id, event.operator_name, event.by, event.note, ConsultStatus.ASKED)
            return replace(call, consult=asked, is_held=True)
        case e.ConsultAnswered():
            if not event.is_taken or call.consult is None:
                return replace(call, consult=None, is_held=False)
            return replace(call, consult=replace(call.consult, status=ConsultStatus.PRIVATE))
        case e.ConsultMerged():
            merged = replace(call.consult, status=ConsultStatus.MERGED) if call.consult else None
            return replace(call, consult=merged, is_held=False)
        case e.ConsultEnded():
            return replace(call, consult=None, is_held=False)
        case _:
            assert_never(event)


def _cut_short(talk: Talk, event: e.AgentHeard) -> Talk:
    turns = tuple(replace(one, text=event.text) if one.seq == event.said_seq else one for one in talk.last_turns)
    return replace(talk, last_turns=tuple(turn for turn in turns if turn.text))
