"""Whether something known is meant at all: statistics of known wishes the model had not seen.

Scores of training examples say nothing, because each resembles itself; so every example is judged by a head that was
trained without it and by its nearest neighbour other than itself.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from encoder import Floats, Labels, energy, fit_softmax, fit_temperature, folds
from intents.wording import CalibratedWording

FEW_EXAMPLES = 20
"""With fewer per intent one nearest example counts, with more the mean of five."""

SMALL = 2000
"""Up to this many examples ten folds are affordable, beyond it three are enough."""


@dataclass(frozen=True)
class Normal:
    """Mean and spread of a quantity over known wishes."""

    mean: float
    deviation: float
    """Positive."""

    def z(self, values: Floats) -> Floats:
        """How many deviations above the mean."""
        return (values - self.mean) / self.deviation


@dataclass(frozen=True)
class HeldOut:
    """What the model says of examples it had not seen; the rows are the examples of intents that have two or more."""

    temperature: float
    neighbours: int
    """Nearest examples averaged in the score."""
    energy: Normal
    similarity: Normal
    scores: Floats
    """Shape (rows,)."""
    probabilities: Floats
    """Calibrated probability of the first candidate, shape (rows,)."""
    is_right: NDArray[np.bool_]
    """Whether the first candidate was the example's own intent, shape (rows,)."""
    examples: Labels
    """Which example each row is, shape (rows,)."""

    def ranked_by(self, wording: CalibratedWording, labels: Labels) -> "HeldOut":
        """The same scores for the rows that the wording head had not seen, with its probabilities."""
        rows = np.searchsorted(self.examples, wording.held_out)
        probabilities = softmax(wording.logits / wording.temperature, axis=1)
        return replace(
            self,
            scores=self.scores[rows],
            probabilities=probabilities.max(axis=1),
            is_right=probabilities.argmax(axis=1) == labels[wording.held_out],
            examples=wording.held_out,
        )


def nearest_similarity(similarities: NDArray[np.floating], neighbours: int) -> Floats:
    """Mean cosine of the nearest examples, shape (rows,), from a table of shape (rows, examples)."""
    count = min(neighbours, similarities.shape[1])
    nearest = np.partition(similarities, -count, axis=1)[:, -count:]
    return np.asarray(nearest.mean(axis=1), dtype=np.float64)


def scope_scores(energies: Floats, similarities: Floats, energy_of: Normal, similarity_of: Normal) -> Floats:
    """z(energy) + z(similarity): first or nearly first of all scores on every set measured."""
    return energy_of.z(energies) + similarity_of.z(similarities)


def hold_out(
    vectors: NDArray[np.float32], labels: Labels, is_name: NDArray[np.bool_], *, classes: int, strength: float
) -> HeldOut:
    """Statistics over all examples but the names, each judged without itself.

    The names stay in every training part: they are titles, not something a customer said.
    """
    counts = np.bincount(labels[~is_name], minlength=classes)
    judged = np.flatnonzero(~is_name & (counts[labels] > 1)) if classes else np.zeros(0, dtype=np.intp)
    typical = float(np.median(counts[counts > 0])) if (counts > 0).any() else 0.0
    neighbours = 1 if typical < FEW_EXAMPLES else 5
    if not len(judged):
        unit = Normal(0.0, 1.0)
        return HeldOut(1.0, neighbours, unit, unit, np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.bool_), judged)
    logits = _held_out_logits(vectors, labels, is_name, judged, classes=classes, strength=strength)
    temperature = fit_temperature(logits, labels[judged]) if classes > 1 else 1.0
    similarities = _left_out_similarities(vectors, judged, neighbours)
    energies = energy(logits)
    energy_of, similarity_of = _normal(energies), _normal(similarities)
    probabilities = softmax(logits / temperature, axis=1)
    return HeldOut(
        temperature=temperature,
        neighbours=neighbours,
        energy=energy_of,
        similarity=similarity_of,
        scores=scope_scores(energies, similarities, energy_of, similarity_of),
        probabilities=probabilities.max(axis=1),
        is_right=probabilities.argmax(axis=1) == labels[judged],
        examples=judged,
    )


def _held_out_logits(
    vectors: NDArray[np.float32],
    labels: Labels,
    is_name: NDArray[np.bool_],
    judged: Labels,
    *,
    classes: int,
    strength: float,
) -> Floats:
    logits = np.zeros((len(labels), classes))
    count = 10 if len(labels) <= SMALL else 3
    fold = folds(labels, count)
    fold[is_name] = -1
    for held in range(count):
        test = fold == held
        if test.any():
            head = fit_softmax(vectors[~test], labels[~test], classes, strength=strength)
            logits[test] = head.logits(vectors[test])
    return logits[judged]


def _left_out_similarities(vectors: NDArray[np.float32], judged: Labels, neighbours: int) -> Floats:
    found = np.empty(len(judged))
    # In slices, because all pairs of 15,000 examples would take a gigabyte.
    for start in range(0, len(judged), 1024):
        rows = judged[start : start + 1024]
        similarities = vectors[rows] @ vectors.T
        similarities[np.arange(len(rows)), rows] = -1.0
        found[start : start + 1024] = nearest_similarity(similarities, neighbours)
    return found


def _normal(values: Floats) -> Normal:
    deviation = float(values.std())
    # One intent has constant energy, and repeated sentences constant similarity: neither may count.
    return Normal(float(values.mean()), deviation if deviation > 1e-6 else 1.0)
