"""The customer's word on what the agent had asked, and changes of mind: correct, cancel, postpone, repeat."""

import re

from agent import identity, social
from agent.agent import Agent
from agent.decision import Clarify, Decision, HandOff
from agent.draft import DecisionDraft
from agent.noting import noting_intent, take_words
from agent.rejection import insists
from agent.topics import advance, drop, recognise
from agent.understanding.acts import Act
from agent.understanding.commands import Context, SetValue
from agent.understanding.yes_no import read_yes_no
from agent.unmatched_log import note_refused_choice
from agent.wishes import Wishes, answer_beside, answer_questions
from agent.wording.lines import spaced
from conversation import EscalationReason, QuestionKind, TopicOutcome
from conversation.events import QuestionAsked, SlotFilled
from encoder import content_stems

_DOUBT = re.compile(r"\b(?:no|not|don't|do not|wait|never|stop|but|unless|cancel)\b", re.IGNORECASE)
"""Beside a yes: it was not a clear one, and nothing is changed on an unclear yes."""
_AND_MORE = re.compile(r"(?:[,.!;]\s++|(?<![\s,.!;])\s++)(and|also|plus)\s+", re.IGNORECASE)
"""Behind a clear yes: "yes, and tell them I won't pay" is one."""
_GO_AHEAD = re.compile(
    r"^(?:(?:yes|yeah|yep|ok(?:ay)?|sure|right)[,.! ]+)*(?:please )?"
    r"(?:go ahead|do (?:it|that)|please do|go for it|that'?s right|correct)"
    r"(?: please| then| thanks?| now)*(?:[.!;]+\s+(?!(?:wait|no|stop|hang on|not yet|actually|don)\b)|$)",
    re.IGNORECASE,
)
"""A sentence that says yes whatever else the turn says."""
_PLACE = re.compile(r"(?:the |it'?s the |umm* |er )*(first|1st|second|2nd)\b(?: one)?", re.IGNORECASE)
"""A choice by its place in what was offered."""
SHORT_YES = 6
"""Words; an "ok" before more than that begins another wish."""
_ASKS_WHETHER_DONE = re.compile(
    r"\b(?:is|are|was|has|have|did)(?:n'?t)? (?:the |my |our |this |that )?\w+ (?:\w+ ){0,2}?"
    r"(?:on|in|started|open(?:ed)?|done|booked|changed|added|moved|cancelled|insured|covered|logged|set up"
    r"|gone through|made)\b[^?.!]{0,40}\b(?:or not|yet|already|now)\b"
    r"|^(?:(?:so|and|ok|but|\w+ what\?),? )*(?:is|has|was) (?:it|that|this|he|she|the \w+) (?:all |been )?"
    r"(?:done|booked|changed|added|started|on|made|sent)\b"
    r"|\b(?:he|she|it|that|they)(?:'s| is|'re| are) not (?:insured|covered|on|added|changed|done|booked)\b"
    r"[^.!]*\b(?:yet|right)\b",
    re.IGNORECASE,
)
_WANTS_NONE = re.compile(
    r"\b(?:none|neither) of (?:those|these|them)\b|\bstop asking\b|\bleave (?:it|that|the \w+)[.!]*$"
    r"|\bi (?:really )?(?:don'?t|do not) (?:need|want|care about) (?:any|a|an|the|these|those|that|your) ",
    re.IGNORECASE,
)
"""Instead of one of the options that were offered: the question itself is wrong."""
PLAIN_NO = 3
"""Words; a longer no says what should be different."""
SHORT = 8
"""Words; a longer turn with "stop" or "what" in it says more than that."""


def asks_whether_done(draft: DecisionDraft) -> bool:
    """ "Is the claim started or not?": about what is being done in this conversation."""
    return bool(_ASKS_WHETHER_DONE.search(draft.understood.text))


