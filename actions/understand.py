"""What one turn asks for in this conversation: the canary's share, and a language model's choice where in doubt."""

from dataclasses import replace
from datetime import datetime

from actions.centre import Centre
from agent.decision import Clarify, Decision
from agent.heard import Heard
from agent.llm_choice import NONE_OF_THEM, Option
from conversation.state import State
from intents.classify import Candidate, Classification, Zone
from intents.library import Library


async def understand(centre: Centre, state: State, heard: Heard, now: datetime) -> tuple[Heard, Decision]:
    """The turn as this conversation is to understand it, and what the agent decides about it.

    Only where the agent would have asked which of several intents is meant is a language model asked instead. It picks
    one of them or none; without one, or without its answer in time, the customer is asked as before.
    """
    brain = centre.brain
    heard = brain.hearing.listener.heard_in(state.conversation_id, heard)
    decision = brain.agent.decide(state, heard, now)
    if not isinstance(decision, Clarify) or heard.intent.zone is not Zone.UNCERTAIN:
        return heard, decision
    choice = await centre.choose(heard.text, options(heard.intent, brain.agent.library))
    if choice is None:
        return heard, decision
    heard = replace(heard, intent=chosen(heard.intent, choice))
    return heard, brain.agent.decide(state, heard, now)


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
        return replace(found, zone=Zone.OUT_OF_SCOPE)
    best = next(one for one in found.candidates if one.intent == choice)
    rest: tuple[Candidate, ...] = tuple(one for one in found.candidates if one.intent != choice)
    return replace(found, zone=Zone.ACCEPT, candidates=(best, *rest))
