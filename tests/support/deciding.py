"""The agent as a function: a tenant without models, and turns whose meaning a test says itself."""

import functools
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from actions.answering import with_system_intents
from agent import Agent, Decision, HandOff, parse_pack, read_pack
from agent.procedures import by_intent
from agent.understanding import Understanding
from agent.understanding.acts import Act
from agent.understanding.understanding import Clause, Urgency
from conversation import Channel, State
from conversation.events import AgentSaid, ConversationStarted, CustomerSaid, Event
from conversation.fold import apply_all
from encoder import HashingEncoder
from intents import Classification, Zone, load_library
from intents.classify import Candidate
from knowledge import KnowledgeIndex

DEMO = Path(__file__).parents[2] / "demo" / "insurer"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@functools.cache
def demo_agent() -> Agent:
    """The demonstration's intents, procedures and safe words; it knows no article."""
    pack = parse_pack(read_pack(DEMO))
    return Agent(
        with_system_intents(load_library(DEMO / "intents.yaml")),
        KnowledgeIndex((), HashingEncoder()),
        by_intent(pack.procedures),
        references=pack.references,
        safety=pack.safety,
        wording=pack.wording,
        synonyms=pack.synonyms,
    )


def begun(*more: Event) -> State:
    """A conversation that has started, and what else happened."""
    started = (ConversationStarted(Channel.CHAT, "en"), AgentSaid("Hello, I'm an AI assistant."))
    return apply_all(State("c-1"), [*started, *more], NOON)


def heard(state: State, text: str) -> State:
    """The state once the customer has said it."""
    return apply_all(state, [CustomerSaid(text, f"m-{state.seq}")], NOON)


def after(state: State, decision: Decision) -> State:
    """The state with what the decision notes, and says where it waits for the customer."""
    says = [] if isinstance(decision, HandOff) else [AgentSaid(one.text) for one in getattr(decision, "says", ())]
    return apply_all(state, [*decision.notes, *says], NOON)


def means(
    state: State,
    text: str,
    wish: str = "",
    probability: float = 0.95,
    *,
    acts: Iterable[Act] = (),
    asks: bool = False,
    urgent: str = "",
    is_legal: bool = False,
    language: str | None = "en",
    mood: int = 0,
    was_masked: bool = False,
) -> Understanding:
    """What the models would make of the turn: `wish` an intent's id, none for a turn no intent covers."""
    candidates = (Candidate(wish, probability),) if wish else ()
    zone = Zone.ACCEPT if wish and probability >= 0.5 else Zone.OUT_OF_SCOPE
    found = Classification(zone, candidates, 0.0 if wish else -4.0, probability, (), 1)
    query = demo_agent().knowledge.query(text)
    clause = Clause(text, found, frozenset(acts), (), query, asks)
    return Understanding(
        text=text,
        seq=state.seq,
        whole=clause,
        clauses=(clause,),
        spans=(),
        language=language,
        urgency=Urgency(urgent, by_words=True) if urgent else None,
        is_legal=is_legal,
        mood=mood,
        was_masked=was_masked,
    )