def change_of_mind(
    agent: Agent, draft: DecisionDraft, context: Context, values: tuple[SetValue, ...], wishes: Wishes
) -> Decision | None:
    """Repeat, cancel, postpone, why, go back: at any moment. None when it is none of it."""
    understood = draft.understood
    is_short = len(understood.text.split()) <= SHORT
    if understood.has(Act.REPEAT) and is_short and not values:
        return _again(draft)
    if understood.has(Act.ASK_WHY) and _asks_a_value(context) and not wishes.starts and not values:
        return _why(agent, draft, context)
    is_asking = context.question is not None and context.question.kind in (
        QuestionKind.SLOT,
        QuestionKind.CONFIRM_ACTION,
    )
    if is_asking and draft.state.topic is not None and not values and not wishes.starts and asks_whether_done(draft):
        draft.line("not_done_yet")
        return advance(agent, draft)
    if (
        understood.has(Act.CANCEL_TASK)
        and draft.state.topic is not None
        and not any(start.is_plain for start in wishes.starts)
    ):
        return drop(agent, draft)
    if understood.has(Act.CANCEL_TASK) and draft.state.topic is not None:
        draft.close_topic(TopicOutcome.CANCELLED)  # "never mind that, I want …": the new wish goes on
        return None
    is_choice = context.asked is not None and context.asked.type == "choice"
    if is_choice and draft.state.topic is not None and not values and _WANTS_NONE.search(understood.text):
        draft.close_topic(TopicOutcome.CANCELLED)
        draft.line("misread")
        if wishes.starts:
            return None
        answer_questions(agent, draft, wishes=wishes)
        draft.ask(QuestionKind.ANYTHING_ELSE, draft.text("anything_else"))
        return draft.reply()
    if understood.has(Act.POSTPONE) and is_short and not values and not wishes.starts and not wishes.questions:
        draft.line("postponed")
        return draft.reply_keeping_question()
    if understood.has(Act.GO_BACK) and draft.state.topic is not None and is_short:
        own = [slot for slot in draft.state.dialogue.slots if slot.topic == draft.state.topic.intent]
        if own:
            draft.clear(own[-1].name, topic=own[-1].topic)
        draft.line("one_step_back")
        return advance(agent, draft)
    return None


def _asks_a_value(context: Context) -> bool:
    """A "why?" now is about our question, and not about what was told."""
    return context.question is not None and context.question.kind is QuestionKind.SLOT


def answer(
    agent: Agent, draft: DecisionDraft, context: Context, values: tuple[SetValue, ...], wishes: Wishes
) -> Decision | None:
    """What follows from the answer to the open question; None when it was no answer."""
    asked = draft.asked
    if asked is None:
        return None
    match asked.kind:
        case QuestionKind.SLOT:
            return _slot(agent, draft, context, values, wishes)
        case QuestionKind.CONFIRM_ACTION:
            return _confirm(agent, draft, values, wishes)
        case QuestionKind.CLARIFY:
            return _clarified(agent, draft, wishes)
        case QuestionKind.OFFER_PERSON:
            return _offered_person(agent, draft, wishes, has_values=bool(values))
        case QuestionKind.OFFER_CALLBACK:
            return _offered_callback(agent, draft, wishes)
        case QuestionKind.ANYTHING_ELSE:
            is_no = read_yes_no(draft.understood.text) == "no" and len(draft.understood.text.split()) <= SHORT
            if is_no and not wishes.starts and not wishes.questions and not values:
                return social.goodbye(draft)
            return None


def _slot(
    agent: Agent, draft: DecisionDraft, context: Context, values: tuple[SetValue, ...], wishes: Wishes
) -> Decision | None:
    asked = draft.asked
    assert asked is not None
    if wishes.starts or wishes.questions:
        return None
    is_answered = any(value.is_answer for value in values)
    if identity.is_of_identity(asked.slot):
        if values or draft.understood.has(Act.DONT_KNOW) or read_yes_no(draft.understood.text) != "no":
            corrected = _corrected(draft, values)
            if corrected:
                draft.say(corrected)
            return None if _is_social(draft) and not values else advance(agent, draft)
        if draft.state.topic is not None and insists(draft, draft.state.topic.intent):
            return advance(agent, draft)
        if draft.state.value(identity.SPEAKS_FOR) not in (None, identity.DECEASED):
            return identity.not_named(draft)
        return drop(agent, draft)
    if is_answered:
        return advance(agent, draft)
    if read_yes_no(draft.understood.text) == "no" and len(draft.understood.text.split()) <= 4 and not values:
        wanted = context.asked
        if wanted is not None and wanted.type not in ("yes_no", "text", "choice") and not wanted.may_be_unknown:
            return drop(agent, draft)
    corrected = _corrected(draft, values)
    if corrected:
        draft.say(corrected)
        return advance(agent, draft)
    if _is_social(draft):
        return None
    return advance(agent, draft)


def _is_social(draft: DecisionDraft) -> bool:
    return draft.understood.has(Act.CLOSING, Act.THANK, Act.GREET, Act.CHITCHAT, Act.ASK_IF_AI, Act.REFUSE_PERSON)


