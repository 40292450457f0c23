"""One customer turn, understood as far as its own words go. What it means here is said by agent.understanding.commands."""

from dataclasses import dataclass

from agent.understanding.acts import Act
from agent.understanding.names import Span
from intents import Classification
from knowledge import Passage, Query

ACCEPT_PROBABILITY, ACCEPT_SCORE = 0.5, -1.0
"""An intent is taken from here on. Two numbers because they say two things: which of the known wishes it would be, and
whether it is a known wish at all (bench.agent prints what the pair costs and gains)."""


@dataclass(frozen=True)
class Clause:
    """A piece of a turn that may be a wish, a question or an act of its own; or the whole turn."""

    text: str
    intent: Classification
    acts: frozenset[Act]
    passages: tuple[Passage, ...]
    """Best knowledge first."""
    query: Query
    is_question: bool

    @property
    def wish(self) -> str | None:
        """The intent's id, if it may be taken."""
        best = self.intent.candidates[0] if self.intent.candidates else None
        if best is None or best.probability < ACCEPT_PROBABILITY or self.intent.score < ACCEPT_SCORE:
            return None
        return best.intent

    @property
    def passage(self) -> Passage | None:
        return self.passages[0] if self.passages else None


@dataclass(frozen=True)
class Urgency:
    """Why a person is fetched at once."""

    category: str
    """Id in the tenant's safety policy."""
    by_words: bool
    """Found by its words; else by the classifier."""
    probability: float = 1.0
    """How sure the classifier is."""


@dataclass(frozen=True)
class Understanding:
    text: str
    """Plain and bounded (agent.understanding.text)."""
    seq: int
    """Sequence number of the customer's turn."""
    whole: Clause
    clauses: tuple[Clause, ...]
    """The pieces in the order said; only the whole where it does not fall apart."""
    spans: tuple[Span, ...]
    """Names and streets as the entity model sees them."""
    language: str | None
    """ISO 639-1; None when too little was said to tell."""
    urgency: Urgency | None
    is_legal: bool
    mood: int
    """This turn alone, -3 to 3."""
    was_masked: bool = False
    """A card number, code or password was taken out of it before it was kept."""

    @property
    def acts(self) -> frozenset[Act]:
        return frozenset(act for clause in (self.whole, *self.clauses) for act in clause.acts)

    def has(self, *wanted: Act) -> bool:
        return not self.acts.isdisjoint(wanted)
