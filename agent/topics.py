"""Working on one topic: collect what it needs, check who is asking, then look up, do, quote or hand over.

attributes -> identity (only for the customer's own record) -> confirm (only before changing something) -> solution
"""

from datetime import date
from typing import Any

from agent import wording
from agent.decision import Decision, HandOff, UseTool
from agent.extract import extract
from agent.references import DATE_OF_BIRTH, REFERENCES, note_references, references_of
from agent.tools.runner import NEEDS_IDENTITY
from agent.turn import Turn
from conversation.events import IntentRecognised, Question, QuestionAsked, TopicOpened
from conversation.state import Topic
from conversation.words import Assurance, EscalationReason, QuestionKind, TopicOutcome
from intents.classify import Classification
from intents.library import Attribute, AttributeType, Intent, SolutionKind, Support
from knowledge.search import KnowledgeIndex, Passage

NUMBER_TYPES = frozenset(
    {
        AttributeType.CLAIM_NUMBER,
        AttributeType.CASE_NUMBER,
        AttributeType.APPLICATION_NUMBER,
        AttributeType.POLICY_NUMBER,
    }
)
CONTACT_SLOT = "contact"
"""Asked for when the customer has no number: an e-mail address, a phone number or a customer number."""

CHANGES_SOMETHING = frozenset({"open_case", "request_callback"})
HAS_NO_NUMBER = "I don't have it"
ASK_AT_MOST = 3
"""A question and two retries; then a person."""

BETTER_ELSEWHERE = 0.06
"""How much better another article's passage must fit before it replaces the intent's own article."""


def recognise(turn: Turn, intent: Intent, classified: Classification) -> None:
    """Open the intent as the current topic and take every value the customer already gave."""
    confidence = next((one.probability for one in classified.candidates if one.intent == intent.id), 0.0)
    alternatives = tuple(one.intent for one in classified.candidates if one.intent != intent.id)[:2]
    turn.note(
        IntentRecognised(
            intent.id,
            intent.name,
            intent.group or "",
            round(confidence, 3),
            classified.zone,
            alternatives,
            turn.heard.seq,
            classified.model_version,
        ),
        TopicOpened(intent.id, intent.name, turn.heard.seq),
    )
    take_values(turn, intent)


def take_values(turn: Turn, intent: Intent) -> None:
    """Fill the intent's attributes from what was just said, unasked."""
    note_references(turn)
    for attribute in intent.attributes:
        if attribute.name not in REFERENCES:
            value = extract(attribute, turn.heard.text, is_asked=False, now=turn.now)
            if value:
                turn.fill(attribute.name, attribute.label, value)


def advance(turn: Turn, knowledge: KnowledgeIndex, *, lead: str = "") -> Decision:
    """The next step of the current topic. `lead` is said before the next question."""
    intent = turn.intent
    if intent is None:
        turn.close_topic(TopicOutcome.CANCELLED)
        turn.ask(QuestionKind.ANYTHING_ELSE, f"{lead} {wording.ANYTHING_ELSE}".strip())
        return turn.reply()
    tool = intent.solution.target if intent.solution and intent.solution.kind is SolutionKind.TOOL else None
    needs_identity = tool in NEEDS_IDENTITY
    is_verified = turn.state.identity.assurance >= Assurance.VERIFIED
    is_alone = intent.support is Support.SELF_SERVICE
    missing = _missing(turn, intent, may_skip_numbers=needs_identity and is_verified and tool not in CHANGES_SOMETHING)
    if missing:
        return _ask_for(turn, missing, lead, needs_identity=needs_identity)
    if not is_alone:
        return HandOff(EscalationReason.POLICY_RESTRICTION, intent=intent.id, says=turn.says, notes=turn.settled())
    if needs_identity and not is_verified:
        return _check_identity(turn, lead)
    if tool in CHANGES_SOMETHING and not _is_confirmed(turn):
        wanted = "; ".join(f"{slot.label}: {wording.spaced(slot.value)}" for slot in _own_slots(turn, intent))
        text = f"{lead} Let me check: {_lower(intent.name)} ({wanted}). Shall I go ahead?".strip()
        turn.ask(QuestionKind.CONFIRM_ACTION, text, choices=("Yes, go ahead", "No"))
        return turn.reply()
    if tool is not None:
        return UseTool(tool, _arguments(turn, intent), turn.settled())
    if intent.solution and intent.solution.kind is SolutionKind.ARTICLE:
        return quote(turn, knowledge, intent.solution.target)
    return HandOff(EscalationReason.POLICY_RESTRICTION, intent=intent.id, says=turn.says, notes=turn.settled())


def finish(turn: Turn, knowledge: KnowledgeIndex) -> Decision:
    """The topic is done: back to the one it interrupted, or ask what else."""
    done = turn.state.topic
    turn.close_topic(TopicOutcome.DONE)
    if turn.state.topic:
        return advance(turn, knowledge, lead=_next_topic(done, turn.state.topic))
    turn.ask(QuestionKind.ANYTHING_ELSE, wording.ANYTHING_ELSE)
    return turn.reply()