def _corrected(draft: DecisionDraft, values: tuple[SetValue, ...]) -> str:
    """The read-back of a value that replaced another one."""
    if not draft.understood.has(Act.CORRECT):
        return ""
    for value in values:
        scope = "" if value.of_customer else (draft.state.topic.intent if draft.state.topic else "")
        is_other = any(
            isinstance(note, SlotFilled) and note.is_correction and (note.name, note.topic) == (value.name, scope)
            for note in draft.notes
        )
        if is_other and not value.is_answer:
            return draft.text("corrected", label=value.label, value=spaced(value.value))
    return ""


def _again(draft: DecisionDraft) -> Decision:
    draft.say(draft.state.talk.last_agent_text or draft.text("go_on"))
    return draft.reply_keeping_question()


def _why(agent: Agent, draft: DecisionDraft, context: Context) -> Decision:
    slot = draft.asked.slot if draft.asked else None
    if identity.is_of_identity(slot) or slot in identity.REFERENCE_NAMES:
        draft.line("why_identity")
    elif context.asked is not None:
        draft.line("why_value", label=f"the {context.asked.label}")
    else:
        return _again(draft)
    return advance(agent, draft)


def _confirm(agent: Agent, draft: DecisionDraft, values: tuple[SetValue, ...], wishes: Wishes) -> Decision | None:
    text = draft.understood.text
    said = read_yes_no(text)
    clear, _, rest = _AND_MORE.split(text, maxsplit=1) if _AND_MORE.search(text) else (text, "", "")
    told = _GO_AHEAD.match(text)
    if told or (read_yes_no(clear) == "yes" and not _DOUBT.search(clear) and (not rest or len(rest.split()) > 2)):
        draft.is_confirming = True
        answer_beside(agent, draft, wishes)
        return advance(agent, draft)
    if values:
        return advance(agent, draft)
    if said == "yes":
        draft.line("not_sure_yes")
        return advance(agent, draft)
    if said == "no" and (wishes.starts or wishes.questions):
        draft.close_topic(TopicOutcome.CANCELLED)  # what they want instead goes on
        draft.line("confirm_no")
        return None
    if said == "no" and len(text.split()) > PLAIN_NO and not draft.understood.has(Act.CANCEL_TASK):
        draft.note(QuestionAsked(draft.asked))
        draft.line("what_instead")
        return draft.reply_keeping_question()
    if said == "no":
        draft.close_topic(TopicOutcome.CANCELLED)
        draft.ask(QuestionKind.ANYTHING_ELSE, f"{draft.text('confirm_no')} {draft.text('anything_else')}")
        return draft.reply()
    return None


