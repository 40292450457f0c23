"""What a conversation is at when a turn comes, for the understanding of it."""

from agent import identity
from agent.agent import Agent
from agent.draft import DecisionDraft
from agent.understanding.commands import (
    Context,
    Wanted,
)
from conversation import Assurance, QuestionKind


def context_of(agent: Agent, draft: DecisionDraft) -> Context:
    """What the conversation is at, for the understanding."""
    state = draft.state
    last = (
        state.record.articles[-1] if state.record.articles and state.record.articles[-1].seq >= state.seq - 12 else None
    )
    return Context(
        today=draft.now.date(),
        references=agent.references,
        question=state.dialogue.question,
        open_intents=tuple(topic.intent for topic in state.dialogue.topics),
        wanted=wanted_by(agent, draft),
        last_article=(last.article_id, last.section) if last else None,
        known=tuple(
            slot.name
            for slot in sorted(state.dialogue.slots, key=lambda one: one.said_seq)
            if slot.name in identity.REFERENCE_NAMES
        ),
        is_for_other=state.value(identity.SPEAKS_FOR) is not None,
        is_verified=state.record.identity.assurance >= Assurance.VERIFIED,
        is_opening=len([turn for turn in state.talk.last_turns if turn.speaker == "customer"]) <= 1,
    )


def wanted_by(agent: Agent, draft: DecisionDraft) -> tuple[Wanted, ...]:
    """The values the current procedure can use, those it has marked."""
    procedure = agent.procedure_of(draft)
    if procedure is None:
        return ()
    asked = (
        draft.state.dialogue.question.slot
        if draft.state.dialogue.question and draft.state.dialogue.question.kind is QuestionKind.SLOT
        else None
    )
    topic = draft.state.topic.intent if draft.state.topic else ""
    found: list[Wanted] = []
    for step in agent.walk(draft, procedure).open_collects():
        scope = "" if step.is_of_customer else topic
        value = next(
            (slot.value for slot in draft.state.dialogue.slots if (slot.name, slot.topic) == (step.name, scope)), ""
        )
        if all(one.name != step.name for one in found):
            found.append(
                Wanted(
                    name=step.name,
                    type=step.type,
                    label=step.label,
                    is_asked=step.name == asked,
                    options=step.options,
                    synonyms=step.synonyms,
                    yes=step.yes,
                    no=step.no,
                    meaning=agent.meanings.get((step.means_yes, step.means_no)),
                    hint=step.hint,
                    not_about=step.not_about,
                    is_future=step.is_future,
                    is_of_customer=step.is_of_customer,
                    is_opening=step.is_opening,
                    may_be_unknown=step.may_be_unknown,
                    value=value,
                )
            )
    if asked == "identity":
        found.append(Wanted("date_of_birth", "date_of_birth", "date of birth", is_asked=True, is_of_customer=True))
    return tuple(found)
