"""One customer turn, understood: signals, intent, passages and mood. Everything that needs a model, done once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from agent.signals import Signal, mood, signals
from encoder.port import Encoder
from intents.canary import place_of
from intents.classify import Classification, IntentModel, Zone
from intents.clauses import Wish, split_clauses
from knowledge.search import KnowledgeIndex, Passage


@dataclass(frozen=True)
class Heard:
    text: str
    seq: int
    """Sequence number of the customer's turn."""
    signals: frozenset[Signal]
    mood: int
    """This turn alone, -3 to 3."""
    intent: Classification
    passages: tuple[Passage, ...]
    """Best knowledge first."""
    vector: NDArray[np.float32]
    """The turn encoded, shape (dimensions,)."""
    wishes: tuple[Wish, ...] = ()
    """The different wishes of a turn that holds several, in the order said; empty for one wish or none."""

    def has(self, *wanted: Signal) -> bool:
        return not self.signals.isdisjoint(wanted)


@dataclass(frozen=True)
class Reduced:
    """The model without the canaries that reach no further than `share` of the conversations."""

    share: float
    model: IntentModel


class Listener:
    """Turns text into `Heard`. Immutable; the supervisor's changes make a new one."""

    def __init__(
        self,
        encoder: Encoder,
        model: IntentModel,
        knowledge: KnowledgeIndex,
        reduced: tuple[Reduced, ...] = (),
    ) -> None:
        """`reduced`, by rising share, serves the conversations that are not to meet a canary yet."""
        self.encoder = encoder
        self._encoder = encoder
        self.model = model
        self.knowledge = knowledge
        self.reduced = reduced

    def hear_many(self, turns: Sequence[tuple[str, int]]) -> list[Heard]:
        """Understand several turns (text, sequence number) at once. CPU-bound, about 3 ms each; blocks."""
        model, knowledge = self.model, self.knowledge
        texts = [text for text, _ in turns]
        clauses = [split_clauses(text) for text in texts]
        pieces = [piece for parts in clauses if len(parts) > 1 for piece in parts]
        encoded = self._encoder.encode([*texts, *pieces])
        vectors = encoded[: len(texts)]
        classified = model.classify_many(texts, vectors)
        of_pieces = iter(zip(pieces, model.classify_many(pieces, encoded[len(texts) :]), strict=True))
        heard = []
        for (text, seq), parts, vector, intent in zip(turns, clauses, vectors, classified, strict=True):
            wishes = _wishes([Wish(*next(of_pieces)) for _ in parts]) if len(parts) > 1 else ()
            found = knowledge.search(vector)
            heard.append(Heard(text, seq, signals(text), mood(text), intent, found, vector, wishes))
        return heard

    def heard_in(self, conversation_id: str, heard: Heard) -> Heard:
        """The same as this conversation is to understand it: without the canaries it is not to meet yet."""
        place = place_of(conversation_id)
        model = next((one.model for one in reversed(self.reduced) if place >= one.share), None)
        if model is None:
            return heard
        wishes = _wishes([one for one in heard.wishes if one.classification.candidates[0].intent in model.intents])
        return replace(heard, intent=model.classify(heard.text, heard.vector), wishes=wishes)


def _wishes(pieces: Sequence[Wish]) -> tuple[Wish, ...]:
    """The pieces accepted as different intents, the first of each; empty if fewer than two."""
    accepted: dict[str, Wish] = {}
    for wish in pieces:
        if wish.classification.zone is Zone.ACCEPT:
            accepted.setdefault(wish.classification.candidates[0].intent, wish)
    return tuple(accepted.values()) if len(accepted) > 1 else ()
