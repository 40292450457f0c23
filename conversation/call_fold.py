"""The open call of a conversation, event by event."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversation import call_events as c
from conversation.state import Call, Consult
from conversation.words import ConsultStatus

CallChange = (
    c.CallStarted
    | c.CallEnded
    | c.HoldChanged
    | c.RecordingChanged
    | c.ConsultAsked
    | c.ConsultAnswered
    | c.ConsultMerged
    | c.ConsultEnded
)


def call_after(call: Call | None, event: CallChange, at: datetime) -> Call | None:
    """The open call after the event; None once it is over."""
    match event:
        case c.CallStarted():
            # A line that was lost comes back to where it was: whoever was on hold must not overhear what is private.
            kept = call or Call(event.call_id, at, event.is_recorded)
            return replace(kept, call_id=event.call_id, since=at, is_recording=event.is_recorded)
        case _ if call is None:
            return None
        case c.CallEnded():
            return None
        case c.HoldChanged():
            return replace(call, is_held=event.is_on)
        case c.RecordingChanged():
            return replace(call, is_recording=event.is_on)
        case c.ConsultAsked():
            asked = Consult(event.operator_id, event.operator_name, event.by, event.note, ConsultStatus.ASKED)
            return replace(call, consult=asked, is_held=True)
        case c.ConsultAnswered():
            if not event.is_taken or call.consult is None:
                return replace(call, consult=None, is_held=False)
            return replace(call, consult=replace(call.consult, status=ConsultStatus.PRIVATE))
        case c.ConsultMerged():
            merged = replace(call.consult, status=ConsultStatus.MERGED) if call.consult else None
            return replace(call, consult=merged, is_held=False)
        case c.ConsultEnded():
            return replace(call, consult=None, is_held=False)
        case _:
            assert_never(event)
