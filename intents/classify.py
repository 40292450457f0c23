"""Says what a customer wants, how sure that is, and when to say nothing.

text -> vector -> head -> logits -> softmax(logits / temperature)     which intent
                    |        '----> energy ----.
                    '-> nearest examples ------+-> score              whether any intent at all
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from encoder import Encoder, Floats, Labels, SoftmaxHead, Vectors, energy, fit_softmax, one_thread, stems
from intents.library import Library
from intents.scope import HeldOut, Normal, hold_out, nearest_similarity, scope_scores
from intents.strangeness import is_strange
from intents.wording import WordingHead, fit_wording

CANDIDATES = 5
NEIGHBOURS = 3
SLICE_TEXTS = 1024

LEAST_PROBABILITY = 0.4
"""Nothing less likely is acted on, even where the held-out examples would allow it."""
MOST_PROBABILITY = 0.9
"""Something this likely is acted on, even where few held-out examples prove it."""


class Zone(StrEnum):
    """What may be done with a classification."""

    ACCEPT = "accept"
    """Act on the first candidate."""
    UNCERTAIN = "uncertain"
    """One of the candidates, but ask (or let a language model choose) before acting."""
    OUT_OF_SCOPE = "out_of_scope"
    """Nothing the library knows."""


@dataclass(frozen=True)
class Candidate:
    """One intent it may be."""

    intent: str
    """The intent's id."""
    probability: float
    """Calibrated, given that it is one of the library's intents at all; all intents sum to one."""


@dataclass(frozen=True)
class Neighbour:
    """An example that resembles what was said."""

    text: str
    intent: str
    """Id of the intent it is an example of."""
    similarity: float
    """Cosine, 1.0 for the same words."""


@dataclass(frozen=True)
class Classification:
    """What the model makes of one utterance, with its reasons."""

    zone: Zone
    candidates: tuple[Candidate, ...]
    """At most five, best first; empty for an empty library."""
    score: float
    """z(energy) + z(nearest examples): 0 is a typical customer with a known wish, below about -2 an unknown one."""
    margin: float
    """Probability of the first candidate minus that of the second."""
    nearest: tuple[Neighbour, ...]
    """The three most similar examples, most similar first: why the model thinks so."""
    model_version: int
    """Version of the library the model was trained on."""


@dataclass(frozen=True)
class TrainingOptions:
    """How to train; the defaults were chosen by measurement (docs/reference/intents.md)."""

    strength: float = 10.0
    """Inverse of the L2 penalty of the head."""
    unknown_share: float = 0.05
    """Share of known wishes that may fall out of scope by mistake."""
    doubtful_share: float = 0.15
    """Share of known wishes whose score is too low to act on without asking."""
    accepted_accuracy: float = 0.97
    """How often an accepted first candidate must be right on held-out examples."""


@dataclass(frozen=True)
class Thresholds:
    """Where the zones begin."""

    in_scope_score: float
    """Below this score nothing known is meant."""
    accept_score: float
    """Below this score the agent asks first."""
    accept_probability: float
    """Below this probability of the first candidate the agent asks first."""


