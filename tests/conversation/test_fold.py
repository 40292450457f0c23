"""What may follow what, and what the state keeps of it."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from conversation import CallbackStatus, ClosureReason, RequeueReason, Stage, State, due_at
from conversation.events import (
    AgentSaid,
    CallbackRequested,
    CallbackUpdated,
    Ended,
    Event,
    HandedBack,
    HandOffWithdrawn,
    HandoverConfirmed,
    HandoverCorrected,
    NoteAdded,
    OperatorLost,
    OperatorRestored,
    OperatorSaid,
    Requeued,
    WrappedUp,
)
from conversation.fold import IllegalEvent, apply_all
from conversation.state import CLIENT_IDS_KEPT, PassedOn
from storage.conversation.codec import event_from_json, event_to_json, state_from_json, state_to_json
from tests.support.happenings import MAYA, NOON, NOOR, accepted, card, checked, handed_off, offered, said, started

IDLE = timedelta(minutes=30)
LATER = NOON + timedelta(minutes=5)

WITH_AGENT: tuple[Event, ...] = (*started(), said("hello"))
QUEUED: tuple[Event, ...] = (*WITH_AGENT, handed_off())
OFFERED: tuple[Event, ...] = (*QUEUED, offered())
HELD: tuple[Event, ...] = (*OFFERED, accepted())
LOST: tuple[Event, ...] = (*HELD, OperatorLost(MAYA[0], LATER))
ENDED: tuple[Event, ...] = (*HELD, Ended("operator", ClosureReason.OPERATOR_ENDED))
CLOSED: tuple[Event, ...] = (*ENDED, WrappedUp(MAYA[0], "solved", ""))
STAGES = {
    Stage.AGENT: WITH_AGENT,
    Stage.QUEUED: QUEUED,
    Stage.OFFERED: OFFERED,
    Stage.OPERATOR: HELD,
    Stage.OPERATOR_LOST: LOST,
    Stage.WRAP_UP: ENDED,
    Stage.CLOSED: CLOSED,
}

LEGAL_IN: list[tuple[Event, set[Stage]]] = [
    (AgentSaid("Hello."), {Stage.AGENT, Stage.QUEUED, Stage.OFFERED}),
    (handed_off(), {Stage.AGENT}),
    (OperatorSaid(*MAYA, "Hello.", "d1"), {Stage.OPERATOR}),
    (OperatorSaid(*NOOR, "Hello.", "d1"), set()),
    (HandedBack(MAYA[0], ""), {Stage.OPERATOR}),
    (HandedBack(NOOR[0], ""), set()),
    (offered("o-2"), {Stage.QUEUED}),
    (accepted("o-1"), {Stage.OFFERED}),
    (accepted("o-other"), set()),
    (Requeued(RequeueReason.RELEASED, MAYA[0]), {Stage.OFFERED, Stage.OPERATOR, Stage.OPERATOR_LOST}),
    (HandOffWithdrawn(), {Stage.QUEUED, Stage.OFFERED}),
    (HandoverCorrected(card("Another"), NOON), {Stage.QUEUED, Stage.OFFERED}),
    (HandoverConfirmed(), {Stage.QUEUED, Stage.OFFERED}),
    (OperatorLost(MAYA[0], LATER), {Stage.OPERATOR}),
    (OperatorRestored(MAYA[0]), {Stage.OPERATOR_LOST}),
    (WrappedUp(MAYA[0], "solved", ""), {Stage.WRAP_UP}),
    (said("hello", "m2"), set(STAGES) - {Stage.WRAP_UP, Stage.CLOSED}),
    (NoteAdded(*MAYA, "A note.", "n1"), set(STAGES)),
    (started()[0], set()),
]


def state_after(events: Sequence[Event]) -> State:
    return apply_all(State("c-1"), events, NOON)


@pytest.mark.parametrize("stage", list(STAGES))
def test_the_examples_are_in_their_stages(stage: Stage) -> None:
    assert state_after(STAGES[stage]).owner.stage is stage


@pytest.mark.parametrize("stage", list(STAGES))
@pytest.mark.parametrize(("event", "stages"), LEGAL_IN, ids=lambda one: getattr(one, "kind", ""))
def test_an_event_is_taken_in_its_stages_and_refused_in_all_others(
    event: Event, stages: set[Stage], stage: Stage
) -> None:
    before = state_after(STAGES[stage])
    if stage in stages:
        assert apply_all(before, [event], NOON).seq == before.seq + 1
    else:
        with pytest.raises(IllegalEvent):
            apply_all(before, [event], NOON)


@pytest.mark.parametrize("reason", [RequeueReason.DECLINED, RequeueReason.EXPIRED, RequeueReason.OPERATOR_LOST])
@pytest.mark.parametrize("stage", [Stage.OFFERED, Stage.OPERATOR, Stage.OPERATOR_LOST])
def test_whoever_goes_back_to_the_queue_keeps_the_place(stage: Stage, reason: RequeueReason) -> None:
    back = apply_all(state_after(STAGES[stage]), [Requeued(reason, MAYA[0])], LATER)
    assert (back.owner.stage, back.owner.queued_at, back.owner.queue) == (Stage.QUEUED, NOON, "claims")
    assert (back.owner.offer, back.owner.operator_id, back.owner.lost_until) == (None, None, None)


def test_a_transfer_takes_a_new_place_in_the_other_queue() -> None:
    moved = Requeued(RequeueReason.TRANSFERRED, MAYA[0], "Needs a translator.", "general")
    back = apply_all(state_after(HELD), [moved], LATER)
    assert (back.owner.queue, back.owner.queued_at, back.owner.transfers, back.owner.skills) == (
        "general",
        LATER,
        1,
        (),
    )


def test_who_passed_it_on_and_why_is_kept_until_the_next_operator_takes_it() -> None:
    moved = Requeued(RequeueReason.TRANSFERRED, MAYA[0], "Needs a translator.", "claims", colleague=NOOR[1])
    declined: list[Event] = [moved, offered("o-2", NOOR), Requeued(RequeueReason.DECLINED, NOOR[0]), offered("o-3")]
    waiting = apply_all(state_after(HELD), declined, LATER)
    assert waiting.owner.passed_on == PassedOn(*MAYA, "Needs a translator.")
    assert apply_all(waiting, [accepted("o-3")], LATER).owner.passed_on is None
    assert apply_all(waiting, [HandOffWithdrawn()], LATER).owner.passed_on is None


def test_records_from_before_colleagues_were_named_still_fold() -> None:
    event = event_from_json(
        '{"kind":"requeued","reason":"transferred","operator_id":"op-1","note":"","queue":"claims"}'
    )
    assert event == Requeued(RequeueReason.TRANSFERRED, "op-1", "", "claims")
    kept = json.loads(state_to_json(state_after(QUEUED)))
    del kept["owner"]["passed_on"]
    assert state_from_json(json.dumps(kept)) == state_after(QUEUED)


def test_declining_and_missing_are_counted_per_operator() -> None:
    twice: list[Event] = [
        Requeued(RequeueReason.DECLINED, MAYA[0]),
        offered("o-2"),
        Requeued(RequeueReason.EXPIRED, MAYA[0]),
    ]
    noor: list[Event] = [offered("o-3", NOOR), Requeued(RequeueReason.DECLINED, NOOR[0])]
    refusals = apply_all(state_after(OFFERED), [*twice, *noor], LATER).owner.refusals
    assert {one.operator_id: one.count for one in refusals} == {MAYA[0]: 2, NOOR[0]: 1}


def test_callbacks_can_be_kept_after_the_end() -> None:
    wish = CallbackRequested("cb-1", "+441632960001", "tomorrow", "A claim", "claims")
    done = CallbackUpdated("cb-1", CallbackStatus.DONE, MAYA[0])
    closed = state_after([*WITH_AGENT, wish, Ended("agent", ClosureReason.CALLBACK_BOOKED)])
    assert apply_all(closed, [done], LATER).record.callbacks[0].status is CallbackStatus.DONE


def test_the_state_stays_small_however_long_the_conversation() -> None:
    short = state_after([*started(), checked(), *_talk(100)])
    long = state_after([*started(), checked(), *_talk(1_000)])
    assert len(state_to_json(long)) < 1.1 * len(state_to_json(short))
    assert len(long.talk.client_ids) == CLIENT_IDS_KEPT


def _talk(turns: int) -> list[Event]:
    return [event for n in range(turns) for event in (said(f"question {n:4}", f"m{n:04}"), AgentSaid(f"answer {n:4}"))]


@pytest.mark.parametrize("stage", list(STAGES))
def test_events_and_states_survive_being_written_down(stage: Stage) -> None:
    for event in STAGES[stage]:
        assert event_from_json(event_to_json(event)) == event
    assert state_from_json(state_to_json(state_after(STAGES[stage]))) == state_after(STAGES[stage])


@pytest.mark.parametrize(
    ("stage", "due"),
    [
        (Stage.AGENT, NOON + IDLE),
        (Stage.QUEUED, None),
        (Stage.OFFERED, NOON + timedelta(seconds=60)),
        (Stage.OPERATOR, None),
        (Stage.OPERATOR_LOST, LATER),
        (Stage.WRAP_UP, None),
        (Stage.CLOSED, None),
    ],
)
def test_a_conversation_is_looked_at_again_when_it_would_be_left_alone(stage: Stage, due: object) -> None:
    assert due_at(state_after(STAGES[stage]), IDLE) == due
