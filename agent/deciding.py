"""The agent: a conversation and what a turn means go in, a decision comes out.

The order is the policy: secrets taken out, danger and need, a language we do not speak, a wish for a person, law;
then the values in the turn, the answer to what was asked, changes of mind; then questions, answered before anything is
asked; then wishes, each served by its procedure; then small talk; and only then "I don't know".
"""

from dataclasses import replace
from datetime import datetime

from agent import identity, social
from agent.agent import Agent
from agent.answers import answer, change_of_mind
from agent.context import context_of
from agent.danger import when_in_danger
from agent.decision import Decision, HandOff
from agent.draft import DecisionDraft
from agent.noting import offer_to_note
from agent.other_language import notice_language, when_other_language
from agent.own_record import by_reference, is_of_record, named_record, of_their_record, same_again
from agent.queue_turns import kept_waiting, while_waiting
from agent.rejection import is_choosing, notice_rejection
from agent.spokesperson import notice_introduction, notice_spokesperson
from agent.to_person import calm, is_angry, takes_anger, when_legal, when_person_is_wanted
from agent.topics import advance, note_values, open_wish, recognise
from agent.understanding.commands import (
    Command,
    Context,
    Say,
    SetValue,
    Start,
    Unknown,
    has_words,
    name_of,
    values_of,
)
from agent.understanding.text import is_empty_talk
from agent.understanding.understanding import Understanding
from agent.understanding.yes_no import read_yes_no
from agent.unmatched_log import exhausted
from agent.wishes import Wishes, answer_questions, clarify, offer, unknown, wishes_of
from conversation import EscalationReason, QuestionKind, State
from conversation.events import (
    MoodNoted,
)


def decide(
    agent: Agent, state: State, understood: Understanding, now: datetime, *, read: tuple[Command, ...] = ()
) -> Decision:
    """What to do about the customer's turn. Never raises for anything a customer can say.

    `read`: what a language model read in it, checked; it counts where the turn says nothing else that is known.
    """
    acts = frozenset(one.act for one in read if isinstance(one, Say))
    if acts:  # a yes to an action counts in the customer's plain words only (agent.answers)
        understood = replace(understood, whole=replace(understood.whole, acts=understood.whole.acts | acts))
    draft = agent.draft(state, understood, now)
    draft.read = read
    for command in read:
        draft.understand(f"model {name_of(command)}")
    draft.note(MoodNoted(understood.seq, understood.mood))
    notice_language(draft)
    if understood.was_masked:
        draft.line("masked")
    if state.is_waiting:
        return kept_waiting(draft, while_waiting(agent, draft))
    if is_empty_talk(understood.text):
        return _nothing_said(draft)
    for step in (when_in_danger, when_other_language, when_person_is_wanted, when_legal):
        decision = step(agent, draft)
        if decision is not None:
            return decision
    return _go_on(agent, draft)


def _go_on(agent: Agent, draft: DecisionDraft) -> Decision:
    context = context_of(agent, draft)
    values = values_of(draft.understood, context)
    values += tuple(
        one for one in draft.read if isinstance(one, SetValue) and all(one.name != own.name for own in values)
    )
    for value in values:
        draft.understand(name_of(value))
    notice_spokesperson(agent, draft)
    notice_rejection(agent, draft, values)
    if draft.rejected:
        values = tuple(value for value in values if value.of_customer)
        draft.line("misread")
    changed = note_values(draft, values)
    notice_introduction(draft, values)
    is_asked = context.question is not None and context.question.kind is QuestionKind.SLOT
    wanted = {one.name for one in context.wanted} if is_asked else set()
    is_answer = any(value.is_answer or value.name in wanted for value in values)
    wishes = wishes_of(agent, draft, context, has_answer=is_answer)
    if not wishes.starts and not wishes.questions:
        wishes = replace(wishes, starts=tuple(one for one in draft.read if isinstance(one, Start)))
    is_read_back = draft.asked is not None and draft.asked.kind is QuestionKind.CONFIRM_ACTION
    says_yes = is_read_back and read_yes_no(draft.understood.text) == "yes"
    if wishes.unserved and (is_answer or says_yes) and not (wishes.starts or wishes.questions):
        draft.understand("unanswered")
        draft.line("unanswered_part", question=wishes.unserved[0].text.strip(" .?!,"))
    decision = change_of_mind(agent, draft, context, values, wishes)
    if decision is None and not draft.rejected:
        decision = answer(agent, draft, context, values, wishes)
    if decision is not None:
        return decision
    if is_angry(draft) and not any(takes_anger(agent, start) for start in wishes.starts):
        return calm(agent, draft, wishes)
    return _serve(agent, draft, context, wishes, is_changed=bool(changed))


