"""The hand-over card, filled from the state by rules: what is known, what is open, what comes next.

Nothing here is generated: a small model's summary invents outcomes and amounts (llm.md 3.3).
"""

from dataclasses import replace
from datetime import datetime

from agent.agent import Agent
from agent.card_size import fitted
from agent.decision import HandOff
from agent.procedures.model import Collect
from conversation import (
    CallbackWish,
    CollectedAttribute,
    EscalationReason,
    HandoverContext,
    IntentSeen,
    Mood,
    OpenAttribute,
    State,
)
from conversation.events import Fact
from intents import Intent, Library, SolutionKind

MOST_WISHES = 3
"""Named in the headline; all are on the card."""

NEEDED = {
    EscalationReason.CUSTOMER_REQUEST: "A person: the customer asked for one.",
    EscalationReason.UNKNOWN_INTENT: "Find out what the customer needs: the agent did not recognise it.",
    EscalationReason.MISSING_KNOWLEDGE: "Answer a question no approved article covers.",
    EscalationReason.UNABLE_TO_PROCEED: "Continue where the agent's questions got no usable answer.",
    EscalationReason.POLICY_RESTRICTION: "A person decides this.",
    EscalationReason.NEGATIVE_SENTIMENT: "Calm an upset customer and resolve it.",
    EscalationReason.AUTHENTICATION_FAILED: "Check the customer's identity another way before sharing anything.",
    EscalationReason.TOOL_FAILURE: "Look it up: the customer records did not answer the agent.",
    EscalationReason.AGENT_ERROR: "Take over: the agent had a technical problem.",
    EscalationReason.LIMIT_REACHED: "Take over: the conversation reached the agent's limit.",
}


def build_context(state: State, decision: HandOff, agent: Agent, now: datetime) -> HandoverContext:
    """The card of a conversation at the moment of hand-over."""
    library = agent.library
    intent = library.find(decision.intent) if decision.intent else _current(state, library)
    seen = next((one for one in reversed(state.dialogue.intents) if intent and one.intent == intent.id), None)
    earlier = tuple(one for one in state.dialogue.intents if one is not seen)
    card = HandoverContext(
        version=1,
        reason=decision.reason,
        is_requested_by_customer=decision.is_requested,
        headline="",
        issue=_issue(state, intent, seen),
        tried=_tried(state),
        needed=_needed(state, decision.reason),
        intent=seen,
        earlier_intents=earlier,
        attributes=_collected(state),
        open_attributes=_open(state, agent, intent),
        identity=state.record.identity,
        facts=state.record.facts,
        actions=state.record.actions,
        articles=state.record.articles,
        mood=mood_of(state),
        language=state.talk.language,
        channel=state.talk.channel,
        device=state.talk.device,
        started_at=state.talk.started_at or now,
        requested_at=state.owner.queued_at or now,
        transfers=state.owner.transfers,
        wish=_wish(state),
        suggested_step=_step(state, agent, intent, decision.reason),
        suggested_reply=_reply(state, intent),
        has_recording_consent=False,
        has_ai_notice=True,
        cases=tuple(slot.value for slot in state.dialogue.slots if slot.name in ("case_number", "claim_number")),
        leads=tuple(slot.value for slot in state.dialogue.slots if slot.name == "application_number"),
        last_turns=state.talk.last_turns,
    )
    return fitted(replace(card, headline=_headline(state, seen, decision)))


def recollected(context: HandoverContext, state: State, agent: Agent, customer_note: str) -> HandoverContext:
    """The card after the customer corrected something while waiting."""
    intent = agent.library.find(context.intent.intent) if context.intent else None
    note = " ".join(part for part in (context.customer_note, customer_note) if part)
    changed = replace(
        context,
        attributes=_collected(state),
        open_attributes=_open(state, agent, intent),
        needed=_needed(state, context.reason) if state.value("care") else context.needed,
        identity=state.record.identity,
        facts=state.record.facts,
        actions=state.record.actions,
        wish=_wish(state),
        language=state.talk.language,
        headline=_renamed(context.headline, state),
        customer_note=note[-1_000:],
        last_turns=state.talk.last_turns,
        cases=tuple(slot.value for slot in state.dialogue.slots if slot.name in ("case_number", "claim_number")),
    )
    return fitted(changed)


def _needed(state: State, reason: EscalationReason) -> str:
    care = state.value("care")
    return f"First of all: {care}." if care else NEEDED[reason]


