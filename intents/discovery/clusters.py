"""Groups sentences by what is wanted, without being told how many wishes there are.

1. several neighbourhood sizes x several resolutions; for each size the resolution of the best silhouette
2. a vote: sentences that most runs put together stay together; again the resolution of the best silhouette
3. twice: squeeze the directions in which sentences of one group differ (names, tenses, politeness), because they
   do not tell wishes apart, and group anew into about as many groups
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array

from encoder import Vectors, one_thread
from intents.discovery.graph import (
    Partition,
    communities,
    nearest_rows,
    renumber,
    shared_neighbour_graph,
    silhouette,
)
from intents.discovery.held import Held, HeldHere, take
from intents.discovery.micro import condense
from intents.discovery.progress import Progress, silent

NEIGHBOURHOODS = ((0.3, 10), (0.45, 20), (0.6, 30))
"""Share of the square root of the rows, and at most so many. Beyond a wish's own size neighbours are of other wishes:
ten to thirty whatever the rows took 16 points of accuracy from 600 sentences of 75 intents, 10 from 100 of calls."""
FEWEST_NEIGHBOURS = 4
RESOLUTIONS = (0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0, 22.0, 32.0, 45.0)
VOTE_RESOLUTIONS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
SEEDS = (1, 2, 3)
"""Louvain visits the rows in another order for each, so that the vote is among different runs."""

SQUEEZES = 2
SHRINKAGE = 0.8
"""Share of the round covariance mixed into the one within groups; 0.4 to 0.8 gave the same within noise."""

EXACT_ROWS = 20_000
"""More rows than this are condensed first."""
ROWS_PER_MIDDLE = 50
"""A wish of fewer turns than this among very many may be swallowed by a neighbour."""
FEWEST_MIDDLES = 2_000
MOST_MIDDLES = 20_000
"""Of a million sentences and more."""

FEW_ROWS = 60
"""Fewer rows than this have too few neighbours for a graph, which tears seven turns of one wish in two."""
FEW_APART = 0.6
"""Mean cosine distance of two groups' members from which so few rows are not joined any more."""


@dataclass(frozen=True)
class Grouping:
    """A partition of rows, and how sure it is of each."""

    partition: Partition
    """A group number per row, the largest group first."""
    stability: NDArray[np.float64]
    """Per row the mean share of independent runs that put it with its neighbours in the group, in [0, 1]."""


Choice = Callable[[Partition], float]
"""How good a partition is; the best is taken."""


def group(vectors: Vectors) -> Grouping:
    """The grouping of rows of length one, shape (rows, dimensions); deterministic. Blocks."""
    return group_held(HeldHere(vectors))


def group_held(held: Held, progress: Progress = silent) -> Grouping:
    """The grouping of rows that others hold; the same whoever holds them. Blocks.

    Exact up to 20,000 rows; more are condensed to a fiftieth, which are grouped in their stead.
    """
    if held.rows <= EXACT_ROWS:
        vectors = take(held, np.arange(held.rows))
        with one_thread():
            return _group_exactly(vectors)
    middles, assigned = condense(held, min(max(FEWEST_MIDDLES, held.rows // ROWS_PER_MIDDLE), MOST_MIDDLES), progress)
    with one_thread():
        found = _group_exactly(middles)
    return Grouping(renumber(found.partition[assigned]), found.stability[assigned])


def _group_exactly(vectors: Vectors) -> Grouping:
    if len(vectors) < FEW_ROWS:
        return _group_few(vectors)
    found = _group_once(vectors, lambda partition: _quality(vectors, partition))
    count = int(found.partition.max()) + 1
    for _ in range(SQUEEZES):
        squeezed = squeeze(vectors, found.partition)
        found = _group_once(squeezed, lambda partition: -abs(np.log((partition.max() + 1) / count)))
    return found


def _group_few(vectors: Vectors) -> Grouping:
    """Average linkage: it knows no sizes, and what stands alone stays alone."""
    partition = np.zeros(len(vectors), dtype=np.intp)
    if len(vectors) > 1:
        tree = linkage(vectors, "average", metric="cosine")
        partition = renumber(fcluster(tree, FEW_APART, "distance").astype(np.intp))
    return Grouping(partition, np.ones(len(vectors)))


def squeeze(vectors: Vectors, partition: Partition) -> Vectors:
    """The rows with the directions that vary within groups made short, scaled to length one again."""
    count = int(partition.max()) + 1
    sums = np.zeros((count, vectors.shape[1]))
    np.add.at(sums, partition, vectors)
    rest = vectors - (sums / np.bincount(partition, minlength=count)[:, None])[partition]
    within = rest.T @ rest / len(rest)
    round_ = np.trace(within) / len(within)
    if round_ < 1e-9:
        # Every group is one repeated sentence: nothing varies.
        return vectors
    values, directions = np.linalg.eigh((1 - SHRINKAGE) * within + SHRINKAGE * round_ * np.eye(len(within)))
    moved = (vectors - vectors.mean(axis=0)) @ (directions / np.sqrt(values))
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _group_once(vectors: Vectors, choice: Choice) -> Grouping:
    graphs: list[csr_array] = []
    runs: list[Partition] = []
    sizes = _neighbourhoods(len(vectors))
    neighbours = nearest_rows(vectors, sizes[-1])
    for size in sizes:
        graph = shared_neighbour_graph(neighbours[:, :size])
        best = max(RESOLUTIONS, key=lambda resolution: choice(communities(graph, resolution=resolution)))
        graphs.append(graph)
        runs += [communities(graph, resolution=best, seed=seed) for seed in SEEDS]
    return _vote(graphs, runs, choice)


def _neighbourhoods(rows: int) -> list[int]:
    """Ascending and different."""
    return sorted({min(most, max(FEWEST_NEIGHBOURS, round(share * sqrt(rows)))) for share, most in NEIGHBOURHOODS})


def _vote(graphs: Sequence[csr_array], runs: Sequence[Partition], choice: Choice) -> Grouping:
    edges = sum((graph > 0).astype(np.int8) for graph in graphs[1:]) + (graphs[0] > 0).astype(np.int8)
    pairs = edges.tocoo()
    together = np.mean([run[pairs.row] == run[pairs.col] for run in runs], axis=0)
    kept = together >= 0.5
    agreed = csr_array((together[kept], (pairs.row[kept], pairs.col[kept])), shape=edges.shape)
    partition = max((communities(agreed, resolution=resolution) for resolution in VOTE_RESOLUTIONS), key=choice)
    inside = partition[pairs.row] == partition[pairs.col]
    votes = np.bincount(pairs.row[inside], weights=together[inside], minlength=len(partition))
    counts = np.bincount(pairs.row[inside], minlength=len(partition))
    return Grouping(partition, votes / np.maximum(counts, 1))


def _quality(vectors: Vectors, partition: Partition) -> float:
    singles = float((np.bincount(partition) == 1).mean())
    # Shattering has a fine silhouette, because what is left together is nearly the same sentence.
    return silhouette(vectors, partition) if singles <= 0.5 else -1.0
