"""Greetings, thanks, goodbyes and the rest of what people say to be polite, answered as a polite person would."""

from agent.agent import Agent
from agent.decision import Close, Decision
from agent.draft import DecisionDraft
from agent.topics import advance
from agent.understanding.acts import Act
from conversation import ClosureReason, QuestionKind
from conversation.events import Question, QuestionAsked

LONGEST = 16
"""Words; a longer turn wants something, however politely."""


def small_talk(agent: Agent, draft: DecisionDraft, *, is_alone: bool) -> Decision | None:
    """The answer to a turn that is only polite; None when it is not. `is_alone`: nothing else was in the turn."""
    understood = draft.understood
    if len(understood.text.split()) > LONGEST:
        return None
    if understood.has(Act.ASK_IF_AI):
        draft.line("i_am_ai")
    elif understood.has(Act.ASK_ABILITY):
        draft.line("abilities")
        return draft.reply_keeping_question() if draft.state.topic is None else advance(agent, draft)
    elif understood.has(Act.REFUSE_PERSON):
        draft.line("stay_with_me")
    elif understood.has(Act.CLOSING) and is_alone:
        return goodbye(draft)
    elif understood.has(Act.THANK):
        draft.line("thanks")
    elif understood.has(Act.GREET) and is_alone:
        draft.line("greeting")
        return draft.reply_keeping_question() if draft.state.topic is None else advance(agent, draft)
    elif understood.has(Act.ACKNOWLEDGE) and is_alone:
        if draft.state.topic is None:
            draft.line("acknowledged")
    elif understood.has(Act.CANCEL_TASK) and draft.state.topic is None:
        draft.line("nothing_to_cancel")
    elif Act.CHITCHAT in understood.whole.acts or (understood.whole.wish == "small_talk" and is_alone):
        draft.line("chitchat")
    elif understood.has(Act.YES) and draft.state.topic is None and len(understood.text.split()) < 4:
        draft.line("go_on")
    elif understood.has(Act.NO) and draft.state.topic is None and len(understood.text.split()) < 4:
        return goodbye(draft) if draft.asked and draft.asked.kind is QuestionKind.ANYTHING_ELSE else _what_else(draft)
    else:
        return None
    if draft.state.topic is not None:
        return advance(agent, draft)
    return _what_else(draft)


def goodbye(draft: DecisionDraft) -> Decision:
    draft.line("goodbye")
    return Close(ClosureReason.RESOLVED, draft.says, draft.settled())


def after_answer(draft: DecisionDraft) -> Decision:
    """An answer was read out; the customer may ask on without being asked."""
    if draft.understood.has(Act.CLOSING):
        return goodbye(draft)
    draft.note(QuestionAsked(Question(QuestionKind.ANYTHING_ELSE)))
    return draft.reply()


def _what_else(draft: DecisionDraft) -> Decision:
    text = draft.says[-1].text if draft.says else ""
    draft.ask(QuestionKind.ANYTHING_ELSE, "" if text.endswith("?") else draft.text("anything_else"))
    return draft.reply()
