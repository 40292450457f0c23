"""Which of the things customers say are worth grouping."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intents.discovery.masking import mask_personal_data
from intents.intent import folded

FEWEST_WORDS = 3
"""Less is a yes, a thank-you or a number: an answer, not a wish."""
MOST_WORDS = 60
"""More holds several wishes, and the encoder would only hear its beginning."""


@dataclass(frozen=True)
class CustomerTurn:
    """One thing a customer said."""

    id: str
    """Points at the transcript, and stays the same from run to run."""
    conversation: str
    text: str
    at: datetime | None = None
    """When; None in a history without times."""


@dataclass(frozen=True)
class Candidate:
    """One or more turns of the same words, with personal data masked."""

    text: str
    turns: tuple[CustomerTurn, ...]
    """All of them, in the order given; their own text is masked too."""


def candidates(turns: Iterable[CustomerTurn]) -> tuple[Candidate, ...]:
    """The turns that may show a wish, masked, equal words taken together; in order of first appearance."""
    grouped: dict[str, list[CustomerTurn]] = {}
    for turn in turns:
        text = mask_personal_data(" ".join(turn.text.split()))
        if FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
            grouped.setdefault(folded(text), []).append(CustomerTurn(turn.id, turn.conversation, text, turn.at))
    return tuple(Candidate(same[0].text, tuple(same)) for same in grouped.values())
