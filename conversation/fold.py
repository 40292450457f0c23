"""Events to state: `apply` one, `fold` many. The only place that says what an event means."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, assert_never

from conversation import call_events as c
from conversation import events as e
from conversation.call_fold import call_after
from conversation.handover import ActionTaken, ArticleShown, Identity, IntentSeen, QuotedTurn, ShownFact
from conversation.state import (
    CLIENT_IDS_KEPT,
    KEPT,
    MOOD_WINDOW,
    SLOTS_KEPT,
    STEPS_KEPT,
    Callback,
    Offer,
    PassedOn,
    Refusal,
    Slot,
    State,
    Step,
    Topic,
)
from conversation.words import CallbackStatus, ClosureReason, ConsultStatus, RequeueReason, Stage, TopicOutcome

T = TypeVar("T")


class IllegalEvent(ValueError):
    """The event cannot follow the state; whoever appended it broke a promise."""


def fold(conversation_id: str, recorded: Iterable[e.Recorded]) -> State:
    """The state after all of `recorded`, oldest first."""
    state = State(conversation_id)
    for one in recorded:
        state = apply(state, one.event, one.at)
    return state


def apply_all(state: State, events: Iterable[e.Event], at: datetime) -> State:
    """The state after `events`, all happening at `at`."""
    for event in events:
        state = apply(state, event, at)
    return state


def apply(state: State, event: e.Event, at: datetime) -> State:
    """The state after `event`.

    Raises IllegalEvent for what no door may do: accepting an offer that is not open, the agent speaking while a
    person holds the conversation, anything but wrap-up and callback work after the end.
    """
    _check(state, event)
    return replace(_change(state, event, at), seq=state.seq + 1, last_at=at)


def _check(state: State, event: e.Event) -> None:
    after_end = (e.WrappedUp, e.CallbackUpdated, e.CallbackRequested, e.NoteAdded, c.AgentHeard, c.TurnTimed)
    if not state.is_live and not isinstance(event, after_end):
        raise IllegalEvent(f"{event.kind} after the end of {state.conversation_id}")
    match event:
        case e.ConversationStarted() if state.seq:
            raise IllegalEvent("a conversation starts once")
        case e.AgentSaid() if state.is_with_human:
            raise IllegalEvent(f"{event.kind} while a person holds {state.conversation_id}")
        case e.HandOffRequested() if state.stage is not Stage.AGENT:
            raise IllegalEvent(f"handed off while {state.stage}")
        case e.OperatorSaid() if event.operator_id not in speakers(state):
            raise IllegalEvent(f"{event.kind} by {event.operator_id}, who is not in {state.conversation_id}")
        case e.HandedBack() if not (state.stage is Stage.OPERATOR and state.operator_id == event.operator_id):
            raise IllegalEvent(f"{event.kind} by {event.operator_id}, who does not hold {state.conversation_id}")
        case e.Offered() if state.stage is not Stage.QUEUED:
            raise IllegalEvent(f"offered while {state.stage}")
        case e.OfferAccepted() if not (state.offer and state.offer.offer_id == event.offer_id):
            raise IllegalEvent(f"offer {event.offer_id} is not open")
        case e.Requeued() if state.stage not in (Stage.OFFERED, Stage.OPERATOR, Stage.OPERATOR_LOST):
            raise IllegalEvent(f"requeued while {state.stage}")
        case e.HandOffWithdrawn() | e.HandoverCorrected() | e.HandoverConfirmed() if not state.is_waiting:
            raise IllegalEvent(f"{event.kind} while {state.stage}")
        case e.OperatorLost() if state.stage is not Stage.OPERATOR:
            raise IllegalEvent(f"operator lost while {state.stage}")
        case e.OperatorRestored() if state.stage is not Stage.OPERATOR_LOST:
            raise IllegalEvent(f"operator restored while {state.stage}")
        case e.WrappedUp() if state.stage is not Stage.WRAP_UP:
            raise IllegalEvent(f"wrapped up while {state.stage}")
        case c.CallEnded() if not (state.call and state.call.call_id == event.call_id):
            raise IllegalEvent(f"call {event.call_id} is not open")
        case c.HoldChanged() | c.RecordingChanged() | c.ConsultAsked() if state.call is None:
            raise IllegalEvent(f"{event.kind} without a call")
        case c.ConsultAnswered() | c.ConsultMerged() | c.ConsultEnded() if not (state.call and state.call.consult):
            raise IllegalEvent(f"{event.kind} without a consult")
        case c.ConsultAnswered() | c.ConsultEnded() if not (
            state.call and state.call.consult and state.call.consult.operator_id == event.operator_id
        ):
            raise IllegalEvent(f"{event.operator_id} was not asked into {state.conversation_id}")
        case c.OperatorChanged() if not (state.stage is Stage.OPERATOR and state.operator_id == event.before):
            raise IllegalEvent(f"{event.before} does not hold {state.conversation_id}")
        case _:
            return


def speakers(state: State) -> frozenset[str]:
    """Operators who may speak to the customer now: the holder, and a colleague in a three-way call."""
    if state.stage is not Stage.OPERATOR or state.operator_id is None:
        return frozenset()
    consult = state.call.consult if state.call else None
    joined = consult is not None and consult.status is ConsultStatus.MERGED
    return frozenset({state.operator_id, consult.operator_id} if consult and joined else {state.operator_id})


def operator_message_id(event: e.OperatorSaid | e.NoteAdded) -> str:
    """An operator's message id beside the customer's: neither side can use up the other's."""
    return f"{event.operator_id}/{event.client_id}"


