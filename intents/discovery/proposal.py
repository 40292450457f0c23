"""What discovery hands to the supervisor."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Trend:
    """How a topic's volume moves."""

    recent: int
    """Turns in the last seven days."""
    before: float
    """Turns a week in the time before, at least 0."""
    z: float
    """By how many deviations of a Poisson count the last week is above the weeks before."""

    @property
    def is_growing(self) -> bool:
        """Whether the last week is above chance and at least half as much again."""
        return self.z >= 3.0 and self.recent >= 1.5 * self.before


@dataclass(frozen=True)
class Evidence:
    """One turn that belongs to a proposal."""

    turn: str
    """Id of the turn in its transcript."""
    conversation: str
    text: str
    """Personal data masked."""
    at: datetime | None
    centrality: float
    """Cosine to the middle of the proposal."""


@dataclass(frozen=True)
class AskedNext:
    """Something operators asked in conversations with this wish."""

    prompt: str
    """The question as asked most typically."""
    type: str
    """The attribute type it seems to ask for (intent.AttributeType)."""
    share: float
    """Share of the proposal's conversations in which it was asked."""


@dataclass(frozen=True)
class Proposal:
    """A wish that customers express and that may deserve an intent of its own."""

    id: str
    """The same from run to run while it is about the same turns."""
    title: str
    """Verb phrase: "Check my points"."""
    subtitle: tuple[str, ...]
    """Telling words."""
    evidence: tuple[Evidence, ...]
    """All turns, the most central first."""
    examples: tuple[str, ...]
    """Five to twenty different sentences that stand for it: what approval would learn from."""
    border: tuple[str, ...]
    """Two sentences that hardly belong, for judging where it ends."""
    conversations: int
    """How many conversations it occurs in."""
    share: float
    """Share of all turns looked at."""
    novelty: float
    """Mean of minus the model's score: above 2 the model knows nothing like it, below 0 it is known."""
    unmatched: float
    """Share of its turns that the model finds out of scope or uncertain."""
    cohesion: float
    """Mean cosine of its turns to its middle."""
    stability: float
    """Share of independent runs that keep its turns together."""
    nearest_intent: str | None
    """Id of the intent whose examples are nearest; None for an empty library."""
    nearest_similarity: float
    """Cosine between its middle and that intent's."""
    duplicate_of: str | None
    """Id of the intent it seems to repeat; None if it stands alone."""
    group: str | None
    """Group suggested by the nearest intent, None if none is near."""
    queue: str | None
    """Queue suggested by the nearest intent, None if none is near."""
    trend: Trend | None
    """None in a history without times."""
    rank: float
    """What the inbox is sorted by, highest first (ranking.py)."""
    middle: NDArray[np.float32]
    """Mean direction of its turns, length one; recognises it in later runs."""
    sibling_of: str | None = None
    """Id of a proposal higher up that it resembles: look at them together, perhaps merge them."""
    is_known: bool = False
    """True if it was shown before under this id."""
    is_rejected: bool = False
    """True if a supervisor discarded it before: kept out of the inbox."""
