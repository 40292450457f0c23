"""What the agent does for a customer who waits for a person: correct the summary, answer, take out of the queue."""

import re

from agent import topics, wording
from agent.answers import answer, correct_slot, open_callback
from agent.decision import AdjustHandOff, Decision
from agent.references import note_references
from agent.signals import Signal
from agent.turn import Turn
from conversation.words import QuestionKind, TopicOutcome
from knowledge.search import KnowledgeIndex

_CONFIRMS = re.compile(
    r"\b(?:looks? (?:right|good|fine|ok)|pass it on|send it|that'?s (?:right|correct|fine|it))\b", re.I
)
_LEAVES = re.compile(
    r"\b(?:stay with you|no (?:person|operator|need)|don'?t need (?:a |an )?(?:person|operator)|leave the queue)\b",
    re.I,
)


SHORT = 40
"""A longer "cancel …" says what the customer wants, not that they want out of the queue."""


def while_waiting(turn: Turn, knowledge: KnowledgeIndex) -> Decision:
    """The customer wrote while in the queue. The agent helps; it never keeps the person away."""
    heard = turn.heard
    if turn.asked is not None and turn.state.topic is not None:
        return _continue_callback(turn, knowledge)
    if heard.has(Signal.WANTS_CALLBACK):
        booking = open_callback(turn, knowledge)
        if booking is not None:
            return booking
    if (heard.has(Signal.CANCEL) and len(heard.text) < SHORT) or _LEAVES.search(heard.text):
        turn.ask(QuestionKind.ANYTHING_ELSE, wording.LEFT_QUEUE)
        return AdjustHandOff(turn.says, turn.settled(), is_withdrawn=True)
    changed = correct_slot(turn) if heard.has(Signal.CORRECTION) else None
    if changed or note_references(turn):
        return AdjustHandOff((), tuple(turn.notes), customer_note=heard.text)
    if not turn.state.is_handover_confirmed and (heard.has(Signal.YES) or _CONFIRMS.search(heard.text)):
        turn.say(wording.PASSED_ON)
        return AdjustHandOff(turn.says, tuple(turn.notes), is_confirmed=True)
    if heard.has(Signal.THANKS, Signal.GREETING, Signal.NO, Signal.GOODBYE):
        turn.say(wording.KEEP_PLACE)
        return turn.reply_keeping_question()
    passage = next(iter(heard.passages), None)
    if passage and passage.is_answer and not heard.has(Signal.WANTS_PERSON):
        turn.say("While you wait, this may help:")
        turn.quote(passage)
        return turn.reply_keeping_question()
    turn.say(wording.NOTED_FOR_OPERATOR)
    return AdjustHandOff(turn.says, tuple(turn.notes), customer_note=heard.text)


def _continue_callback(turn: Turn, knowledge: KnowledgeIndex) -> Decision:
    if turn.heard.has(Signal.CANCEL, Signal.WANTS_PERSON):
        turn.close_topic(TopicOutcome.CANCELLED)
        turn.say("All right, no callback. You keep your place in the queue.")
        return turn.reply()
    decided = answer(turn, knowledge)
    if decided is not None:
        return decided
    return topics.advance(turn, knowledge, lead=wording.DID_NOT_CATCH)