def _newest(kept: tuple[T, ...], new: T, limit: int = KEPT) -> tuple[T, ...]:
    return (*kept, new)[-limit:]


def _change(state: State, event: e.Event, at: datetime) -> State:  # one case an event: splitting hides the table
    seq = state.seq + 1
    match event:
        case e.ConversationStarted():
            return replace(
                state,
                channel=event.channel,
                language=event.language,
                device=event.device,
                pre_chat=event.pre_chat,
                started_at=at,
                last_customer_at=at,
            )
        case e.CustomerSaid():
            return replace(
                state,
                last_customer_at=at,
                last_turns=_newest(state.last_turns, QuotedTurn(seq, "customer", event.text), 6),
                client_ids=_newest(state.client_ids, event.client_id, CLIENT_IDS_KEPT),
            )
        case e.AgentSaid():
            return replace(
                state,
                last_agent_text=event.text,
                last_turns=_newest(state.last_turns, QuotedTurn(seq, "agent", event.text), 6),
                articles=_with_articles(state.articles, event.sources, seq),
            )
        case e.OperatorSaid():
            return replace(
                state,
                last_turns=_newest(state.last_turns, QuotedTurn(seq, "operator", event.text), 6),
                client_ids=_newest(state.client_ids, operator_message_id(event), CLIENT_IDS_KEPT),
            )
        case e.Notice():
            return state
        case e.HandoverConfirmed():
            return replace(state, is_handover_confirmed=True, ready_at=at)
        case e.NoteAdded():
            return replace(state, client_ids=_newest(state.client_ids, operator_message_id(event), CLIENT_IDS_KEPT))
        case e.IntentRecognised():
            said = next((turn.text for turn in state.last_turns if turn.seq == event.said_seq), "")
            seen = IntentSeen(event.intent, event.name, event.group, event.confidence, event.said_seq, said[:300])
            declined = tuple(one for one in state.declined if one != event.intent)
            return replace(state, intents=_newest(state.intents, seen), declined=declined, unmatched=0)
        case e.UtteranceUnmatched(is_doubtful=True):
            return state
        case e.UtteranceUnmatched():
            return replace(state, unmatched=state.unmatched + 1)
        case e.MoodNoted():
            return replace(state, moods=_newest(state.moods, event.level, MOOD_WINDOW))
        case e.TopicOpened():
            others = tuple(topic for topic in state.topics if topic.intent != event.intent)
            topic = Topic(event.intent, event.name, event.said_seq, event.words, event.procedure)
            return replace(state, topics=_newest(others, topic), misses=0, last_tool=None)
        case e.TopicClosed():
            topics = tuple(topic for topic in state.topics if topic.intent != event.intent)
            if event.outcome is not TopicOutcome.CANCELLED or event.intent in state.declined:
                return replace(state, topics=topics)
            return replace(state, topics=topics, declined=_newest(state.declined, event.intent))
        case e.SlotFilled():
            slot = Slot(event.name, event.label, event.value, event.said_seq, event.topic)
            return replace(state, slots=_newest(_without(state.slots, event), slot, SLOTS_KEPT), misses=0)
        case e.SlotCleared():
            return replace(state, slots=_without(state.slots, event))
        case e.StepDone():
            told = event.result.get("told") if event.result else None
            facts = _newest(state.facts, ShownFact(str(told), seq)) if told else state.facts
            return replace(state, facts=facts, topics=tuple(_with_step(topic, event) for topic in state.topics))
        case e.TurnUnderstood():
            return state
        case e.LanguageNoticed():
            return replace(state, language=event.language)
        case e.QuestionAsked():
            repeated = event.question is not None and event.question.attempt > 1
            return replace(state, question=event.question, misses=state.misses + 1 if repeated else state.misses)
        case e.IdentityChecked():
            return replace(state, identity=_identity(state, event))
        case e.ToolUsed():
            done = ActionTaken(event.tool, event.is_ok, event.summary, seq)
            facts = (
                _newest(state.facts, ShownFact(event.summary, seq)) if event.is_ok and event.was_told else state.facts
            )
            return replace(state, last_tool=event, actions=_newest(state.actions, done), facts=facts)
        case e.CallbackRequested():
            wanted = Callback(event.callback_id, event.phone, event.when, CallbackStatus.OPEN)
            return replace(state, callbacks=_newest(state.callbacks, wanted))
        case e.CallbackUpdated():
            callbacks = tuple(
                replace(one, status=event.status, operator_id=event.operator_id)
                if one.callback_id == event.callback_id
                else one
                for one in state.callbacks
            )
            return replace(state, callbacks=callbacks)
        case c.AgentHeard():
            return state if event.is_whole else _cut_short(state, event)
        case c.TurnTimed():
            return state
        case (
            c.CallStarted()
            | c.CallEnded()
            | c.HoldChanged()
            | c.RecordingChanged()
            | c.ConsultAsked()
            | c.ConsultAnswered()
            | c.ConsultMerged()
            | c.ConsultEnded()
        ):
            return replace(state, call=call_after(state.call, event, at))
        case _:
            return _change_owner(state, event, at)


