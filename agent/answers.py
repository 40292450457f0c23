"""What the customer said to the question the agent had asked, and the repairs: correct, cancel, repeat, go back."""

import re

from agent import topics, wording
from agent.decision import Clarify, Close, Decision, HandOff
from agent.extract import extract
from agent.references import DATE_OF_BIRTH, REFERENCES, find_references, note_references
from agent.signals import Signal
from agent.topics import ASK_AT_MOST, CONTACT_SLOT, NUMBER_TYPES
from agent.turn import Turn
from agent.unmatched import note_refused_choice
from conversation.events import Question, TopicOpened
from conversation.words import ClosureReason, EscalationReason, QuestionKind, TopicOutcome
from intents.classify import Zone
from intents.library import Attribute, AttributeType
from knowledge.search import KnowledgeIndex

_DOUBT = re.compile(r"\b(?:no|not|don't|do not|wait|never|stop|but|unless|cancel)\b", re.IGNORECASE)
"""Beside a yes: it was not a clear one, and nothing is changed on an unclear yes."""

_BARE_NO = re.compile(
    r"(?:no|nope|nah)"
    r"(?:[,. ]+(?:no|thanks?|thank you|thx|i'?m (?:good|fine|ok)|that'?s (?:all|it|everything|fine)|bye))*[.! ]*$",
    re.IGNORECASE,
)

_MAY_BE_NO = frozenset({AttributeType.YES_NO, AttributeType.TEXT, AttributeType.CHOICE})
"""Types a bare no can be a value of; to any other question it means "drop it"."""

_QUESTION = re.compile(r"\?\s*$|^(?:what|when|where|why|who|how|which|can|could|do|does|is|are|will|would)\b", re.I)


def answer(turn: Turn, knowledge: KnowledgeIndex) -> Decision | None:
    """What follows from the customer's answer; None when it was not an answer to the open question."""
    asked = turn.asked
    repaired = repair(turn, knowledge)
    if repaired is not None:
        return repaired
    match asked:
        case Question(kind=QuestionKind.SLOT, slot=str(slot)):
            return _slot(turn, knowledge, slot)
        case Question(kind=QuestionKind.CONFIRM_ACTION):
            return _confirm(turn, knowledge)
        case Question(kind=QuestionKind.CLARIFY):
            return _clarified(turn, knowledge, asked)
        case Question(kind=QuestionKind.OFFER_PERSON):
            return _yes_or_no(turn, HandOff(EscalationReason.CUSTOMER_REQUEST, is_requested=True))
        case Question(kind=QuestionKind.OFFER_CALLBACK):
            return _callback(turn, knowledge)
        case Question(kind=QuestionKind.ANYTHING_ELSE):
            return _anything_else(turn)
        case _:
            return None


def repair(turn: Turn, knowledge: KnowledgeIndex) -> Decision | None:
    """Repeat, cancel, go back and corrections, at any moment."""
    if turn.heard.has(Signal.REPEAT) and len(turn.heard.text) < 60:
        return _again(turn)
    if turn.heard.has(Signal.CANCEL):
        if turn.state.topic is None:
            return None
        return _dropped(turn, knowledge)
    if turn.heard.has(Signal.GO_BACK) and turn.state.topic:
        own = [slot for slot in turn.state.slots if slot.said_seq >= turn.state.topic.said_seq]
        if own:
            turn.clear(own[-1].name)
        return topics.advance(turn, knowledge, lead="All right, one step back.")
    if turn.heard.has(Signal.CORRECTION):
        return _corrected(turn, knowledge)
    return None


def correct_slot(turn: Turn) -> str | None:
    """Put a corrected value into the slot it fits, newest slot first; returns the slot's name."""
    named = find_references(turn.heard.text, turn.now)
    for name, (label, value) in named.items():
        if turn.state.value(name) not in (None, value):
            turn.fill(name, label, value, is_correction=True)
            return name
    for slot in reversed(turn.state.slots):
        attribute = attribute_of(turn, slot.name)
        if attribute is None or attribute.type in (AttributeType.TEXT, AttributeType.NAME):
            continue
        value = extract(attribute, _without_old(turn.heard.text, slot.value), is_asked=True, now=turn.now) or ""
        if value and value != slot.value:
            turn.fill(slot.name, slot.label, value, is_correction=True)
            return slot.name
    return None


