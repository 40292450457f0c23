"""One customer turn, understood: signals, intent, passages and mood. Everything that needs a model, done once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.signals import Signal, mood, signals
from encoder.port import Encoder
from intents.classify import Classification, IntentModel
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

    def has(self, *wanted: Signal) -> bool:
        return not self.signals.isdisjoint(wanted)


class Listener:
    """Turns text into `Heard`. Its model and index are swapped whole when the supervisor changes them."""

    def __init__(self, encoder: Encoder, model: IntentModel, knowledge: KnowledgeIndex) -> None:
        self._encoder = encoder
        self.model = model
        self.knowledge = knowledge

    def hear_many(self, turns: Sequence[tuple[str, int]]) -> list[Heard]:
        """Understand several turns (text, sequence number) at once. CPU-bound, about 3 ms each; blocks."""
        model, knowledge = self.model, self.knowledge
        texts = [text for text, _ in turns]
        vectors = self._encoder.encode(texts)
        classified = model.classify_many(texts, vectors)
        return [
            Heard(text, seq, signals(text), mood(text), intent, knowledge.search(vector), vector)
            for (text, seq), vector, intent in zip(turns, vectors, classified, strict=True)
        ]
