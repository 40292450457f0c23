"""The topics of a conversation: opened by a wish, served by its procedure, finished, and back to the one before."""

from dataclasses import replace

from agent.agent import Agent
from agent.context import context_of
from agent.decision import Decision, HandOff
from agent.draft import DecisionDraft
from agent.noting import offer_to_note
from agent.procedures.model import Procedure, UseTool
from agent.procedures.walk import ASKED_AGAIN
from agent.tools.specs import CHANGES
from agent.understanding.commands import SetValue, Start, name_of, values_of
from conversation import EscalationReason, QuestionKind, TopicOutcome
from conversation.events import IntentRecognised, Question, QuestionAsked, TopicOpened
from intents import Classification, Intent, Zone

LEAST_STORY = 10
"""Words; a turn so long that opens a topic says what happened, too."""
LONGEST_WORDS = 600
"""Characters of the opening turn that are kept with the topic."""


def recognise(
    agent: Agent, draft: DecisionDraft, intent: Intent, classified: Classification, *, words: str = ""
) -> None:
    """Open the intent as the current topic and take every value the customer already gave."""
    confidence = next((one.probability for one in classified.candidates if one.intent == intent.id), 0.0)
    alternatives = tuple(one.intent for one in classified.candidates if one.intent != intent.id)[:2]
    procedure = agent.procedures.get(intent.id)
    said = (words or draft.understood.text)[:LONGEST_WORDS]
    if procedure is not None and _was_carried_out(draft, procedure):  # a second claim has a story of its own
        for slot in [one for one in draft.state.dialogue.slots if one.topic == intent.id]:
            draft.clear(slot.name, topic=slot.topic)
    draft.note(
        IntentRecognised(
            intent.id,
            intent.name,
            intent.group or "",
            round(confidence, 3),
            Zone.ACCEPT if confidence >= 0.5 else classified.zone,
            alternatives,
            draft.understood.seq,
            classified.model_version,
        ),
        TopicOpened(
            intent.id,
            intent.name,
            draft.understood.seq,
            said,
            f"{procedure.id}@{procedure.version}" if procedure else "",
        ),
    )
    take_opening_values(agent, draft)


def _was_carried_out(draft: DecisionDraft, procedure: Procedure) -> bool:
    tools = {step.tool for step in procedure.all_steps() if isinstance(step, UseTool)}
    return any(action.is_ok and action.tool in tools & CHANGES for action in draft.state.record.actions)


def take_opening_values(agent: Agent, draft: DecisionDraft) -> None:
    """What the opening turn already says of the values the procedure collects."""
    context = context_of(agent, draft)
    tells = len(draft.understood.text.split()) >= LEAST_STORY
    note_values(
        draft, values_of(draft.understood, replace(context, is_opening=context.is_opening or tells, is_new_topic=True))
    )


def note_values(draft: DecisionDraft, values: tuple[SetValue, ...]) -> tuple[str, ...]:
    """Keep what was said; returns the names whose value is new or another one."""
    changed: list[str] = []
    topic = draft.state.topic.intent if draft.state.topic else ""
    for value in values:
        scope = "" if value.of_customer else topic
        known = next(
            (slot for slot in draft.state.dialogue.slots if (slot.name, slot.topic) == (value.name, scope)), None
        )
        is_other = known is not None and known.value != value.value
        draft.fill(value.name, value.label, value.value, topic=scope, is_correction=is_other)
        if known is None or is_other:
            changed.append(value.name)
    return tuple(changed)


def advance(agent: Agent, draft: DecisionDraft) -> Decision:
    """The next step of the current topic's procedure; of the one before it, once it is done."""
    served, is_again = "", False
    while draft.state.topic is not None:
        served, is_again = draft.state.topic.intent, draft.state.topic.step(ASKED_AGAIN) is not None
        procedure = agent.procedure_of(draft)
        if procedure is None:
            draft.close_topic(TopicOutcome.CANCELLED)
            continue
        decision = agent.walk(draft, procedure).run()
        if decision is not None:
            return decision
        finish(agent, draft)
    if draft.has_told_before and agent.is_look_up(served):
        return _nothing_new(agent, draft) if is_again else _more(agent, draft, served)
    draft.note(QuestionAsked(Question(QuestionKind.ANYTHING_ELSE)))
    if not any(say.sources for say in draft.says) or len(draft.says) > 2:
        draft.line("anything_else")
    return draft.reply()


def _more(agent: Agent, draft: DecisionDraft, served: str) -> Decision:
    """What else the record holds, where the procedure tells it when asked again."""
    intent = agent.library.find(served)
    if intent is None:
        return _nothing_new(agent, draft)
    draft.unsay()
    recognise(agent, draft, intent, draft.understood.whole.intent)
    draft.done(ASKED_AGAIN, "")
    return advance(agent, draft)


def _nothing_new(agent: Agent, draft: DecisionDraft) -> Decision:
    """The record was told just so a moment ago and they ask again: not a second time, but who knows more."""
    draft.understand("told before")
    draft.unsay()
    if (noting := offer_to_note(agent, draft)) is not None:
        return noting
    draft.line("record_told_before")
    draft.ask(QuestionKind.OFFER_PERSON, draft.text("offer_person"), choices=("Yes, a person please", "No, thanks"))
    return draft.reply()


def finish(agent: Agent, draft: DecisionDraft) -> None:
    """The topic is done; the one it interrupted, or the next wish of the same turn, is named."""
    done = draft.state.topic
    draft.close_topic(TopicOutcome.DONE)
    coming = draft.state.topic
    procedure = agent.procedure_of(draft)
    if done is None or coming is None or procedure is None:
        return
    if done.said_seq != coming.said_seq:  # the next wish of the same turn needs no bridge
        draft.line("back_to", noun=procedure.noun)


def drop(agent: Agent, draft: DecisionDraft) -> Decision:
    """The current topic is given up; the one it interrupted goes on."""
    draft.close_topic(TopicOutcome.CANCELLED)
    draft.line("cancelled")
    procedure = agent.procedure_of(draft)
    if draft.state.topic is not None and procedure is not None:
        draft.line("back_to", noun=procedure.noun)
        return advance(agent, draft)
    draft.ask(QuestionKind.ANYTHING_ELSE, draft.text("anything_else"))
    return draft.reply()


def hand_over(draft: DecisionDraft, reason: EscalationReason) -> HandOff:
    return HandOff(reason, says=draft.says, notes=draft.settled())


def open_wish(agent: Agent, draft: DecisionDraft, start: Start) -> None:
    intent = agent.library.find(start.intent)
    if intent is not None:
        draft.understand(name_of(start))
        recognise(agent, draft, intent, start.clause.intent, words=draft.understood.text)
