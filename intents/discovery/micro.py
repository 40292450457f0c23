"""Very many sentences as few weighted middles, so that discovery stays fast beyond twenty thousand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from encoder import Vectors
from intents.discovery.held import SHARD_ROWS, Held, rows_in_shards, take
from intents.discovery.progress import Progress, silent

JOINS = 0.6
"""Cosine to the nearest micro-cluster from which a new sentence belongs to it; below, it starts one."""
ROUNDS = 4
"""Of spherical k-means; the fifth moved under one sentence in fifty."""
SAMPLE_PER_MIDDLE = 12
"""Sentences per middle that the middles are learnt from; all are assigned in the end."""
SLICE_ROWS = 1024


@dataclass(frozen=True)
class MicroClusters:
    """What arrives continuously, kept as a bounded number of weighted middles; immutable."""

    sums: NDArray[np.float64]
    """Sum of the member vectors, decayed, shape (clusters, dimensions)."""
    weights: NDArray[np.float64]
    """Decayed number of members, shape (clusters,)."""
    ids: NDArray[np.int64]
    """A number per cluster that is never used again."""
    next_id: int
    limit: int = 5000
    """Most clusters kept; the lightest are dropped beyond it."""

    @classmethod
    def empty(cls, dimensions: int, *, limit: int = 5000) -> "MicroClusters":
        """The state before the first sentence."""
        return cls(np.zeros((0, dimensions)), np.zeros(0), np.zeros(0, dtype=np.int64), 1, limit)

    def middles(self) -> Vectors:
        """The clusters' directions, length one, shape (clusters, dimensions)."""
        lengths = np.linalg.norm(self.sums, axis=1, keepdims=True)
        return np.asarray(self.sums / np.maximum(lengths, 1e-9), dtype=np.float32)

    def add(self, vector: NDArray[np.float32]) -> "tuple[MicroClusters, int]":
        """The state after one more sentence, and the id of the cluster it is in."""
        similarities = self.middles() @ vector
        if len(similarities) and similarities.max() >= JOINS:
            nearest = int(similarities.argmax())
            sums, weights = self.sums.copy(), self.weights.copy()
            sums[nearest] += vector
            weights[nearest] += 1.0
            return MicroClusters(sums, weights, self.ids, self.next_id, self.limit), int(self.ids[nearest])
        sums = np.concatenate([self.sums, vector[None, :].astype(np.float64)])
        weights, ids = np.append(self.weights, 1.0), np.append(self.ids, self.next_id)
        if len(ids) > self.limit:
            # Never the newcomer, which is lightest of all.
            kept = np.arange(len(ids)) != int(weights[:-1].argmin())
            sums, weights, ids = sums[kept], weights[kept], ids[kept]
        return MicroClusters(sums, weights, ids, self.next_id + 1, self.limit), self.next_id

    def faded(self, days: float, *, half_life_days: float = 14.0) -> "MicroClusters":
        """The state when nothing new came for a while; what weighs under a twentieth of a sentence is forgotten."""
        factor = 0.5 ** (days / half_life_days)
        kept = self.weights * factor >= 0.05
        return MicroClusters(
            self.sums[kept] * factor, self.weights[kept] * factor, self.ids[kept], self.next_id, self.limit
        )


def condense(held: Held, count: int, progress: Progress = silent) -> tuple[Vectors, NDArray[np.intp]]:
    """Middles of length one, shape (at most count, dimensions), and for every row the number of its middle.

    Spherical k-means from evenly spaced rows, shard by shard; deterministic, whoever holds the shards. The middles are
    learnt from evenly spaced rows, too; empty ones are dropped. 100,000 rows and 2,000 middles take about 12 s of one
    core; time grows with the product.
    """
    sample = np.arange(0, held.rows, max(1, held.rows // (SAMPLE_PER_MIDDLE * count)))
    middles = take(held, np.unique(np.linspace(0, held.rows - 1, count).astype(np.intp)))
    for turn in range(ROUNDS):
        progress("condense", turn / (ROUNDS + 1))
        answers = held.each(sums_of_sample, middles, own=rows_in_shards(sample, held.rows))
        middles = _moved(middles, answers)
    assigned: list[NDArray[np.intp]] = []

    def remaining() -> Iterator[Sums]:
        for numbers, part in held.each(assign, middles):
            assigned.append(numbers)
            progress("condense", (ROUNDS + min(1.0, len(assigned) * SHARD_ROWS / held.rows)) / (ROUNDS + 1))
            yield part

    middles = _moved(middles, remaining())
    used, dense = np.unique(np.concatenate(assigned), return_inverse=True)
    return middles[used], dense.astype(np.intp)


Sums = tuple[NDArray[np.intp], Vectors]
"""Which middles some rows went to, and the sum of those rows for each."""


def assign(vectors: Vectors, middles: Vectors) -> tuple[NDArray[np.intp], Sums]:
    """For every row of a shard the number of the most similar middle, shape (rows,), and the sums."""
    found = np.empty(len(vectors), dtype=np.intp)
    for start in range(0, len(vectors), SLICE_ROWS):
        found[start : start + SLICE_ROWS] = (vectors[start : start + SLICE_ROWS] @ middles.T).argmax(axis=1)
    order = np.argsort(found, kind="stable")
    used, starts = np.unique(found[order], return_index=True)
    return found, (used, np.add.reduceat(vectors[order], starts, axis=0))


def sums_of_sample(vectors: Vectors, middles: Vectors, rows: NDArray[np.intp]) -> Sums:
    """The sums of some of a shard's rows."""
    if not len(rows):
        return np.zeros(0, dtype=np.intp), np.zeros((0, vectors.shape[1]), dtype=np.float32)
    return assign(vectors[rows], middles)[1]


def _moved(middles: Vectors, parts: Iterable[Sums]) -> Vectors:
    """The middles where their rows are; one without any stays."""
    totals = np.zeros(middles.shape)
    for used, sums in parts:
        totals[used] += sums
    lengths = np.linalg.norm(totals, axis=1, keepdims=True)
    return np.asarray(np.where(lengths > 0, totals / np.maximum(lengths, 1e-9), middles), dtype=np.float32)
