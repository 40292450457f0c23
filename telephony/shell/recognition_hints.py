"""What the agent's open question makes likely in the caller's answer, for turn taking and transcription."""

from agent import IDENTITY, Agent
from agent.procedures import Collect
from agent.understanding import ReferenceKind
from conversation import QuestionKind, State
from conversation.events import Question
from speech import Expectation
from telephony.call.leg_recognizer import RecognitionHints

_BY_TYPE: dict[str, tuple[Expectation, tuple[int, ...]]] = {
    "name": (Expectation.NAME, ()),
    "phone": (Expectation.DIGITS, (10, 11)),
    "date": (Expectation.DATE, ()),
    "when": (Expectation.DATE, ()),
    "date_of_birth": (Expectation.DATE, ()),
    "other_date_of_birth": (Expectation.DATE, ()),
    "money": (Expectation.MONEY, ()),
    "number": (Expectation.DIGITS, ()),
    "yes_no": (Expectation.YES_NO, ()),
    "choice": (Expectation.CHOICE, ()),
    "postcode": (Expectation.CODE, ()),
    "registration": (Expectation.CODE, ()),
}

_YES_NO = frozenset({QuestionKind.CONFIRM_ACTION, QuestionKind.OFFER_PERSON, QuestionKind.OFFER_CALLBACK})


def recognition_hints(state: State, agent: Agent) -> RecognitionHints:
    """What to listen for now."""
    question = state.dialogue.question
    if state.is_with_human or question is None:
        return RecognitionHints(words=_vocabulary(agent))
    if question.kind in _YES_NO:
        return RecognitionHints(Expectation.YES_NO, words=("yes", "no"))
    if question.kind is QuestionKind.CLARIFY:
        named = (agent.library.find(option) for option in question.options)
        return RecognitionHints(Expectation.CHOICE, words=tuple(one.name for one in named if one))
    if question.kind is QuestionKind.SLOT:
        return _for_slot(question, state, agent)
    return RecognitionHints(words=_vocabulary(agent))


def _for_slot(question: Question, state: State, agent: Agent) -> RecognitionHints:
    if question.slot == IDENTITY:
        words = (*(kind.label for kind in agent.references.kinds), "phone number", "date of birth")
        prefixes = tuple(kind.prefix for kind in agent.references.kinds if kind.prefix)
        return RecognitionHints(Expectation.CODE, words=(*words, *prefixes))
    collect = _collect(question.slot or "", state, agent)
    if collect is None:
        return RecognitionHints(words=_vocabulary(agent))
    kind = agent.references.kind(collect.type)
    expectation, digits = _of_reference(kind) if kind else _BY_TYPE.get(collect.type, (Expectation.OPEN, ()))
    return RecognitionHints(expectation, digits, (*collect.options, collect.label))


def _of_reference(kind: ReferenceKind) -> tuple[Expectation, tuple[int, ...]]:
    return (Expectation.CODE if kind.prefix else Expectation.DIGITS), (kind.digits,)


def _collect(name: str, state: State, agent: Agent) -> Collect | None:
    """What is asked for: of the current topic's procedure first, then of any."""
    own = agent.procedures.get(state.topic.intent) if state.topic else None
    every = (own, *agent.procedures.values()) if own else tuple(agent.procedures.values())
    return next((one for procedure in every for one in procedure.collects() if one.name == name), None)


def _vocabulary(agent: Agent) -> tuple[str, ...]:
    """The centre's own words, likeliest first, since a recogniser takes only so many."""
    intents = [intent.name.lower() for intent in agent.library.live()]
    kinds = [kind.label for kind in agent.references.kinds]
    collects = [one for procedure in agent.procedures.values() for one in procedure.collects()]
    options = [option for one in collects for option in one.options]
    return tuple(dict.fromkeys([*intents, *kinds, *options, *(one.label for one in collects)]))
