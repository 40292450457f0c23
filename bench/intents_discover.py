"""How well wishes are found: clustering against gold intents, and hidden intents in a stream."""

import time
from collections import Counter

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, silhouette_score

from bench.intents_data import ClassificationSet, ClusteringSet, Labelled
from bench.intents_train import train_on
from bench.report import Row
from encoder import Encoder, Vectors
from intents import Library
from intents.discovery import CustomerTurn, DiscoveryOptions, Proposal, propose
from intents.discovery.clusters import group
from intents.discovery.turns import Candidate

HIDDEN = 15
"""Intents hidden in turn; a quarter of them all where there are fewer than sixty."""
LABELLED = 40
"""Examples of each known intent that the model is trained on; the others go into the stream."""
FIRST = 20
SEEDS = (0, 1, 2)
BIG = 100_000


def cluster_rows(data: ClusteringSet, encoder: Encoder) -> list[Row]:
    gold = np.unique(np.array(data.turns.intents), return_inverse=True)[1]
    started = time.process_time()
    partition = group(encoder.encode(data.turns.texts)).partition
    seconds = time.process_time() - started
    return [
        *_scores(f"{data.name}_cluster", gold, partition),
        Row(f"{data.name}_cluster_cpu_s", seconds, "s"),
    ]


def kmeans_rows(data: ClusteringSet, encoder: Encoder) -> list[Row]:
    """Peer: plain k-means, its number of clusters by silhouette."""
    vectors = encoder.encode(data.turns.texts)
    gold = np.unique(np.array(data.turns.intents), return_inverse=True)[1]
    # Two where there are too few turns to choose a number from.
    counts = range(5, min(81, len(vectors) // 4), 5) or (2,)
    fits = [KMeans(count, n_init=3, random_state=0).fit_predict(vectors) for count in counts]
    best = max(fits, key=lambda labels: _silhouette(vectors, labels)) if len(fits) > 1 else fits[0]
    return _scores(f"peer_kmeans_{data.name}_cluster", gold, best)


def _silhouette(vectors: Vectors, labels: NDArray[np.intp]) -> float:
    if len(np.unique(labels)) < 2:
        # All turns say the same.
        return -1.0
    return float(silhouette_score(vectors, labels, sample_size=min(2000, len(vectors)), random_state=0))


def _scores(name: str, gold: NDArray[np.intp], found: NDArray[np.intp]) -> list[Row]:
    return [
        Row(f"{name}_acc", 100.0 * matched_accuracy(gold, found), "%"),
        Row(f"{name}_nmi", 100.0 * float(normalized_mutual_info_score(gold, found)), "%"),
        Row(f"{name}_ari", 100.0 * float(adjusted_rand_score(gold, found)), "%"),
        Row(f"{name}_count", float(len(np.unique(found))), "clusters"),
    ]


def matched_accuracy(gold: NDArray[np.intp], found: NDArray[np.intp]) -> float:
    """Share of rows in the cluster that the best one-to-one matching gives to their intent (Hungarian method)."""
    table = np.zeros((gold.max() + 1, found.max() + 1))
    np.add.at(table, (gold, found), 1)
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum() / len(gold))


def hidden_rows(data: ClassificationSet, encoder: Encoder, *, seeds: tuple[int, ...] = SEEDS) -> list[Row]:
    """Hides intents at random, mixes their utterances with others of the known, and counts how many come up first.

    An intent is found if one of the first twenty proposals consists of it by half or more.
    """
    intents = hideable(data)
    count = HIDDEN if len(intents) >= 4 * HIDDEN else max(1, len(intents) // 4)
    found = [_found(data, encoder, intents, count, seed) for seed in seeds]
    return [
        Row(f"{data.name}_hidden_found_top20", float(np.mean(found)), f"of {count}"),
        Row(f"{data.name}_hidden_found_top20_least", float(min(found)), f"of {count}"),
    ]


def hideable(data: ClassificationSet) -> list[str]:
    """The intents with turns enough to be shown at all."""
    counts = Counter(data.train.intents)
    return sorted(intent for intent, count in counts.items() if count >= DiscoveryOptions().least_turns)


def _found(data: ClassificationSet, encoder: Encoder, intents: list[str], count: int, seed: int) -> int:
    hidden = set(np.random.default_rng(seed).choice(intents, count, replace=False).tolist())
    seen: Counter[str] = Counter()
    labelled: list[tuple[str, str]] = []
    stream: list[tuple[str, str]] = []
    for text, intent in zip(data.train.texts, data.train.intents, strict=True):
        seen[intent] += 1
        (stream if intent in hidden or seen[intent] > LABELLED else labelled).append((text, intent))
    known = Labelled(tuple(text for text, _ in labelled), tuple(intent for _, intent in labelled))
    model = train_on(known, encoder, with_names=True)
    candidates = [Candidate(text, (CustomerTurn(str(row), str(row), text),)) for row, (text, _) in enumerate(stream)]
    vectors = encoder.encode([text for text, _ in stream])
    proposals = propose(candidates, vectors, model, Library(1, ()), encoder)
    return len({_majority(proposal, stream) for proposal in proposals[:FIRST]} & hidden)


def _majority(proposal: Proposal, stream: list[tuple[str, str]]) -> str | None:
    intents = Counter(stream[int(evidence.turn)][1] for evidence in proposal.evidence)
    intent, count = intents.most_common(1)[0]
    return intent if count >= len(proposal.evidence) / 2 else None


def big_rows(data: ClassificationSet, encoder: Encoder) -> list[Row]:
    """100,000 turns: real vectors with Gaussian noise of length 0.5, so many that no two are the same."""
    noise = np.random.default_rng(0)
    real = encoder.encode(data.train.texts)
    picked = noise.integers(0, len(real), BIG)
    vectors = noisy(real, picked, noise)
    texts = [f"{data.train.texts[row]} {number}" for number, row in enumerate(picked.tolist())]
    candidates = [Candidate(text, (CustomerTurn(str(row), str(row), text),)) for row, text in enumerate(texts)]
    model = train_on(data.ten_shot, encoder, with_names=True)
    started = time.process_time()
    proposals = propose(candidates, vectors, model, Library(1, ()), encoder)
    return [
        Row("discover_100k_cpu_s", time.process_time() - started, "s"),
        Row("discover_100k_topics", float(len(proposals)), "topics"),
    ]


def noisy(real: Vectors, picked: NDArray[np.int64], noise: np.random.Generator) -> Vectors:
    jitter = noise.standard_normal((len(picked), real.shape[1]), dtype=np.float32)
    moved = real[picked] + 0.5 * jitter / np.linalg.norm(jitter, axis=1, keepdims=True)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)