def quote(turn: Turn, knowledge: KnowledgeIndex, article: str | None) -> Decision:
    """Answer with the best approved passage: of the intent's article, unless another fits clearly better."""
    best = next(iter(turn.heard.passages), None)
    own = next((one for one in turn.heard.passages if one.article_id == article), None)
    if article is not None and own is None:
        own = next(iter(knowledge.search(turn.heard.vector, limit=1, within=article)), None)
    chosen: Passage | None = own
    if best and best.is_answer and (own is None or best.score > own.score + BETTER_ELSEWHERE):
        chosen = best
    if chosen is None:
        return HandOff(EscalationReason.MISSING_KNOWLEDGE, says=turn.says, notes=turn.settled())
    turn.quote(chosen)
    done = turn.state.topic
    turn.close_topic(TopicOutcome.DONE)
    if turn.state.topic:
        return advance(turn, knowledge, lead=_next_topic(done, turn.state.topic))
    turn.note(QuestionAsked(Question(QuestionKind.ANYTHING_ELSE)))
    return turn.reply()


def _next_topic(done: Topic | None, coming: Topic) -> str:
    """Two wishes of one turn follow each other; otherwise the first one was interrupted."""
    if done is not None and done.said_seq == coming.said_seq:
        return f"And about “{_lower(coming.name)}”:"
    return f"Now back to “{_lower(coming.name)}”."


def _missing(turn: Turn, intent: Intent, *, may_skip_numbers: bool) -> Attribute | None:
    has_reference = bool(references_of(turn))
    for attribute in intent.attributes:
        if not attribute.mandatory or turn.state.value(attribute.name):
            continue
        if attribute.type in NUMBER_TYPES and (may_skip_numbers or (has_reference and _may_go_without(intent))):
            continue
        return attribute
    return None


def _may_go_without(intent: Intent) -> bool:
    """A look-up can find the record by any reference; a change needs the number it is about."""
    return intent.solution is not None and intent.solution.target in NEEDS_IDENTITY - CHANGES_SOMETHING


def _ask_for(turn: Turn, attribute: Attribute, lead: str, *, needs_identity: bool) -> Decision:
    choices: tuple[str, ...] = attribute.options
    if attribute.type in NUMBER_TYPES and needs_identity:
        choices = (HAS_NO_NUMBER,)
    elif attribute.type is AttributeType.YES_NO:
        choices = ("Yes", "No")
    prompt = attribute.prompt or f"What's the {attribute.label}?"
    turn.ask(QuestionKind.SLOT, f"{lead} {prompt}".strip(), slot=attribute.name, choices=choices)
    return turn.reply()


def _check_identity(turn: Turn, lead: str) -> Decision:
    if turn.state.identity.failed_checks >= ASK_AT_MOST:
        turn.say(wording.CHECK_GAVE_UP)
        return HandOff(EscalationReason.AUTHENTICATION_FAILED, says=turn.says, notes=turn.settled())
    references = references_of(turn)
    if not references:
        turn.ask(QuestionKind.SLOT, f"{lead} {wording.NEED_CONTACT}".strip(), slot=CONTACT_SLOT)
        return turn.reply()
    birth = turn.state.value(DATE_OF_BIRTH.name)
    postcode = turn.state.value("postcode")
    if birth is None and postcode is None:
        kind = next(iter(references))
        label = turn.state.slot(kind)
        known = f"{wording.read_back(label.label, label.value)}, thank you." if label else ""
        text = " ".join(part for part in (lead, known, wording.CHECK_BIRTH) if part)
        turn.ask(QuestionKind.SLOT, text, slot=DATE_OF_BIRTH.name)
        return turn.reply()
    arguments: dict[str, Any] = {
        "references": {str(kind): value for kind, value in references.items()},
        "date_of_birth": birth,
        "postcode": None if birth else postcode,
    }
    return UseTool("verify_customer", arguments, turn.settled())


def _is_confirmed(turn: Turn) -> bool:
    asked = turn.asked
    return asked is not None and asked.kind is QuestionKind.CONFIRM_ACTION and turn.is_confirming


def _own_slots(turn: Turn, intent: Intent) -> list[Any]:
    names = [attribute.name for attribute in intent.attributes]
    return [slot for name in names if (slot := turn.state.slot(name)) is not None]


def _arguments(turn: Turn, intent: Intent) -> dict[str, Any]:
    own: dict[str, Any] = {slot.name: slot.value for slot in _own_slots(turn, intent)}
    if intent.solution and intent.solution.target == "open_case":
        own |= {
            "subject": intent.name,
            "details": "; ".join(f"{slot.label}: {slot.value}" for slot in _own_slots(turn, intent)) or turn.heard.text,
        }
    today: date = turn.now.date()
    return own | {"today": today.isoformat()}


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
