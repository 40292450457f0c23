"""Danger and need: safe words and a person at once, unless it is surely none."""

import re

from agent import identity
from agent.agent import Agent
from agent.context import context_of
from agent.decision import Decision, HandOff
from agent.draft import DecisionDraft
from agent.topics import note_values, recognise
from agent.understanding.acts import Act
from agent.understanding.commands import (
    values_of,
)
from agent.understanding.dates import find_days
from agent.understanding.safety import Category
from agent.understanding.understanding import Urgency
from agent.wishes import OWN_ARTICLE
from conversation import EscalationReason

_GOES_ON = re.compile(
    r"\b(?:still|right now|now|keeps? (?:on )?\w+ing|won'?t stop|can'?t stop|getting worse|trapped|stuck|bleeding"
    r"|help)\b",
    re.IGNORECASE,
)
"""The danger of an earlier day is not over."""

_KEEPS = re.compile(
    r"\b(?:do not|don'?t) (?:you )?(?:end|stop|cancel) (?:it|that|anything|everything|any of it)\b", re.IGNORECASE
)
"""Something is to go on: no words of somebody who wants to end it all."""

_REASSURES = re.compile(
    r"\b(?:i'?m|he'?s|she'?s|it'?s|we'?re|they'?re|everyone'?s?|everybody'?s?|dad'?s|mum'?s) (?:\w+ ){0,2}"
    r"(?:safe|ok(?:ay)?|fine|all ?right|better|home)\b"
    r"|\b(?:not|isn'?t) (?:in (?:any )?danger|dying|hurt|ill|urgent|an emergency|like that)\b"
    r"|\bno(?:body|-?one)(?:'s| is| was| has|s)? (?:hurt|injured|ill|died|dead|dying)\b"
    r"|\b(?:don'?t|do not|no) need (?:an? |any )?(?:ambulance|police|sympathy|call ?back|person)\b",
    re.IGNORECASE,
)
"""Nobody is in need, by their own words."""

_SAYS_NO = re.compile(r"^(?:oh )?(?:no+|nope|neither|not|nah)\b", re.IGNORECASE)

MOST_ANSWERS = 2
"""Passages read to somebody in need, who hears most from a person."""

SURE_ALARM = 0.85
"""The classifier's alarm in the middle of something else must be as sure as this."""

PLAIN_WISH, SURER_ALARM = 0.8, 0.95
"""Beside so plain an ordinary wish, or for somebody else, it must be surer still."""


def alarm(agent: Agent, draft: DecisionDraft) -> Category | None:
    """The danger or need in this turn, if it is one."""
    urgency = draft.understood.urgency
    category = agent.safety.category(urgency.category) if urgency else None
    return None if _is_no_alarm(agent, draft, urgency) else category


def when_in_danger(agent: Agent, draft: DecisionDraft) -> Decision | None:
    category = alarm(agent, draft)
    if category is None:
        return None
    draft.understand(f"urgent {category.id}")
    note_values(draft, values_of(draft.understood, context_of(agent, draft)))
    draft.fill("care", "take care", category.label)
    if category.intent and category.kind == "vulnerable":
        draft.fill(identity.SPEAKS_FOR, "speaks for", identity.DECEASED)
    draft.say(category.say)
    _answer_urgent(agent, draft, category)
    _wish_of_urgent(agent, draft, category)
    return HandOff(
        EscalationReason.POLICY_RESTRICTION,
        intent=category.intent or None,
        queue=category.queue,
        urgent=category.label,
        says=draft.says,
        notes=draft.settled(),
        extra_priority=category.priority,
    )


def _is_no_alarm(agent: Agent, draft: DecisionDraft, urgency: Urgency | None) -> bool:
    """The classifier alone, in doubt, about an answer to our question or about what is said in passing."""
    if urgency is None or urgency.by_words:
        return False
    if _KEEPS.search(draft.understood.text) or _is_past(agent, draft, urgency) or _is_reassured(agent, draft, urgency):
        return True
    whole = draft.understood.whole
    best = next(iter(whole.intent.candidates), None)
    is_plain = best is not None and best.probability >= PLAIN_WISH and best.intent not in agent.safety.alarming
    if is_plain or identity.speaks_for(draft.understood.text) is not None:
        return urgency.probability < SURER_ALARM
    if urgency.probability >= SURE_ALARM:
        return False
    return draft.asked is not None or draft.understood.has(Act.WANTS_PERSON, Act.ANGER, Act.CLOSING, Act.THANK)


def _is_reassured(agent: Agent, draft: DecisionDraft, urgency: Urgency) -> bool:
    """ "I'm fine, it's just a divorce", and a no in the middle of something else, is nobody in need."""
    category = agent.safety.category(urgency.category)
    if category is None or category.kind != "vulnerable":
        return False
    text = draft.understood.text
    is_no = bool(draft.state.dialogue.intents or draft.asked) and bool(_SAYS_NO.search(text))
    return bool(_REASSURES.search(text)) or (is_no and urgency.probability < SURER_ALARM)


def _is_past(agent: Agent, draft: DecisionDraft, urgency: Urgency) -> bool:
    """A danger that passes, told of an earlier day, with nothing that says it goes on."""
    category = agent.safety.category(urgency.category)
    if category is None or not category.passes or _GOES_ON.search(draft.understood.text):
        return False
    today = draft.now.date()
    # Days without a year are read as ahead: what may be meant to come is no reason for calm.
    return any(one.day < today for one in find_days(draft.understood.text, today, future=True))


def _answer_urgent(agent: Agent, draft: DecisionDraft, category: Category) -> None:
    whole = draft.understood.whole
    if not any(clause.is_question for clause in (whole, *draft.understood.clauses)):
        return
    asking = [clause for clause in draft.understood.clauses if clause.is_question] or [whole]
    for clause in asking[:MOST_ANSWERS]:
        found = [
            one for article in category.answers for one in agent.knowledge.search(clause.query, limit=1, within=article)
        ]
        best = max(found, key=lambda one: one.score, default=None)
        if best is not None and best.score >= OWN_ARTICLE and (best.article_id, best.section) not in draft.read_out:
            draft.quote(agent.knowledge.condensed(best, clause.query))


def _wish_of_urgent(agent: Agent, draft: DecisionDraft, category: Category) -> None:
    own = agent.library.find(category.intent) if category.intent else None
    wish = draft.understood.whole.wish
    intent = own or (agent.library.find(wish) if wish else None)
    if intent is not None and intent.id in agent.procedures and draft.state.topic is None:
        recognise(agent, draft, intent, draft.understood.whole.intent)
