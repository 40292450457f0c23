"""Who has the conversation, event by event."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversation import events as e
from conversation.events.ownership import OwnershipEvent
from conversation.fold.newest import newest
from conversation.state import Offer, Owner, PassedOn, Refusal, State
from conversation.words import ClosureReason, RequeueReason, Stage

REFUSALS_KEPT = 24


def after_ownership_event(state: State, event: OwnershipEvent, at: datetime) -> State:
    """The state after it. Topics and questions end with the agent's turn, holds and consults with the operator's."""
    after = replace(state, owner=_owner(state.owner, event, at))
    dialogue, call = state.dialogue, state.call
    match event:
        case e.HandOffRequested():
            dialogue = replace(dialogue, question=None)
        case e.HandOffWithdrawn():
            dialogue = replace(dialogue, misses=0, unmatched=0)
        case e.OfferAccepted():
            dialogue = replace(dialogue, topics=(), question=None)
        case e.HandedBack():
            dialogue = replace(dialogue, topics=(), question=None, misses=0, unmatched=0, moods=())
        case _:
            pass
    match event:
        case e.HandOffWithdrawn() | e.OfferAccepted() | e.Requeued() | e.HandedBack():
            call = replace(call, is_held=False, consult=None) if call else None
        case e.Ended():
            call = None
        case _:
            pass
    return replace(after, dialogue=dialogue, call=call)


def _owner(owner: Owner, event: OwnershipEvent, at: datetime) -> Owner:
    match event:
        case e.HandOffRequested():
            return replace(
                owner,
                stage=Stage.QUEUED,
                handover=event.context,
                is_handover_confirmed=False,
                queue=event.queue,
                skills=event.skills,
                priority=event.priority,
                queued_at=at,
                ready_at=event.ready_at,
                refusals=(),
            )
        case e.HandoverCorrected():
            return replace(
                owner,
                handover=event.context,
                ready_at=event.ready_at,
                is_handover_confirmed=owner.is_handover_confirmed and event.is_refreshed,
                priority=owner.priority if event.priority is None else event.priority,
            )
        case e.HandoverConfirmed():
            return replace(owner, is_handover_confirmed=True, ready_at=at)
        case e.HandOffWithdrawn():
            return replace(_released(owner), stage=Stage.AGENT, queued_at=None, queue=None)
        case e.Offered():
            offer = Offer(event.offer_id, event.operator_id, event.operator_name, event.expires_at)
            return replace(owner, stage=Stage.OFFERED, offer=offer)
        case e.OfferAccepted():
            return replace(
                _released(owner),
                stage=Stage.OPERATOR,
                operator_id=event.operator_id,
                operator_name=event.operator_name,
                accepted_at=owner.accepted_at or at,
                is_handover_confirmed=True,
            )
        case e.Requeued():
            return _requeued(owner, event, at)
        case e.OperatorLost():
            return replace(owner, stage=Stage.OPERATOR_LOST, lost_until=event.until)
        case e.OperatorRestored():
            return replace(owner, stage=Stage.OPERATOR, lost_until=None)
        case e.HandedBack():
            back = replace(_released(owner), stage=Stage.AGENT, queued_at=None, queue=None)
            return replace(back, transfers=owner.transfers + 1)
        case e.Ended():
            return _ended(replace(owner, ended_at=at, ended_by=event.by), event, was_with_human=owner.is_with_human)
        case e.WrappedUp():
            return replace(owner, stage=Stage.CLOSED, disposition=event.disposition)
        case _:
            assert_never(event)


def _ended(owner: Owner, event: e.Ended, *, was_with_human: bool) -> Owner:
    if was_with_human and event.reason is not ClosureReason.FORCE_CLOSED:
        return replace(owner, stage=Stage.WRAP_UP, lost_until=None)
    return replace(_released(owner), stage=Stage.CLOSED)


def _released(owner: Owner) -> Owner:
    """Nobody is offered it and no person holds it."""
    return replace(owner, offer=None, operator_id=None, operator_name=None, lost_until=None, passed_on=None)


def _requeued(owner: Owner, event: e.Requeued, at: datetime) -> Owner:
    back = replace(_released(owner), stage=Stage.QUEUED, passed_on=owner.passed_on)
    if event.reason in (RequeueReason.DECLINED, RequeueReason.EXPIRED):
        before = next((one.count for one in owner.refusals if one.operator_id == event.operator_id), 0)
        others = tuple(one for one in owner.refusals if one.operator_id != event.operator_id)
        refusal = Refusal(event.operator_id, before + 1, at)
        return replace(back, refusals=newest(others, refusal, REFUSALS_KEPT))
    if event.reason is RequeueReason.TRANSFERRED:
        return replace(
            back,
            queue=event.queue,
            skills=(),
            queued_at=at,
            ready_at=at,
            transfers=owner.transfers + 1,
            refusals=(),
            passed_on=PassedOn(event.operator_id, owner.operator_name or "", event.note),
        )
    return replace(back, ready_at=at, transfers=owner.transfers + (1 if owner.is_with_human else 0))