def _without(slots: tuple[Slot, ...], event: e.SlotFilled | e.SlotCleared) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots if (slot.name, slot.topic) != (event.name, event.topic))


def _with_step(topic: Topic, event: e.StepDone) -> Topic:
    if topic.intent != event.intent:
        return topic
    others = tuple(step for step in topic.steps if step.step != event.step)
    return replace(topic, steps=_newest(others, Step(event.step, event.inputs, event.result), STEPS_KEPT))


def _cut_short(state: State, event: c.AgentHeard) -> State:
    """What the caller never heard was not said."""
    turns = tuple(replace(one, text=event.text) if one.seq == event.said_seq else one for one in state.last_turns)
    return replace(state, last_turns=tuple(turn for turn in turns if turn.text))


def _change_owner(state: State, event: e.OwnerEvent, at: datetime) -> State:
    match event:
        case e.HandOffRequested():
            return replace(
                state,
                stage=Stage.QUEUED,
                handover=event.context,
                is_handover_confirmed=False,
                queue=event.queue,
                skills=event.skills,
                priority=event.priority,
                queued_at=at,
                ready_at=event.ready_at,
                refusals=(),
                question=None,
            )
        case e.HandoverCorrected():
            priority = state.priority if event.priority is None else event.priority
            return replace(
                state,
                handover=event.context,
                ready_at=event.ready_at,
                is_handover_confirmed=state.is_handover_confirmed and event.is_refreshed,
                priority=priority,
            )
        case e.HandOffWithdrawn():
            return replace(_released(state), stage=Stage.AGENT, queued_at=None, queue=None, misses=0, unmatched=0)
        case e.Offered():
            offer = Offer(event.offer_id, event.operator_id, event.operator_name, event.expires_at)
            return replace(state, stage=Stage.OFFERED, offer=offer)
        case e.OfferAccepted():
            return replace(
                _released(state),
                stage=Stage.OPERATOR,
                operator_id=event.operator_id,
                operator_name=event.operator_name,
                accepted_at=state.accepted_at or at,
                is_handover_confirmed=True,
                topics=(),
                question=None,
            )
        case e.Requeued():
            return _requeue(state, event, at)
        case e.OperatorLost():
            return replace(state, stage=Stage.OPERATOR_LOST, lost_until=event.until)
        case e.OperatorRestored():
            return replace(state, stage=Stage.OPERATOR, lost_until=None)
        case e.HandedBack():
            back = replace(_released(state), stage=Stage.AGENT, queued_at=None, queue=None, topics=(), question=None)
            return replace(back, misses=0, unmatched=0, moods=(), transfers=state.transfers + 1)
        case c.OperatorChanged():
            call = replace(state.call, consult=None, is_held=False) if state.call else None
            return replace(
                state,
                operator_id=event.operator_id,
                operator_name=event.operator_name,
                call=call,
                transfers=state.transfers + 1,
            )
        case e.Ended():
            state = replace(state, ended_at=at, ended_by=event.by, call=None)
            after_call_work = state.is_with_human and event.reason is not ClosureReason.FORCE_CLOSED
            if after_call_work:
                return replace(state, stage=Stage.WRAP_UP, lost_until=None)
            return replace(_released(state), stage=Stage.CLOSED)
        case e.WrappedUp():
            return replace(state, stage=Stage.CLOSED, disposition=event.disposition)
        case _:
            assert_never(event)


