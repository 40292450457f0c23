"""What a voice call's events mean: the open call, hold and consult, what was really heard, who holds it now."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from actions.answering.answer import unanswered
from conversation import Call, CallEnd, ClosureReason, ConsultStatus, RequeueReason, Stage, State
from conversation.events import (
    AgentHeard,
    AgentSaid,
    CallEnded,
    CallStarted,
    ConsultAnswered,
    ConsultAsked,
    ConsultEnded,
    ConsultMerged,
    Ended,
    Event,
    HandedBack,
    HoldChanged,
    OperatorChanged,
    OperatorSaid,
    RecordingChanged,
    Requeued,
    TurnTimed,
)
from conversation.fold import IllegalEvent, apply_all
from tests.support.happenings import MAYA, NOON, NOOR, accepted, handed_off, offered, said, started

LATER = NOON + timedelta(minutes=1)
OPEN: tuple[Event, ...] = (*started(), CallStarted("call-1", "browser", False))
HELD_BY_MAYA: tuple[Event, ...] = (*OPEN, handed_off(), offered(), accepted())
ASKED: tuple[Event, ...] = (*HELD_BY_MAYA, ConsultAsked(*NOOR, MAYA[0], "About the flood."))
PRIVATE: tuple[Event, ...] = (*ASKED, ConsultAnswered(NOOR[0], True))
MERGED: tuple[Event, ...] = (*PRIVATE, ConsultMerged())


def after(*events: Event) -> State:
    return apply_all(State("c-1"), events, NOON)


def call_after(events: Sequence[Event]) -> Call:
    call = after(*events).call
    assert call is not None
    return call


def test_a_call_is_open_from_its_start_to_its_end() -> None:
    assert call_after(OPEN) == Call("call-1", NOON, is_recording=False)
    assert after(*OPEN, CallEnded("call-1", "customer", CallEnd.MOVED_TO_CHAT)).call is None
    assert after(*OPEN, Ended("agent", ClosureReason.RESOLVED)).call is None


def test_a_lost_call_comes_back_to_where_it_was() -> None:
    back = apply_all(after(*PRIVATE), [CallStarted("call-2", "browser", False)], LATER).call
    assert back is not None
    assert (back.call_id, back.since, back.is_held) == ("call-2", LATER, True)
    assert back.consult == call_after(PRIVATE).consult


@pytest.mark.parametrize(
    ("events", "status", "is_held"),
    [
        (HELD_BY_MAYA, None, False),
        ((*HELD_BY_MAYA, HoldChanged(MAYA[0], True)), None, True),
        (ASKED, ConsultStatus.ASKED, True),
        (PRIVATE, ConsultStatus.PRIVATE, True),
        ((*ASKED, ConsultAnswered(NOOR[0], False)), None, False),
        (MERGED, ConsultStatus.MERGED, False),
        ((*MERGED, ConsultEnded(NOOR[0])), None, False),
        ((*PRIVATE, ConsultEnded(NOOR[0])), None, False),
        ((*PRIVATE, OperatorChanged(*NOOR, MAYA[0])), None, False),
        ((*PRIVATE, HandedBack(MAYA[0], "")), None, False),
        ((*PRIVATE, Requeued(RequeueReason.OPERATOR_LOST, MAYA[0])), None, False),
    ],
)
def test_hold_and_consult(events: Sequence[Event], status: ConsultStatus | None, is_held: bool) -> None:
    call = call_after(events)
    assert (call.consult.status if call.consult else None, call.is_held) == (status, is_held)


def test_the_colleague_holds_the_conversation_from_then_on() -> None:
    state = after(*PRIVATE, OperatorChanged(*NOOR, MAYA[0]))
    assert (state.owner.stage, state.owner.operator_id, state.owner.operator_name) == (Stage.OPERATOR, *NOOR)
    assert apply_all(state, [OperatorSaid(*NOOR, "Hello.", "d-1")], NOON).seq == state.seq + 1


def test_recording_goes_on_and_off() -> None:
    assert call_after((*OPEN, RecordingChanged("system", True))).is_recording
    assert not call_after((*OPEN, RecordingChanged("system", True), RecordingChanged("customer", False))).is_recording


def test_only_what_was_heard_counts_as_said() -> None:
    line = AgentSaid("Your claim is being looked at. Anything else?")
    before = after(*OPEN, said("where is my claim?"), line)
    cut = apply_all(before, [AgentHeard(before.seq, "Your claim is", False, "call-1", 0, 900)], NOON)
    assert [turn.text for turn in cut.talk.last_turns[-2:]] == ["where is my claim?", "Your claim is"]
    whole = apply_all(before, [AgentHeard(before.seq, line.text, True, "call-1", 0, 3000)], NOON)
    assert whole.talk.last_turns == before.talk.last_turns


def test_an_answer_of_which_nothing_was_heard_is_still_owed() -> None:
    before = after(*OPEN, said("where is my claim?"), AgentSaid("It is being looked at."))
    assert unanswered(before) is None
    unheard = apply_all(before, [AgentHeard(before.seq, "", False, "call-1", 0, 0)], NOON)
    owed = unanswered(unheard)
    assert owed is not None
    assert owed.text == "where is my claim?"


def test_what_was_heard_may_be_told_after_the_end() -> None:
    ended = after(*OPEN, Ended("agent", ClosureReason.RESOLVED))
    told: list[Event] = [AgentHeard(2, "Hello", False, "call-1", 0, 10), TurnTimed("call-1", 2, 0, 1, 2, 3, 4)]
    assert apply_all(ended, told, NOON).seq == ended.seq + 2


@pytest.mark.parametrize(
    ("events", "event"),
    [
        (started(), HoldChanged(MAYA[0], True)),
        (started(), RecordingChanged("system", True)),
        (started(), ConsultAsked(*NOOR, MAYA[0])),
        (OPEN, CallEnded("call-other", "customer", CallEnd.HUNG_UP)),
        (HELD_BY_MAYA, ConsultAnswered(NOOR[0], True)),
        (HELD_BY_MAYA, ConsultMerged()),
        (HELD_BY_MAYA, ConsultEnded(NOOR[0])),
        (ASKED, ConsultAnswered(MAYA[0], True)),
        (PRIVATE, ConsultEnded("op-other")),
        (PRIVATE, OperatorChanged(*NOOR, NOOR[0])),
        (OPEN, OperatorChanged(*NOOR, MAYA[0])),
        ((*OPEN, Ended("agent", ClosureReason.RESOLVED)), CallStarted("call-2", "browser", False)),
    ],
)
def test_what_cannot_follow_is_refused(events: Sequence[Event], event: Event) -> None:
    with pytest.raises(IllegalEvent):
        after(*events, event)
