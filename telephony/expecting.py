"""What the agent's open question makes likely in the caller's answer, for turn taking and transcription."""

from agent.identity import IDENTITY
from conversation.events import Question
from conversation.state import State
from conversation.words import QuestionKind
from intents.library import Attribute, AttributeType, Library
from speech.expectation import Expectation
from telephony.call.ear import Expected

_BY_TYPE: dict[AttributeType, tuple[Expectation, tuple[int, ...]]] = {
    AttributeType.NAME: (Expectation.NAME, ()),
    AttributeType.PHONE: (Expectation.DIGITS, (10, 11)),
    AttributeType.DATE: (Expectation.DATE, ()),
    AttributeType.MONEY: (Expectation.MONEY, ()),
    AttributeType.NUMBER: (Expectation.DIGITS, ()),
    AttributeType.YES_NO: (Expectation.YES_NO, ()),
    AttributeType.CHOICE: (Expectation.CHOICE, ()),
    AttributeType.CASE_NUMBER: (Expectation.DIGITS, (4,)),
    AttributeType.CLAIM_NUMBER: (Expectation.CODE, (5,)),
    AttributeType.APPLICATION_NUMBER: (Expectation.CODE, (6,)),
    AttributeType.POLICY_NUMBER: (Expectation.DIGITS, (7,)),
    AttributeType.POSTCODE: (Expectation.CODE, ()),
}

_YES_NO = frozenset({QuestionKind.CONFIRM_ACTION, QuestionKind.OFFER_PERSON, QuestionKind.OFFER_CALLBACK})


def expected_of(state: State, library: Library) -> Expected:
    """What to listen for now."""
    question = state.question
    if state.is_with_human or question is None:
        return Expected(words=_vocabulary(library))
    if question.kind in _YES_NO:
        return Expected(Expectation.YES_NO, words=("yes", "no"))
    if question.kind is QuestionKind.CLARIFY:
        named = (library.find(option) for option in question.options)
        return Expected(Expectation.CHOICE, words=tuple(one.name for one in named if one))
    if question.kind is QuestionKind.SLOT:
        return _for_slot(question, state, library)
    return Expected(words=_vocabulary(library))


def _for_slot(question: Question, state: State, library: Library) -> Expected:
    if question.slot in (IDENTITY, "customer_number"):
        return Expected(Expectation.CODE, words=("customer number", "HM", "phone number"))
    attribute = find_attribute(question.slot or "", state, library)
    if attribute is None:
        return Expected(words=_vocabulary(library))
    expectation, digits = _BY_TYPE.get(attribute.type, (Expectation.OPEN, ()))
    return Expected(expectation, digits, (*attribute.options, attribute.label))


def find_attribute(name: str, state: State, library: Library) -> Attribute | None:
    """The attribute of that name: the current topic's first, then any intent's."""
    topic = library.find(state.topic.intent) if state.topic else None
    own = topic.attributes if topic else ()
    every = (attribute for intent in library.live() for attribute in intent.attributes)
    return next((one for one in (*own, *every) if one.name == name), None)


def _vocabulary(library: Library) -> tuple[str, ...]:
    """The centre's own words: what may be chosen, what numbers are called, what intents are called."""
    attributes = [attribute for intent in library.live() for attribute in intent.attributes]
    options = [option for attribute in attributes for option in attribute.options]
    labels = [attribute.label for attribute in attributes]
    return tuple(dict.fromkeys([*options, *labels, *(intent.name.lower() for intent in library.live())]))