def _serve(agent: Agent, draft: DecisionDraft, context: Context, wishes: Wishes, *, is_changed: bool) -> Decision:
    if is_of_record(draft, wishes) and (told := same_again(agent, draft)) is not None:
        recognise(agent, draft, told, draft.understood.whole.intent)
        return advance(agent, draft)
    if not wishes.starts and (named := named_record(agent, draft, wishes)) is not None:
        recognise(agent, draft, named, draft.understood.whole.intent)
        return advance(agent, draft)
    answered = answer_questions(agent, draft, wishes=wishes)
    if wishes.starts:
        for start in reversed(wishes.starts):
            open_wish(agent, draft, start)
        return advance(agent, draft)
    asked = draft.asked.slot if draft.asked else None
    if draft.state.topic is None and is_changed and identity.is_of_identity(asked):
        checking = identity.identify(draft, agent.references, applicant=False)
        if checking is not None:
            return checking
    return _serve_else(agent, draft, context, wishes, is_answered=bool(answered), is_changed=is_changed)


def _serve_else(
    agent: Agent, draft: DecisionDraft, context: Context, wishes: Wishes, *, is_answered: bool, is_changed: bool
) -> Decision:
    """No wish was opened: what else the turn may be, the surer first."""
    if is_answered and draft.state.topic is None and (offered := offer(agent, draft, wishes)) is not None:
        return offered
    small = social.small_talk(agent, draft, is_alone=not is_answered and not is_changed)
    if small is not None and not is_answered and not is_choosing(agent, draft):
        return small
    if is_answered or (is_changed and draft.state.topic is not None):
        return advance(agent, draft) if draft.state.topic else social.after_answer(draft)
    if draft.state.topic is not None and draft.asked is not None:
        return advance(agent, draft)
    if any(
        slot.name == identity.SPEAKS_FOR and slot.said_seq == draft.understood.seq
        for slot in draft.state.dialogue.slots
    ):
        return identity.for_somebody_else(draft)
    if draft.rejected:
        draft.ask(QuestionKind.ANYTHING_ELSE, draft.text("not_sure_what"))
        return draft.reply()
    return _of_record(agent, draft, context, is_changed=is_changed)


def _of_record(agent: Agent, draft: DecisionDraft, context: Context, *, is_changed: bool) -> Decision:
    """A turn without a wish may still be about a record; else it is asked what is meant, or owned up to."""
    if is_changed and (found := of_their_record(agent, draft)) is not None:
        recognise(agent, draft, found, draft.understood.whole.intent)
        return advance(agent, draft)
    if draft.is_exhausted:
        return offer_to_note(agent, draft) or exhausted(draft)
    if (again := same_again(agent, draft)) is not None:
        recognise(agent, draft, again, draft.understood.whole.intent)
        return advance(agent, draft)
    is_bare = not has_words(draft.understood.whole) or len(draft.understood.text.split()) <= 4
    if (
        is_changed
        and is_bare
        and draft.state.dialogue.intents
        and (known := agent.library.find(draft.state.dialogue.intents[-1].intent))
    ):
        recognise(agent, draft, known, draft.understood.whole.intent)  # a number on its own: what they asked before
        return advance(agent, draft)
    only = by_reference(agent, draft, is_alone=draft.understood.whole.is_question) if is_changed else None
    if only is not None:  # the number says what it is about
        recognise(agent, draft, only, draft.understood.whole.intent)
        return advance(agent, draft)
    if any(isinstance(one, Unknown) for one in draft.read):
        return unknown(draft)
    return clarify(agent, draft, context) or offer_to_note(agent, draft) or unknown(draft)


def _nothing_said(draft: DecisionDraft) -> Decision:
    if draft.state.dialogue.unmatched >= 2:
        draft.line("sorry_not_right")
        return HandOff(EscalationReason.UNKNOWN_INTENT, says=draft.says, notes=draft.settled())
    draft.line("nothing_heard")
    return draft.reply_keeping_question()
