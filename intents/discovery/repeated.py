"""A sentence said again and again counts once where sentences are grouped; here it may leave a group it does not fit.

Without this, forty-five thousand times "where is my parcel" could stand in the inbox as "Order a pizza", because two
hundred different orders of meals lay nearest to that one sentence.
"""

from collections.abc import Sequence

import numpy as np

from intents.discovery.clusters import Grouping
from intents.discovery.graph import renumber
from intents.discovery.held import Held, take
from intents.discovery.turns import Candidate

UNLIKE = 0.4
"""Cosine to the middle of the others; nine in ten sentences of one wish are nearer on every set measured."""


def set_apart(found: Sequence[Candidate], held: Held, grouping: Grouping, *, least_turns: int) -> Grouping:
    """The grouping, each sentence alone that is most of its group's turns, a topic by itself, and unlike the rest."""
    partition = grouping.partition.copy()
    counts = np.array([len(candidate.turns) for candidate in found])
    turns = np.bincount(partition, weights=counts)
    sentences = np.bincount(partition)
    is_most = (counts >= least_turns) & (2 * counts > turns[partition]) & (sentences[partition] > 1)
    for row in np.flatnonzero(is_most).tolist():
        others = np.flatnonzero(partition == partition[row])
        others = others[others != row]
        vectors = take(held, np.union1d(others, [row]))
        place = int(np.searchsorted(others, row))
        middle = np.delete(vectors, place, axis=0).mean(axis=0)
        if float(vectors[place] @ middle) < UNLIKE * float(np.linalg.norm(middle)):
            partition[row] = partition.max() + 1
    return Grouping(renumber(partition), grouping.stability)
