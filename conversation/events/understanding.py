"""What the agent took it to mean, and what it works on."""

from dataclasses import dataclass
from typing import Any, Literal

from conversation.words import QuestionKind, TopicOutcome


@dataclass(frozen=True)
class Question:
    """What the agent waits for."""

    kind: QuestionKind
    slot: str | None = None
    """The attribute asked for, with kind `slot`."""
    options: tuple[str, ...] = ()
    """Intent ids with kind `clarify`; words the customer may press otherwise."""
    attempt: int = 1
    """1 for the first time it is asked."""


@dataclass(frozen=True)
class IntentRecognised:
    intent: str
    name: str
    group: str
    confidence: float
    zone: str
    alternatives: tuple[str, ...]
    said_seq: int
    model_version: int
    kind: Literal["intent_recognised"] = "intent_recognised"


@dataclass(frozen=True)
class UtteranceUnmatched:
    """The customer said something no intent covers: raw material for discovery."""

    said_seq: int
    nearest: str
    score: float
    text: str = ""
    """What was said, personal data masked; empty in old records."""
    line_of_business: str = ""
    """That of the nearest intent."""
    is_doubtful: bool = False
    """The agent asks which of a few intents is meant: unmatched unless the customer says so."""
    kind: Literal["utterance_unmatched"] = "utterance_unmatched"


@dataclass(frozen=True)
class MoodNoted:
    said_seq: int
    level: int
    """-3 very negative to 3 very positive, of this turn alone."""
    kind: Literal["mood_noted"] = "mood_noted"


@dataclass(frozen=True)
class TurnUnderstood:
    """What the agent took a turn to mean, as commands: the first half of "why did it say that?"."""

    said_seq: int
    commands: tuple[str, ...]
    """One each, for people and tools: "start claim_status 0.93", "set policy_number", never a value."""
    kind: Literal["turn_understood"] = "turn_understood"


@dataclass(frozen=True)
class LanguageNoticed:
    """The customer writes another language than the conversation was in."""

    language: str
    """ISO 639-1."""
    kind: Literal["language_noticed"] = "language_noticed"


@dataclass(frozen=True)
class TopicOpened:
    intent: str
    name: str
    said_seq: int
    words: str = ""
    """What the customer said when it was opened, personal secrets masked; records are picked by it."""
    procedure: str = ""
    """Which procedure carries it out, as id and version; empty in old records."""
    kind: Literal["topic_opened"] = "topic_opened"


@dataclass(frozen=True)
class StepDone:
    """A step of a procedure that is not to be done again while its inputs stay the same."""

    intent: str
    """The topic it belongs to."""
    step: str
    """Its place in the procedure, for example "3.then.1"."""
    inputs: str
    """What it was done with, as a digest; another digest means it has to be done again."""
    result: dict[str, Any] | None = None
    """What a tool gave, as JSON; None for a step without one."""
    kind: Literal["step_done"] = "step_done"


@dataclass(frozen=True)
class TopicClosed:
    intent: str
    outcome: TopicOutcome
    kind: Literal["topic_closed"] = "topic_closed"


@dataclass(frozen=True)
class SlotFilled:
    name: str
    label: str
    value: str
    said_seq: int
    is_correction: bool = False
    topic: str = ""
    """The topic it belongs to; empty for what is true of the customer whatever the topic."""
    kind: Literal["slot_filled"] = "slot_filled"


@dataclass(frozen=True)
class SlotCleared:
    name: str
    topic: str = ""
    kind: Literal["slot_cleared"] = "slot_cleared"


@dataclass(frozen=True)
class QuestionAsked:
    question: Question | None
    """None: nothing is awaited any more."""
    kind: Literal["question_asked"] = "question_asked"


UnderstandingEvent = (
    IntentRecognised
    | UtteranceUnmatched
    | MoodNoted
    | TurnUnderstood
    | LanguageNoticed
    | TopicOpened
    | StepDone
    | TopicClosed
    | SlotFilled
    | SlotCleared
    | QuestionAsked
)
