"""What the agent does for a customer who waits for a person: correct the summary, answer, take out of the queue."""

import re
from typing import TYPE_CHECKING

from agent.answers import answer, open_callback
from agent.decision import AdjustHandOff, Decision
from agent.draft import DecisionDraft
from agent.topics import advance, note_values
from agent.understanding.acts import Act
from agent.understanding.commands import values_of
from agent.understanding.yes_no import read_yes_no
from agent.wishes import Wishes
from agent.wording import lines
from conversation.words import QuestionKind, TopicOutcome

if TYPE_CHECKING:
    from agent.agent import Agent

_CONFIRMS = re.compile(
    r"\b(?:looks? (?:right|good|fine|ok)|pass it on|send it|that'?s (?:right|correct|fine|it))\b", re.IGNORECASE
)
_LEAVES = re.compile(
    r"\b(?:stay with you|no (?:person|operator|need)|don'?t need (?:a |an )?(?:person|operator)|leave the queue)\b",
    re.IGNORECASE,
)
SHORT = 8
"""Words; a longer "cancel …" says what the customer wants, not that they want out of the queue."""


def while_waiting(agent: "Agent", draft: DecisionDraft) -> Decision:
    """The customer wrote while in the queue. The agent helps; it never keeps the person away."""
    understood = draft.understood
    is_short = len(understood.text.split()) <= SHORT
    category = agent.safety.category(understood.urgency.category) if understood.urgency else None
    if category is not None and category.kind == "emergency":
        draft.say(lines.SAFE_WAITING)
        return draft.reply_keeping_question()
    if draft.asked is not None and draft.state.topic is not None:
        return _continue_callback(agent, draft)
    if understood.has(Act.WANTS_CALLBACK):
        booking = open_callback(agent, draft)
        if booking is not None:
            return booking
    if (understood.has(Act.CANCEL_TASK) and is_short) or _LEAVES.search(understood.text):
        draft.ask(QuestionKind.ANYTHING_ELSE, lines.LEFT_QUEUE)
        return AdjustHandOff(draft.says, draft.settled(), is_withdrawn=True)
    changed = note_values(draft, values_of(understood, agent.context(draft)))
    if changed:
        return AdjustHandOff((), draft.noted(), customer_note=understood.text)
    is_yes = read_yes_no(understood.text) == "yes" and is_short
    if not draft.state.is_handover_confirmed and (is_yes or _CONFIRMS.search(understood.text)):
        draft.say(lines.PASSED_ON)
        return AdjustHandOff(draft.says, draft.noted(), is_confirmed=True)
    if understood.has(Act.THANK, Act.GREET, Act.NO, Act.CLOSING, Act.ACKNOWLEDGE) and is_short:
        draft.say(lines.KEEP_PLACE)
        return draft.reply_keeping_question()
    passage = understood.whole.passage
    if passage and passage.is_answer and understood.whole.is_question and not understood.has(Act.WANTS_PERSON):
        draft.say("While you wait, this may help:")
        draft.quote(agent.knowledge.condensed(passage, understood.whole.query))
        return draft.reply_keeping_question()
    draft.say(lines.NOTED_FOR_OPERATOR)
    return AdjustHandOff(draft.says, draft.noted(), customer_note=understood.text)


def _continue_callback(agent: "Agent", draft: DecisionDraft) -> Decision:
    understood = draft.understood
    if understood.has(Act.CANCEL_TASK, Act.WANTS_PERSON):
        draft.close_topic(TopicOutcome.CANCELLED)
        draft.say("All right, no callback. You keep your place in the queue.")
        return draft.reply()
    context = agent.context(draft)
    values = values_of(understood, context)
    note_values(draft, values)
    return answer(agent, draft, context, values, Wishes((), ())) or advance(agent, draft)
