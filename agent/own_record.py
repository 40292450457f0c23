"""Turns about a record of the customer that no wish names: a number, one more, more of it."""

import re

from agent import identity
from agent.agent import Agent
from agent.draft import DecisionDraft
from agent.wishes import FIRST, Wishes
from conversation import Assurance
from encoder import stems
from intents import Intent

_MORE = re.compile(
    r"\b(?:why|how(?: come| did| do| was| is| much| long)|what (?:was|is|were|are|did|does)"
    r"|that (?:£|money|sum|date|day|one)"
    r"|when(?:'s|s)?|who(?:'?s|m)?|which|whole|where|all of it|for what|not yet|already sent|i sent|i asked)\b"
)

FEW_WORDS = 5
"""A turn of no more says nothing beside a number."""

_POINTS = re.compile(r"\b(?:look(?:ing)? (?:at|up|it up|into)|check|pull (?:it |that )?up|under|open)\b", re.IGNORECASE)
"""At the number that the turn names: "you have case 4491, look at that one"."""


def named_record(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> Intent | None:
    """ "No, MY case 8002, when do I hear?" asks about that case, and not what an article says of cases."""
    is_known = draft.state.record.identity.assurance >= Assurance.VERIFIED
    is_sure = any((passage.confidence or 0.0) >= FIRST for _, passage in wishes.questions)
    if not is_known or is_sure or draft.state.topic is not None or not draft.understood.whole.is_question:
        return None
    return by_reference(agent, draft, is_alone=False)


def of_their_record(agent: Agent, draft: DecisionDraft) -> Intent | None:
    """Who adds their details to a question wants it answered out of their record: the likeliest look-up."""
    given = {slot.name for slot in draft.state.dialogue.slots if slot.said_seq == draft.understood.seq}
    is_known = draft.state.record.identity.assurance >= Assurance.MATCHED
    if identity.BIRTH not in given or is_known or not (draft.is_exhausted or draft.understood.whole.is_question):
        return None
    if (named := by_reference(agent, draft, is_alone=False)) is not None:
        return named
    likely = [one.intent for one in draft.understood.whole.intent.candidates if agent.is_look_up(one.intent)]
    return next((agent.library.find(one) for one in (*likely, *agent.look_ups.values())), None)


def is_of_record(draft: DecisionDraft, wishes: Wishes) -> bool:
    """A question about what was just told of their record, which no article surely answers."""
    is_in_doubt = bool(wishes.questions) and not any(passage.is_sure for _, passage in wishes.questions)
    return is_in_doubt and not wishes.starts and draft.state.topic is None and not draft.rejected


def same_again(agent: Agent, draft: DecisionDraft) -> Intent | None:
    """The look-up done last, for another record ("and the house one?") or for more of it ("why not all of it?")."""
    words = draft.understood.text.lower()
    if (
        not draft.state.dialogue.intents
        or len(words.split()) > 18
        or draft.state.record.identity.assurance < Assurance.MATCHED
    ):
        return None
    seen = draft.state.dialogue.intents[-1]
    last = seen.intent
    if not agent.is_look_up(last) or not any(fact.seq > seen.said_seq for fact in draft.state.record.facts):
        return None  # nothing of a record was told
    named = {stem for name, others in agent.synonyms.items() for one in (name, *others) for stem in stems(one)}
    is_other = bool(named & set(stems(words))) or re.search(
        r"\b(?:other|another|second|both|the rest)\b|\b(?:the|my|and|that) \w+ one\b(?! of)", words
    )
    first = draft.understood.whole.passage
    is_unanswered = draft.understood.whole.is_question and not (first and first.is_answer)
    is_more = is_unanswered or _MORE.search(words)
    return agent.library.find(last) if is_other or is_more else None


def by_reference(agent: Agent, draft: DecisionDraft, *, is_alone: bool = True) -> Intent | None:
    """The intent of a number that one look-up goes by. `is_alone`: the turn says nothing else, or points at it."""
    text = draft.understood.text
    if is_alone and len(text.split()) > FEW_WORDS and not _POINTS.search(text):
        return None
    named = {slot.name for slot in draft.state.dialogue.slots if slot.said_seq == draft.understood.seq}
    return next((agent.library.find(agent.look_ups[kind]) for kind in agent.look_ups if kind in named), None)
