"""What the customer says they do not want: the task that is open, or the record that was just told."""

import re
from typing import TYPE_CHECKING

from agent.draft import DecisionDraft
from agent.procedures.model import Pick, Procedure
from agent.understanding.commands import SetValue
from conversation.words import TopicOutcome
from encoder.stems import content_stems
from intents.library import Intent

if TYPE_CHECKING:
    from agent.agent import Agent

_DO_NOT = r"\b(?:did|do)(?:n'?t| not)"
_NOT_THAT = re.compile(
    r"\bnot (?:that|this)(?: one)?(?=[.,!?]|$)|\b(?:that|this)(?:'s| is) not what i (?:want|ask|mean|said)"
    rf"|{_DO_NOT} (?:want|need|mean|ask for) (?:to (?:do|make|have|add) )?"
    r"(?:that|this|it|another(?: one)?|a new one|any of (?:that|this))\b"
    r"|\b(?:nothing|not something) new\b"
    r"|\bi (?:never|did(?:n'?t| not)) ask(?:ed)? (?:for|about|you) (?:that|this|to)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    rf"(?:{_DO_NOT} (?:want|need|ask for|mean)(?: to)?|\bno(?! claims?\b)|\bnothing to|\bno need (?:to|for)"
    r"|\bnot asking (?:to|for))\s+((?:[\w'-]+\s?){1,4})",
    re.IGNORECASE,
)
"""Followed by what is not wanted: "no call needed", "I don't want to complain again", "nothing to add"."""


def rejects(text: str, procedure: Procedure, intent: Intent | None) -> bool:
    """True when the turn says that this procedure is not what its customer wants."""
    if _NOT_THAT.search(text):
        return True
    return declines(text, procedure, intent)


def declines(text: str, procedure: Procedure, intent: Intent | None) -> bool:
    """True when the turn names what the procedure does as not wanted: "no call needed".

    Where a no is itself the wish ("don't renew it"), the intent's examples say so, and it declines nothing.
    """
    negated = _negated(text)
    if not negated:
        return False
    words = negated & content_stems(f"{procedure.noun} {intent.name if intent else ''}")
    return bool(words - {word for one in intent.examples for word in _negated(one.text)} if intent else words)


def _negated(text: str) -> set[str]:
    return {word for match in _NEGATED.finditer(text) for word in content_stems(match[1])}


def notice_rejection(agent: "Agent", draft: DecisionDraft, values: tuple[SetValue, ...]) -> None:
    """Leave what the customer does not want; this turn does not start it again."""
    topic, procedure = draft.state.topic, agent.procedure_of(draft)
    text = draft.understood.text
    if topic is None or procedure is None:
        draft.rejected = _just_told(draft) if _NOT_THAT.search(text) else ""
    elif not values and not _is_choosing(draft, procedure) and rejects(text, procedure, draft.intent):
        draft.rejected = topic.intent
        draft.close_topic(TopicOutcome.CANCELLED)
    if draft.rejected:
        draft.understand(f"reject {draft.rejected}")


def _is_choosing(draft: DecisionDraft, procedure: Procedure) -> bool:
    """ "Not that one" among several that were offered is a choice."""
    slot = draft.asked.slot if draft.asked else None
    return any(isinstance(step, Pick) and step.name == slot for step in procedure.all_steps())


def _just_told(draft: DecisionDraft) -> str:
    """The intent served in the answer before this turn; empty when there was none."""
    said = [turn.seq for turn in draft.state.last_turns if turn.speaker == "customer"]
    last = draft.state.intents[-1] if draft.state.intents else None
    return last.intent if last is not None and len(said) > 1 and last.said_seq >= said[-3:][0] else ""