def _renamed(headline: str, state: State) -> str:
    """With the name once it is known."""
    name = state.record.identity.name
    return headline.replace("The customer", name, 1) if name and headline.startswith("The customer") else headline


def mood_of(state: State) -> Mood:
    """Mean of the last six customer turns, and whether the newer half is better than the older."""
    levels = state.dialogue.moods
    if not levels:
        return Mood()
    half = len(levels) // 2
    older, newer = levels[:half], levels[half:]
    change = (sum(newer) / len(newer) - sum(older) / len(older)) if older else 0.0
    return Mood(round(sum(levels) / len(levels)), 1 if change >= 0.5 else -1 if change <= -0.5 else 0)


def _current(state: State, library: Library) -> Intent | None:
    if state.topic:
        return library.find(state.topic.intent)
    return library.find(state.dialogue.intents[-1].intent) if state.dialogue.intents else None


def _headline(state: State, seen: IntentSeen | None, decision: HandOff) -> str:
    who = state.record.identity.name or _fact(state.talk.pre_chat, "name") or "The customer"
    if seen:
        open_too = [topic.name for topic in reversed(state.dialogue.topics) if topic.intent != seen.intent]
        wishes = [f"{name[:1].lower()}{name[1:]}" for name in (seen.name, *open_too)]
        return f"{who}: {'; '.join(wishes[:MOST_WISHES])}."
    if decision.is_requested:
        return f"{who} would like to talk to a person."
    return f"{who} needs a person's help."


def _fact(facts: tuple[Fact, ...], name: str) -> str | None:
    return next((fact.value for fact in facts if fact.name == name), None)


def _issue(state: State, intent: Intent | None, seen: IntentSeen | None) -> str:
    said = [turn.text for turn in state.talk.last_turns if turn.speaker == "customer"]
    first = (seen.words if seen else "") or max(said, key=len, default="")
    wish = f"{intent.name}. " if intent else ""
    return f"{wish}In the customer's words: “{first[:300]}”" if first else wish.strip()


def _tried(state: State) -> str:
    used = [
        f"{action.tool.replace('_', ' ')} ({'ok' if action.is_ok else 'failed'})" for action in state.record.actions
    ]
    read = [f"article “{article.title}”" for article in state.record.articles]
    return "; ".join([*used, *read])


def _collected(state: State) -> tuple[CollectedAttribute, ...]:
    checked = state.record.identity.checked
    return tuple(
        CollectedAttribute(slot.name, slot.label, slot.value, slot.said_seq, (slot.name, slot.value) in checked)
        for slot in state.dialogue.slots
    )


def _open(state: State, agent: Agent, intent: Intent | None) -> tuple[OpenAttribute, ...]:
    """What the wish's procedure asks everybody for and this customer has not said."""
    procedure = agent.procedures.get(intent.id) if intent else None
    return tuple(
        OpenAttribute(
            step.name, step.label, step.prompt.source if "{" not in step.prompt.source else "", not step.may_be_unknown
        )
        for step in (procedure.steps if procedure else ())
        if isinstance(step, Collect) and not step.is_optional and step.when is None and state.value(step.name) is None
    )


def _wish(state: State) -> CallbackWish | None:
    newest = state.record.callbacks[-1] if state.record.callbacks else None
    return CallbackWish(newest.phone, newest.when) if newest else None


def _step(state: State, agent: Agent, intent: Intent | None, reason: EscalationReason) -> str:
    missing = _open(state, agent, intent)
    if state.value("care"):
        return "See first that they are safe and well; everything else can wait."
    if reason is EscalationReason.AUTHENTICATION_FAILED:
        return "Identify the customer by another route, then continue."
    if missing and missing[0].is_mandatory:
        return f"Ask: {missing[0].prompt or missing[0].label}"
    if intent and intent.solution and intent.solution.kind is SolutionKind.ARTICLE:
        return f"See the article “{intent.solution.target.replace('-', ' ')}”."
    if intent and reason is EscalationReason.CUSTOMER_REQUEST and state.record.facts:
        return f"“{intent.name}” was answered by the agent; ask what is still missing."
    if intent:
        return f"Go ahead with: {intent.name[:1].lower()}{intent.name[1:]}."
    return "Ask what the customer needs."


def _reply(state: State, intent: Intent | None) -> str:
    first_name = state.record.identity.name.split()[0] if state.record.identity.name else ""
    hello = f"Hello {first_name}," if first_name else "Hello,"
    about = f" about “{intent.name.lower()}”" if intent else ""
    return f"{hello} I've read what you told our assistant{about}, so there's no need to repeat it."