def attribute_of(turn: Turn, slot: str) -> Attribute | None:
    if slot == DATE_OF_BIRTH.name:
        return DATE_OF_BIRTH
    return turn.attribute(slot) or REFERENCES.get(slot)


def _without_old(text: str, old: str) -> str:
    """ "not 4417, it's 4471": the value being replaced is not the new one."""
    return re.sub(rf"\b(?:not|instead of|rather than)\s+(?:{re.escape(old)}|\S+)[,.]?", "", text, flags=re.IGNORECASE)


def _dropped(turn: Turn, knowledge: KnowledgeIndex) -> Decision:
    """The topic is given up; the one it interrupted goes on."""
    turn.close_topic(TopicOutcome.CANCELLED)
    if turn.state.topic:
        return topics.advance(turn, knowledge, lead=f"All right. Back to “{turn.state.topic.name.lower()}”.")
    turn.ask(QuestionKind.ANYTHING_ELSE, wording.CANCELLED)
    return turn.reply()


def _again(turn: Turn) -> Decision:
    last = turn.state.last_agent_text or wording.NOTHING_TO_REPEAT
    turn.say(last)
    return turn.reply_keeping_question()


def _corrected(turn: Turn, knowledge: KnowledgeIndex) -> Decision | None:
    changed = correct_slot(turn)
    if changed is None:
        return None
    slot = turn.state.slot(changed)
    lead = f"{wording.read_back(slot.label, slot.value)}, thank you for correcting that." if slot else ""
    if turn.state.topic is None:
        last = turn.state.intents[-1] if turn.state.intents else None
        if last is None or turn.library.find(last.intent) is None:
            turn.ask(QuestionKind.ANYTHING_ELSE, f"{lead} {wording.ANYTHING_ELSE}")
            return turn.reply()
        turn.note(TopicOpened(last.intent, last.name, turn.heard.seq))
    return topics.advance(turn, knowledge, lead=lead)


def _slot(turn: Turn, knowledge: KnowledgeIndex, slot: str) -> Decision | None:
    attribute = attribute_of(turn, slot)
    if turn.heard.has(Signal.GOODBYE):
        return None
    if _BARE_NO.match(turn.heard.text.strip()) and not (attribute and attribute.type in _MAY_BE_NO):
        return _dropped(turn, knowledge)
    if slot == CONTACT_SLOT:
        if note_references(turn):
            return topics.advance(turn, knowledge)
    elif attribute is not None:
        is_number = attribute.type in NUMBER_TYPES
        if is_number and turn.heard.has(Signal.DONT_KNOW):
            turn.ask(QuestionKind.SLOT, wording.NEED_CONTACT, slot=CONTACT_SLOT)
            return turn.reply()
        if not _is_interruption(turn, attribute):
            value = extract(attribute, turn.heard.text, is_asked=True, now=turn.now)
            if value:
                turn.fill(slot, attribute.label, value)
                if attribute.type is not AttributeType.DATE:  # the digits of a date are no policy number
                    note_references(turn)
                return topics.advance(turn, knowledge)
            if is_number and note_references(turn):
                return topics.advance(turn, knowledge)
    if slot == DATE_OF_BIRTH.name:
        postcode = extract(_POSTCODE, turn.heard.text, is_asked=True, now=turn.now)
        if postcode:
            turn.fill("postcode", "postcode", postcode)
            return topics.advance(turn, knowledge)
    return _not_an_answer(turn, knowledge, slot)


_POSTCODE = Attribute(
    name="postcode",
    label="postcode",
    type=AttributeType.POSTCODE,
    prompt="",
    mandatory=True,
    options=(),
    description="",
)


def _is_interruption(turn: Turn, attribute: Attribute) -> bool:
    """A free-text slot would swallow anything: a clear question or another wish is not its answer."""
    if attribute.type not in (AttributeType.TEXT, AttributeType.NAME):
        return False
    is_question = bool(_QUESTION.search(turn.heard.text))
    passage = next(iter(turn.heard.passages), None)
    return is_question and (turn.heard.intent.zone is Zone.ACCEPT or bool(passage and passage.is_answer))


