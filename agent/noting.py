"""A question about a record that nothing answers is put to whoever looks after that record, if the customer likes."""

from agent.agent import Agent
from agent.decision import Decision
from agent.draft import DecisionDraft
from agent.procedures.model import Collect, UseTool
from conversation import Assurance, QuestionKind
from intents import Intent

LATELY = 2
"""Wishes back; a record told before that is not what the question is about."""


def noting_intent(agent: Agent) -> Intent | None:
    """The wish whose procedure writes the customer's own words onto a record of theirs; None where there is none."""
    for intent_id, procedure in agent.procedures.items():
        steps = tuple(procedure.all_steps())
        takes_words = any(isinstance(one, Collect) and one.type == "text" and one.is_opening for one in steps)
        if takes_words and any(isinstance(one, UseTool) and one.tool == "add_note" for one in steps):
            return agent.library.find(intent_id)
    return None


def offer_to_note(agent: Agent, draft: DecisionDraft) -> Decision | None:
    """Ask whether the question shall be put onto the record that was told; None where there is none, or no question."""
    state = draft.state
    lately = {seen.intent for seen in state.dialogue.intents[-LATELY:]}
    is_told = bool(state.record.facts) and any(intent in agent.look_ups.values() for intent in lately)
    is_question = any(clause.is_question for clause in (draft.understood.whole, *draft.understood.clauses))
    intent = noting_intent(agent)
    if intent is None or not is_told or not is_question or state.is_waiting or state.topic is not None:
        return None
    if state.record.identity.assurance < Assurance.VERIFIED or (draft.asked and intent.id in draft.asked.options):
        return None
    draft.understand("offer to note")
    draft.ask(
        QuestionKind.CLARIFY, draft.text("offer_note"), options=(intent.id,), choices=("Yes, please", "No, thanks")
    )
    return draft.reply()


def take_words(agent: Agent, draft: DecisionDraft, intent: Intent, words: str) -> None:
    """What they said before a plain yes is the text that the procedure would ask for."""
    procedure = agent.procedures[intent.id]
    for step in procedure.collects():
        is_known = any((slot.name, slot.topic) == (step.name, intent.id) for slot in draft.state.dialogue.slots)
        if step.type == "text" and step.is_opening and not is_known and words.strip():
            draft.fill(step.name, step.label, words, topic=intent.id)
