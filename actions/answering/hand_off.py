"""The agent gives the conversation to a person: what is passed on, to which queue, and what the customer is told."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from actions.change import Centre, waiting_item
from agent import AdjustHandOff, HandOff, build_context, recollected, wording
from conversation import HandoverContext, QuestionKind, State, TopicOutcome
from conversation.events import (
    AgentSaid,
    Event,
    HandOffRequested,
    HandOffWithdrawn,
    HandoverConfirmed,
    HandoverCorrected,
    Question,
    QuestionAsked,
    TopicClosed,
)
from routing import Staffing, WaitingItem, staffing
from tenant import Queue

SHOWN_ATTRIBUTES = 12


async def events_of(centre: Centre, state: State, decision: HandOff) -> list[Event]:
    """The hand-over as events: into the queue with the card, or, out of hours, an honest no and a callback offer."""
    now = centre.clock()
    intent = centre.agent_slot.runtime.agent.library.find(decision.intent) if decision.intent else None
    if intent is None and state.topic:
        intent = centre.agent_slot.runtime.agent.library.find(state.topic.intent)
    if intent is None and state.dialogue.intents:
        intent = centre.agent_slot.runtime.agent.library.find(state.dialogue.intents[-1].intent)
    queue = centre.tenant.queue(decision.queue or (intent.queue if intent else None))
    skills = tuple(intent.skills) if intent and queue.id == intent.queue else ()
    if decision.urgent and not queue.hours.is_open(now):
        queue, skills = _open_queue(centre, queue, now), ()
    context = build_context(state, decision, centre.agent_slot.runtime.agent, now)
    context = replace(context, agent_summary=await centre.agent_slot.sum_up(state.talk.last_turns) or "")
    priority = min(queue.priority + decision.extra_priority, 10_000)
    language = state.talk.language if state.talk.language != centre.tenant.language else ""
    item = WaitingItem(state.conversation_id, queue.id, skills, priority, now, now, language=language)
    found = await _staffing(centre, queue, item)
    if not found.is_open:
        return _closed(queue, found, now)
    ready_at = now + _review(centre, state)
    closing: list[Event] = [TopicClosed(topic.intent, TopicOutcome.HANDED_OVER) for topic in state.dialogue.topics]
    return [
        *closing,
        HandOffRequested(context, queue.id, skills, priority, ready_at),
        AgentSaid(
            f"{_opening(queue, found)} This is what I'll pass on, so you needn't repeat it:",
            choices=() if found.free_slots else ("Book a callback",),
            card=summary_card(context, ready_at.isoformat()),
        ),
    ]


def _open_queue(centre: Centre, closed: Queue, now: datetime) -> Queue:
    """For what cannot wait: the most urgent queue that is open."""
    opened = [one for one in centre.tenant.queues if one.hours.is_open(now)]
    return max(opened, key=lambda one: one.priority, default=closed)


async def adjustments(centre: Centre, state: State, decision: AdjustHandOff) -> list[Event]:
    """What follows when the waiting customer corrects, confirms or withdraws."""
    if decision.is_withdrawn:
        return [HandOffWithdrawn()]
    if decision.is_confirmed:
        return [HandoverConfirmed()]
    if state.owner.handover is None:
        return []
    context = recollected(state.owner.handover, state, centre.agent_slot.runtime.agent, decision.customer_note)
    if decision.extra_priority:
        priority = min(state.owner.priority + decision.extra_priority, 10_000)
        return [HandoverCorrected(context, state.owner.ready_at or centre.clock(), priority)]
    if decision.says:
        return [HandoverCorrected(context, state.owner.ready_at or centre.clock())]
    ready_at = centre.clock() + _review(centre, state)
    return [
        HandoverCorrected(context, ready_at),
        AgentSaid(wording.CORRECTED, card=summary_card(context, ready_at.isoformat())),
    ]


def refreshed(centre: Centre, state: State) -> list[Event]:
    """The card of somebody who waits, with what was learnt since; nothing where nothing was."""
    if not state.is_waiting or state.owner.handover is None:
        return []
    context = recollected(state.owner.handover, state, centre.agent_slot.runtime.agent, "")
    is_new = replace(context, last_turns=()) != replace(state.owner.handover, last_turns=())
    return [HandoverCorrected(context, state.owner.ready_at or centre.clock(), is_refreshed=True)] if is_new else []


def _review(centre: Centre, state: State) -> timedelta:
    """How long the customer may correct the summary: in a call no longer than the ear can wait."""
    return min(centre.timing.review, centre.timing.call_review) if state.call else centre.timing.review


def summary_card(context: HandoverContext, ready_at: str) -> dict[str, Any]:
    """The part of the card the customer sees: nothing that is not theirs to know."""
    return {
        "kind": "handover",
        "headline": context.headline,
        "issue": f"You said: “{context.intent.words}”" if context.intent and context.intent.words else "",
        "needed": context.customer_note,
        "attributes": [
            {"name": one.name, "label": one.label, "value": wording.spaced(one.value)}
            for one in context.attributes[-SHOWN_ATTRIBUTES:]
        ],
        "ready_at": ready_at,
    }


async def place_in_queue(centre: Centre, state: State) -> Staffing:
    """Where a waiting customer stands."""
    queue = centre.tenant.queue(state.owner.queue)
    return await _staffing(
        centre, queue, replace(waiting_item(state, centre.clock(), centre.tenant.language), queue=queue.id)
    )


async def _staffing(centre: Centre, queue: Queue, item: WaitingItem) -> Staffing:
    seen = await centre.queue_snapshots.look()
    return staffing(queue, item, seen.waiting, seen.operators, centre.clock())


def _opening(queue: Queue, found: Staffing) -> str:
    team = f"our {queue.name.lower()} team"
    if found.free_slots and found.position <= found.free_slots:
        return f"I'm putting you through to {team}."
    if found.on_duty:
        wait = wording.wait_in_words(found.estimate_seconds)
        return f"Everyone in {team} is busy just now. You're number {found.position} in the queue; {wait}."
    return (
        f"Nobody in {team} is available at this moment, so I can't promise how long it will take. I'll keep your place"
        " in the queue, or we can call you back."
    )


def _closed(queue: Queue, found: Staffing, now: datetime) -> list[Event]:
    text = (
        f"I'm sorry, our {queue.name.lower()} team is closed now. {wording.opening_in_words(found.opens_at, now)}"
        " Shall I book a callback, so that a colleague rings you?"
    )
    return [
        QuestionAsked(Question(QuestionKind.OFFER_CALLBACK)),
        AgentSaid(text, choices=("Yes, book a callback", "No, thanks")),
    ]