def _clarified(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> Decision | None:
    asked = draft.asked
    assert asked is not None
    options = [one for one in asked.options if one in agent.procedures]
    plain = draft.understood.text.lower().strip(" .!?“”\"'")
    chosen = next((one for one in options if plain in (agent.procedures[one].noun.lower(), one)), None)
    said = read_yes_no(draft.understood.text)
    is_neither = bool(re.search(r"\b(?:neither|none)\b", plain) or _WANTS_NONE.search(plain))
    if chosen is None and len(options) > 1 and (place := _PLACE.match(plain)):
        chosen = options[0] if place[1] in ("first", "1st") else options[1]
    if chosen is None and options and not is_neither and (named := _named(agent, plain, options)):
        chosen = named
    if chosen is None and len(options) > 1 and re.search(r"\bboth\b", plain):
        words = " ".join([turn.text for turn in draft.state.talk.last_turns if turn.speaker == "customer"][-2:])
        for one in reversed(options):
            if (intent := agent.library.find(one)) is not None:
                recognise(agent, draft, intent, draft.understood.whole.intent, words=words)
        return advance(agent, draft)
    if chosen is None and options:
        if re.search(r"\b(?:first|former|1st)\b", plain) or (len(options) == 1 and said == "yes"):
            chosen = options[0]
        elif re.search(r"\b(?:second|latter|2nd)\b", plain) and len(options) > 1:
            chosen = options[1]
        elif _names_other(agent, draft, options):
            return None  # "has CL52344 been paid": the number says what it is about
        elif said != "no" and not is_neither:
            near = next((one for one in draft.understood.whole.intent.candidates if one.intent in options), None)
            best = draft.understood.whole.intent.candidates[0] if draft.understood.whole.intent.candidates else None
            if near and near.probability >= 0.3 and (best is None or best.probability < near.probability + 0.2):
                chosen = near.intent
    if chosen is not None and (intent := agent.library.find(chosen)) is not None:
        draft.understand(f"choose {chosen}")
        before = [turn.text for turn in draft.state.talk.last_turns if turn.speaker == "customer"]
        recognise(agent, draft, intent, draft.understood.whole.intent, words=" ".join(before[-2:]))
        if said == "yes" and len(plain.split()) <= SHORT_YES and len(before) > 1:
            take_words(agent, draft, intent, before[-2])
        return advance(agent, draft)
    if wishes.starts or wishes.questions:
        return None
    is_read = bool(draft.state.record.articles) and draft.state.record.articles[-1].seq >= draft.state.seq - 8
    is_offer = asked.options == (getattr(noting_intent(agent), "id", ""),) or (len(asked.options) == 1 and is_read)
    if said == "no" and is_offer:
        draft.ask(QuestionKind.ANYTHING_ELSE, f"{draft.text('confirm_no')} {draft.text('anything_else')}")
        return draft.reply()
    if (said == "no" and len(plain.split()) <= PLAIN_NO + 1) or is_neither:
        draft.understand("choose none")
        note_refused_choice(draft, asked.options)
        draft.ask(QuestionKind.ANYTHING_ELSE, draft.text("not_sure_what"))
        return Clarify(draft.says, draft.settled())
    return None


def _named(agent: Agent, text: str, options: list[str]) -> str | None:
    """The one option of several whose own words the turn says: "a quote, she's ten weeks old"."""
    if len(options) < 2 or _DOUBT.search(text):
        return None
    words = {one: content_stems(agent.procedures[one].noun) for one in options}
    said = content_stems(text)
    hits = [one for one in options if said & words[one].difference(*(words[two] for two in options if two != one))]
    return hits[0] if len(hits) == 1 else None


def _names_other(agent: Agent, draft: DecisionDraft, options: list[str]) -> bool:
    """The turn names a number that another wish than those offered goes by."""
    said = {
        slot.name for slot in draft.state.dialogue.slots if slot.said_seq == draft.understood.seq
    } & agent.look_ups.keys()
    return bool(said) and not said & {agent.procedures[one].reference for one in options}


def _offered_person(agent: Agent, draft: DecisionDraft, wishes: Wishes, *, has_values: bool) -> Decision | None:
    is_closing = draft.understood.has(Act.CLOSING)
    said = "no" if is_closing else read_yes_no(draft.understood.text)
    asked = draft.asked
    is_of_step = asked is not None and bool(asked.slot)
    if is_closing and not wishes.starts:
        return social.goodbye(draft)
    is_more = len(draft.understood.text.split()) > SHORT_YES and bool(wishes.starts or wishes.questions)
    if said == "yes" and not is_more:
        return HandOff(EscalationReason.CUSTOMER_REQUEST, is_requested=True, says=draft.says, notes=draft.settled())
    asks_more = any(clause.is_question and clause.passages for clause in draft.understood.clauses[1:])
    if said == "no" and not wishes.starts and not wishes.questions and not has_values and not asks_more:
        draft.is_declining = True
        if draft.state.topic is not None and is_of_step:
            return advance(agent, draft)
        if draft.state.topic is not None:
            draft.close_topic(TopicOutcome.CANCELLED)
        draft.ask(QuestionKind.ANYTHING_ELSE, f"{draft.text('stay_with_me')} {draft.text('anything_else')}")
        return draft.reply()
    return None


def _offered_callback(agent: Agent, draft: DecisionDraft, wishes: Wishes) -> Decision | None:
    said = read_yes_no(draft.understood.text)
    if (
        said == "yes"
        or draft.understood.has(Act.WANTS_CALLBACK)
        or any(start.intent == "request_callback" for start in wishes.starts)
    ):
        return open_callback(agent, draft)
    if said == "no":
        draft.ask(QuestionKind.ANYTHING_ELSE, f"{draft.text('stay_with_me')} {draft.text('anything_else')}")
        return draft.reply()
    return None


def open_callback(agent: Agent, draft: DecisionDraft) -> Decision | None:
    """Start booking a callback; None when the tenant has no such intent."""
    intent = next((one for one in draft.library.live() if one.solution.target == "request_callback"), None)
    if intent is None:
        return None
    recognise(agent, draft, intent, draft.understood.whole.intent)
    return advance(agent, draft)