def _released(state: State) -> State:
    """Nobody is offered it and no person holds it; nobody is left on hold or in a consult either."""
    call = replace(state.call, is_held=False, consult=None) if state.call else None
    return replace(state, offer=None, operator_id=None, operator_name=None, lost_until=None, call=call, passed_on=None)


def _requeue(state: State, event: e.Requeued, at: datetime) -> State:
    back = replace(_released(state), stage=Stage.QUEUED, passed_on=state.passed_on)
    if event.reason in (RequeueReason.DECLINED, RequeueReason.EXPIRED):
        before = next((one.count for one in state.refusals if one.operator_id == event.operator_id), 0)
        others = tuple(one for one in state.refusals if one.operator_id != event.operator_id)
        return replace(back, refusals=_newest(others, Refusal(event.operator_id, before + 1, at), 24))
    if event.reason is RequeueReason.TRANSFERRED:
        return replace(
            back,
            queue=event.queue,
            skills=(),
            queued_at=at,
            ready_at=at,
            transfers=state.transfers + 1,
            refusals=(),
            passed_on=PassedOn(event.operator_id, state.operator_name or "", event.note),
        )
    return replace(back, ready_at=at, transfers=state.transfers + (1 if state.is_with_human else 0))


def _identity(state: State, event: e.IdentityChecked) -> Identity:
    before = state.identity
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


def _with_articles(
    shown: tuple[ArticleShown, ...], sources: tuple[e.Source, ...], seq: int
) -> tuple[ArticleShown, ...]:
    for source in sources:
        others = tuple(one for one in shown if one.article_id != source.article_id)
        shown = _newest(others, ArticleShown(source.article_id, source.title, seq, source.section))
    return shown
