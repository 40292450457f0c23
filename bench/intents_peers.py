"""Other people's ways on the same data; each needs a package that only this benchmark uses."""

import importlib.util
import time

import numpy as np

from bench.intents_classify import zero_shot_rows
from bench.intents_data import ClassificationSet, ClusteringSet
from bench.intents_discover import kmeans_rows, matched_accuracy
from bench.intents_setfit import setfit_rows
from bench.report import Row
from encoder import Encoder

HOW = "pip install -r requirements-peers.txt"


def classification_peers(data: ClassificationSet, encoder: Encoder) -> tuple[list[Row], list[str]]:
    """The nearest intent name, and SetFit. Rows, and what was skipped and why."""
    rows = zero_shot_rows(data, encoder)
    if importlib.util.find_spec("setfit") is None:
        return rows, [f"peer_setfit_{data.name}: the package setfit is not installed: {HOW}"]
    found, skipped = setfit_rows(data)
    return rows + found, skipped


def clustering_peers(data: ClusteringSet, encoder: Encoder) -> tuple[list[Row], list[str]]:
    """Plain k-means, and BERTopic. Rows, and what was skipped and why."""
    rows = kmeans_rows(data, encoder)
    if importlib.util.find_spec("bertopic") is None:
        return rows, [f"peer_bertopic_{data.name}: the package bertopic is not installed: {HOW}"]
    return rows + _bertopic(data, encoder), []


def _bertopic(data: ClusteringSet, encoder: Encoder) -> list[Row]:
    from bertopic import BERTopic
    from sklearn.metrics import normalized_mutual_info_score

    vectors = encoder.encode(data.turns.texts)
    gold = np.unique(np.array(data.turns.intents), return_inverse=True)[1]
    started = time.process_time()
    topics, _ = BERTopic(calculate_probabilities=False, verbose=False).fit_transform(list(data.turns.texts), vectors)
    labels = np.array(topics)
    # Its outliers (-1) go to the nearest topic, as the benchmark of DSTC11 does.
    known = np.unique(labels[labels >= 0])
    if len(known):
        middles = np.stack([vectors[labels == topic].mean(axis=0) for topic in known])
        labels = np.where(labels < 0, known[(vectors @ middles.T).argmax(axis=1)], labels)
    found = np.unique(labels, return_inverse=True)[1]
    name = f"peer_bertopic_{data.name}_cluster"
    return [
        Row(f"{name}_acc", 100.0 * matched_accuracy(gold, found), "%"),
        Row(f"{name}_nmi", 100.0 * float(normalized_mutual_info_score(gold, found)), "%"),
        Row(f"{name}_count", float(len(np.unique(found))), "clusters"),
        Row(f"{name}_cpu_s", time.process_time() - started, "s"),
    ]
