"""Turns in other languages than English: the wish and the danger in them, by a multilingual sentence encoder.

English is better served by the encoder that is there anyway. What the multilingual one makes of the tenant's examples is
learnt beforehand (`warm`), for that takes seconds. Without its package, and until it has learnt, another language is
still noticed, answered and passed on, only not understood.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from agent.understanding.acts import ActHead, by_model, by_rules
from agent.understanding.safety import SafetyHead, SafetyPolicy, by_words, train_safety
from agent.understanding.understanding import Clause
from encoder import Encoder, KeptSentences, kept_heads
from intents import IntentModel, Library, train

LEAST_URGENT = 0.8


@dataclass(frozen=True)
class _Models:
    encoder: Encoder
    intents: IntentModel
    acts: ActHead
    urgent: SafetyHead | None


class Foreign:
    """Understands turns in other languages. Safe to share between threads."""

    def __init__(self, encoder: Encoder, library: Library, safety: SafetyPolicy, vectors: Path | None = None) -> None:
        """`encoder` knows other languages. `vectors`: the file that keeps what was encoded; None encodes each time."""
        self._encoder, self._library, self._safety, self._vectors = encoder, library, safety, vectors
        self._models: _Models | None = None
        self._lock = Lock()

    def warm(self) -> None:
        """Learn the tenant's examples now, so that no customer waits for it; blocks for seconds."""
        with self._lock:
            if self._models is None:
                with kept_heads(self._vectors):
                    self._models = self._learnt()

    def clause(self, clause: Clause) -> Clause:
        """The same words with their wish and acts as the multilingual encoder sees them. No passages: those are English."""
        models = self._ready()
        if models is None:
            return replace(clause, passages=())
        vector = models.encoder.encode([clause.text])
        intent = models.intents.classify(clause.text, vector[0])
        found = by_model(clause.text, models.acts.probabilities(vector)[0], models.acts.acts, least=0.5)
        acts = by_rules(clause.text) | ({found} if found else set())
        return replace(clause, intent=intent, acts=frozenset(acts), passages=())

    def urgent(self, text: str) -> str | None:
        """The category of danger or need; None for none."""
        said = by_words(self._safety, text)
        models = self._ready()
        if said or models is None or models.urgent is None:
            return said
        vector: NDArray[np.float32] = models.encoder.encode([text])[0]
        category, probability = models.urgent.urgent(vector, text)
        return category if probability >= LEAST_URGENT else None

    def _ready(self) -> _Models | None:
        """None while another thread is learning: nobody waits for that."""
        if self._models is None and self._lock.acquire(blocking=False):
            try:
                self._models = self._models or self._learnt()
            finally:
                self._lock.release()
        return self._models

    def _learnt(self) -> _Models:
        from agent.understanding.acts import train_acts

        kept = KeptSentences(self._encoder, self._vectors) if self._vectors else None
        learns: Encoder = kept or self._encoder
        harmless = [example.text for intent in self._library.live() for example in intent.examples]
        models = _Models(
            self._encoder,
            train(self._library, learns),
            train_acts(learns, harmless),
            train_safety(self._safety, learns, ()),
        )
        if kept is not None:
            kept.seal()
        return models