@dataclass(frozen=True)
class IntentModel:
    """An immutable snapshot that classifies; a change of the library makes a new one."""

    version: int
    intents: tuple[str, ...]
    """Ids, in the order of the head's rows."""
    head: SoftmaxHead
    temperature: float
    bank: Vectors
    """All examples, shape (examples, dimensions)."""
    bank_texts: tuple[str, ...]
    bank_labels: Labels
    """Position in `intents` of each example's intent."""
    neighbours: int
    """How many nearest examples make up the similarity of the score."""
    energy: Normal
    similarity: Normal
    thresholds: Thresholds
    wording: WordingHead | None
    """Ranks the intents instead of `head` once there are examples enough; `head` always judges the scope."""
    wording_temperature: float
    encoder: str
    """Name of the encoder whose vectors it understands."""

    def classify(self, text: str, vector: NDArray[np.float32]) -> Classification:
        """What `text`, encoded as `vector` of shape (dimensions,), asks for."""
        return self.classify_many([text], vector[None, :])[0]

    def classify_many(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> tuple[Classification, ...]:
        """One classification per text; `vectors` has shape (texts, dimensions)."""
        if len(texts) != len(vectors):
            raise ValueError(f"{len(texts)} texts but {len(vectors)} vectors")
        if not self.intents:
            nothing = Classification(Zone.OUT_OF_SCOPE, (), 0.0, 0.0, (), self.version)
            return tuple(nothing for _ in texts)
        found: list[Classification] = []
        # In slices, because the similarities of 100,000 texts to all examples would take gigabytes.
        for start in range(0, len(texts), SLICE_TEXTS):
            found += self._classify_slice(texts[start : start + SLICE_TEXTS], vectors[start : start + SLICE_TEXTS])
        return tuple(found)

    def _classify_slice(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> list[Classification]:
        logits = self.head.logits(vectors)
        if self.wording is None:
            probabilities = softmax(logits / self.temperature, axis=1)
        else:
            probabilities = softmax(self.wording.logits(texts, vectors) / self.wording_temperature, axis=1)
        similarities = vectors @ self.bank.T
        scores = scope_scores(
            energy(logits), nearest_similarity(similarities, self.neighbours), self.energy, self.similarity
        )
        return [
            self._explain(text, row, float(score), alike)
            for text, row, score, alike in zip(texts, probabilities, scores, similarities, strict=True)
        ]

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        """The words of each intent's examples, without endings."""
        said: dict[str, set[str]] = {intent: set() for intent in self.intents}
        for text, label in zip(self.bank_texts, self.bank_labels.tolist(), strict=True):
            said[self.intents[label]].update(stems(text))
        return {intent: frozenset(words) for intent, words in said.items()}

    def _explain(self, text: str, probabilities: Floats, score: float, similarities: Vectors) -> Classification:
        best = np.argsort(-probabilities, kind="stable")[:CANDIDATES]
        candidates = tuple(Candidate(self.intents[index], float(probabilities[index])) for index in best)
        count = min(NEIGHBOURS, len(similarities))
        nearest = np.argpartition(similarities, -count)[-count:]
        nearest = nearest[np.argsort(-similarities[nearest], kind="stable")]
        second = candidates[1].probability if len(candidates) > 1 else 0.0
        return Classification(
            zone=self._zone(text, score, candidates[0]),
            candidates=candidates,
            score=score,
            margin=candidates[0].probability - second,
            nearest=tuple(
                Neighbour(self.bank_texts[index], self.intents[self.bank_labels[index]], float(similarities[index]))
                for index in nearest
            ),
            model_version=self.version,
        )

    def _zone(self, text: str, score: float, best: Candidate) -> Zone:
        if score < self.thresholds.in_scope_score:
            return Zone.OUT_OF_SCOPE
        if score < self.thresholds.accept_score or best.probability < self.thresholds.accept_probability:
            return Zone.UNCERTAIN
        return Zone.UNCERTAIN if is_strange(text, score, self.words[best.intent]) else Zone.ACCEPT


def train(library: Library, encoder: Encoder, *, options: TrainingOptions | None = None) -> IntentModel:
    """A model of the library's live intents; the same library and encoder give the same model.

    Each intent's name counts as one more example, so an intent without any is still recognised. Encodes every
    example (about 2 ms of one core each) and fits within seconds at 150 intents of 100 examples. Blocks.
    """
    live = library.live()
    texts: list[str] = []
    labels: list[int] = []
    is_name: list[bool] = []
    for label, intent in enumerate(live):
        texts += [*(example.text for example in intent.examples), intent.name]
        labels += [label] * (len(intent.examples) + 1)
        is_name += [False] * len(intent.examples) + [True]
    return fit(
        texts,
        encoder.encode(texts),
        np.array(labels, dtype=np.intp),
        np.array(is_name, dtype=np.bool_),
        intents=tuple(intent.id for intent in live),
        version=library.version,
        encoder=encoder.name,
        options=options or TrainingOptions(),
    )


def fit(
    texts: Sequence[str],
    vectors: Vectors,
    labels: Labels,
    is_name: NDArray[np.bool_],
    *,
    intents: tuple[str, ...],
    version: int,
    encoder: str,
    options: TrainingOptions,
) -> IntentModel:
    """A model of examples that are already encoded; `is_name` marks those that are an intent's name."""
    with one_thread():
        return _fit(texts, vectors, labels, is_name, intents, version, encoder, options)


def _fit(
    texts: Sequence[str],
    vectors: Vectors,
    labels: Labels,
    is_name: NDArray[np.bool_],
    intents: tuple[str, ...],
    version: int,
    encoder: str,
    options: TrainingOptions,
) -> IntentModel:
    held_out = hold_out(vectors, labels, is_name, classes=len(intents), strength=options.strength)
    wording = fit_wording(texts, vectors, labels, is_name, len(intents))
    if wording is not None:
        held_out = held_out.ranked_by(wording, labels)
    return IntentModel(
        version=version,
        intents=intents,
        head=fit_softmax(vectors, labels, len(intents), strength=options.strength),
        temperature=held_out.temperature,
        bank=vectors,
        bank_texts=tuple(texts),
        bank_labels=labels,
        neighbours=held_out.neighbours,
        energy=held_out.energy,
        similarity=held_out.similarity,
        thresholds=_thresholds(held_out, options),
        wording=wording.head if wording else None,
        wording_temperature=wording.temperature if wording else 1.0,
        encoder=encoder,
    )


def _thresholds(held_out: HeldOut, options: TrainingOptions) -> Thresholds:
    if not len(held_out.scores):
        # Too few examples to hold any out: the agent asks about everything.
        return Thresholds(in_scope_score=-2.0, accept_score=0.0, accept_probability=0.5)
    accept_score = float(np.quantile(held_out.scores, options.doubtful_share))
    # Most probable first: the longest prefix that is right often enough ends at the threshold.
    counted = held_out.scores >= accept_score
    order = np.argsort(-held_out.probabilities[counted], kind="stable")
    right = held_out.is_right[counted][order]
    accuracy = np.cumsum(right) / np.arange(1, len(right) + 1)
    good = np.flatnonzero(accuracy >= options.accepted_accuracy)
    threshold = float(held_out.probabilities[counted][order][good[-1]]) if len(good) else 1.0
    return Thresholds(
        in_scope_score=float(np.quantile(held_out.scores, options.unknown_share)),
        accept_score=accept_score,
        accept_probability=min(max(threshold, LEAST_PROBABILITY), MOST_PROBABILITY),
    )
