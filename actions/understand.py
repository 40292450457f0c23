"""What one turn asks for in this conversation: the canary's share, and a language model's choice where in doubt."""

from dataclasses import replace
from datetime import datetime

from actions.centre import Centre
from agent.decision import Clarify, Decision
from agent.llm_choice import NONE_OF_THEM, Option
from agent.understanding.understanding import Understanding
from conversation.state import State
from intents.classify import Candidate, Classification, Zone
from intents.library import Library

CHOSEN, NOT_KNOWN = 0.95, -9.0
"""Probability of what a reader chose, and the scope score of what they say is none of it."""


async def understand(
    centre: Centre, state: State, understood: Understanding, now: datetime
) -> tuple[Understanding, Decision]:
    """The turn as this conversation is to understand it, and what the agent decides about it.

    Only where the agent would have asked which of several intents is meant is a language model asked instead. It picks
    one of them or none; without one, or without its answer in time, the customer is asked as before.
    """
    runtime = centre.runtime
    understood = runtime.understanding.understander.in_conversation(state.conversation_id, understood)
    agent = runtime.agent.in_conversation(state.conversation_id)
    decision = agent.decide(state, understood, now)
    if not isinstance(decision, Clarify):
        return understood, decision
    choice = await centre.choose(understood.text, options(understood.whole.intent, agent.library))
    if choice is None:
        return understood, decision
    whole = replace(understood.whole, intent=chosen(understood.whole.intent, choice))
    understood = replace(understood, whole=whole, clauses=(whole,))
    return understood, agent.decide(state, understood, now)


def options(found: Classification, library: Library) -> tuple[Option, ...]:
    """The candidates with what a language model needs to tell them apart."""
    intents = [intent for one in found.candidates if (intent := library.find(one.intent)) is not None]
    return tuple(
        Option(one.id, one.name, one.description, tuple(example.text for example in one.examples[:2]))
        for one in intents
    )


def chosen(found: Classification, choice: str) -> Classification:
    """The classification once somebody who can read has chosen."""
    if choice == NONE_OF_THEM:
        return replace(found, zone=Zone.OUT_OF_SCOPE, score=min(found.score, NOT_KNOWN))
    best = next(one for one in found.candidates if one.intent == choice)
    rest: tuple[Candidate, ...] = tuple(one for one in found.candidates if one.intent != choice)
    sure = replace(best, probability=max(best.probability, CHOSEN))
    return replace(found, zone=Zone.ACCEPT, candidates=(sure, *rest), score=max(found.score, 0.0))