def _not_an_answer(turn: Turn, knowledge: KnowledgeIndex, slot: str) -> Decision | None:
    current = turn.state.topic.intent if turn.state.topic else None
    best = next(iter(turn.heard.intent.candidates), None)
    if turn.heard.intent.zone is Zone.ACCEPT and best and best.intent != current:
        return None
    passage = next(iter(turn.heard.passages), None)
    if passage and passage.is_answer and _QUESTION.search(turn.heard.text):
        turn.quote(passage)
        return topics.advance(turn, knowledge, lead="And now back to my question.")
    if turn.asked and turn.asked.attempt >= ASK_AT_MOST:
        return HandOff(EscalationReason.UNABLE_TO_PROCEED, notes=turn.settled())
    if slot in (CONTACT_SLOT, DATE_OF_BIRTH.name):
        prompt = wording.NEED_CONTACT if slot == CONTACT_SLOT else wording.CHECK_BIRTH + " For example 14 March 1985."
        turn.ask(QuestionKind.SLOT, f"{wording.DID_NOT_CATCH} {prompt}", slot=slot)
        return turn.reply()
    return topics.advance(turn, knowledge, lead=wording.DID_NOT_CATCH)


def _confirm(turn: Turn, knowledge: KnowledgeIndex) -> Decision | None:
    has_doubt = _DOUBT.search(turn.heard.text.replace("’", "'"))
    if turn.heard.has(Signal.YES) and not has_doubt:
        turn.is_confirming = True
        return topics.advance(turn, knowledge)
    if turn.heard.has(Signal.YES):
        return topics.advance(turn, knowledge, lead=wording.NOT_SURE)
    if turn.heard.has(Signal.NO):
        turn.close_topic(TopicOutcome.CANCELLED)
        turn.ask(QuestionKind.ANYTHING_ELSE, wording.CANCELLED)
        return turn.reply()
    if note_references(turn):
        return topics.advance(turn, knowledge)
    return None


def _clarified(turn: Turn, knowledge: KnowledgeIndex, asked: Question) -> Decision | None:
    options = [intent for intent_id in asked.options if (intent := turn.library.find(intent_id)) is not None]
    plain = turn.heard.text.strip().lower().rstrip(".!")
    chosen = next((one for one in options if plain in (one.name.lower(), one.id)), None)
    if chosen is None and options:
        if re.search(r"\b(?:first|former|1st|one|the 1)\b", plain) or (
            len(options) == 1 and turn.heard.has(Signal.YES)
        ):
            chosen = options[0]
        elif re.search(r"\b(?:second|latter|last|2nd|two)\b", plain) and len(options) > 1:
            chosen = options[1]
        elif not re.search(r"\b(?:neither|none|no)\b", plain):
            ids = {one.id for one in options}
            near = next((one for one in turn.heard.intent.candidates if one.intent in ids), None)
            if near and near.probability >= 0.3:
                chosen = turn.library.get(near.intent)
    if chosen is not None:
        topics.recognise(turn, chosen, turn.heard.intent)
        return topics.advance(turn, knowledge)
    if re.search(r"\b(?:neither|none|no)\b", plain):
        note_refused_choice(turn, asked.options)
        turn.ask(QuestionKind.OFFER_PERSON, wording.OUT_OF_SCOPE, choices=("Yes, a person please", "No, thanks"))
        return Clarify(turn.says, turn.settled())
    return None


def _yes_or_no(turn: Turn, on_yes: HandOff) -> Decision | None:
    if turn.heard.has(Signal.YES):
        return on_yes
    if turn.heard.has(Signal.NO):
        turn.ask(QuestionKind.ANYTHING_ELSE, wording.STAY_WITH_ME)
        return turn.reply()
    return None


def _callback(turn: Turn, knowledge: KnowledgeIndex) -> Decision | None:
    if turn.heard.has(Signal.YES, Signal.WANTS_CALLBACK):
        return open_callback(turn, knowledge)
    if turn.heard.has(Signal.NO):
        turn.ask(QuestionKind.ANYTHING_ELSE, wording.STAY_WITH_ME)
        return turn.reply()
    return None


def open_callback(turn: Turn, knowledge: KnowledgeIndex) -> Decision | None:
    """Start booking a callback; None when the tenant has no such intent."""
    intent = next(
        (one for one in turn.library.live() if one.solution and one.solution.target == "request_callback"), None
    )
    if intent is None:
        return None
    turn.note(TopicOpened(intent.id, intent.name, turn.heard.seq))
    topics.take_values(turn, intent)
    return topics.advance(turn, knowledge)


def _anything_else(turn: Turn) -> Decision | None:
    if turn.heard.has(Signal.GOODBYE) or _BARE_NO.match(turn.heard.text.strip()):
        turn.say(wording.GOODBYE)
        return Close(ClosureReason.RESOLVED, turn.says, turn.settled())
    return None
