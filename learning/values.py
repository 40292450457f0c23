"""The words and settings of learning."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from intents import Change, Intent, Library


class LearningError(Exception):
    """Root of what a supervisor can be told; the message says what to do. Nothing was changed."""


class NotPossible(LearningError):
    """What was asked for breaks a rule."""


class Conflict(LearningError):
    """Something else stands in the way: the library moved on, or the answer needs a second look."""


class NotThere(LearningError):
    """There is no such thing."""


class Action(StrEnum):
    """What was done to the library."""

    LOADED = "loaded"
    APPROVED = "approved"
    EDITED = "edited"
    PAUSED = "paused"
    RESUMED = "resumed"
    CREATED = "created"
    IMPORTED = "imported"
    DISCARDED = "discarded"
    MERGED = "merged"
    ROLLED_BACK = "rolled_back"
    CANARY_STARTED = "canary_started"
    CANARY_RAMPED = "canary_ramped"
    CANARY_ROLLED_BACK = "canary_rolled_back"


@dataclass(frozen=True)
class Changed:
    """A change of the library that is in use."""

    version: int
    previous: int
    """The version before; the same number where nothing differed."""
    changes: tuple[Change, ...]


class Mode(StrEnum):
    """Who decides about what discovery finds in a line of business."""

    MANUAL = "manual"
    """Nothing is looked for unless a supervisor asks."""
    SEMI_AUTONOMOUS = "semi_autonomous"
    """Found continuously, approved by a supervisor."""
    AUTONOMOUS = "autonomous"
    """Approved as a canary when every guard holds, else by a supervisor."""


@dataclass(frozen=True)
class Guards:
    """What a proposal must show before it is approved without a person."""

    least_conversations: int = 20
    least_cohesion: float = 0.55
    """Mean cosine of its turns to their middle."""
    least_accuracy: float = 0.85
    """Share of its held-out examples recognised after learning from the others."""
    most_similarity: float = 0.75
    """Cosine to the nearest intent."""


@dataclass(frozen=True)
class LineSettings:
    """How one line of business learns."""

    line_of_business: str
    mode: Mode = Mode.SEMI_AUTONOMOUS
    is_on: bool = True
    channels: tuple[str, ...] = ("chat", "voice")
    look_back_days: int = 30
    canary_share: float = 0.2
    """Share of the conversations that first meet what was approved without a person."""
    guards: Guards = field(default_factory=Guards)


def lines_of(library: Library) -> tuple[str, ...]:
    """The lines of business, in the order of the library."""
    return tuple(dict.fromkeys(intent.line_of_business for intent in library.intents))


def names(library: Library) -> dict[str, str]:
    """Intent names by id."""
    return {intent.id: intent.name for intent in library.intents}


def replaced(library: Library, intent: Intent) -> Library:
    """The library with this intent in place of the one of its id, or at the end."""
    if library.find(intent.id) is None:
        return Library(library.version, (*library.intents, intent))
    return Library(library.version, tuple(intent if one.id == intent.id else one for one in library.intents))


def groups_of(library: Library) -> Sequence[Intent]:
    """The intents that others belong to."""
    return [intent for intent in library.intents if intent.is_group]
