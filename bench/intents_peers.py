"""Other people's ways on the same data; each needs a package that only this benchmark uses."""

import importlib.util
import time

import numpy as np

from bench.intents_classify import zero_shot_rows
from bench.intents_data import ClassificationSet, ClusteringSet
from bench.intents_discover import kmeans_rows, matched_accuracy
from bench.report import Row
from encoder import Encoder


def classification_peers(data: ClassificationSet, encoder: Encoder) -> tuple[list[Row], list[str]]:
    """Rows, and what was skipped and why."""
    rows = zero_shot_rows(data, encoder)
    if importlib.util.find_spec("setfit") is None:
        return rows, ["peer_setfit: the package setfit is not installed (pip install setfit); skipped"]
    return rows + _setfit(data), []


def clustering_peers(data: ClusteringSet, encoder: Encoder) -> tuple[list[Row], list[str]]:
    """Rows, and what was skipped and why."""
    rows = kmeans_rows(data, encoder)
    if importlib.util.find_spec("bertopic") is None:
        return rows, ["peer_bertopic: the package bertopic is not installed (pip install bertopic); skipped"]
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


def _setfit(data: ClassificationSet) -> list[Row]:
    from datasets import Dataset  # type: ignore[import-not-found]
    from setfit import SetFitModel, Trainer, TrainingArguments

    intents = sorted(set(data.ten_shot.intents))
    place = {intent: index for index, intent in enumerate(intents)}
    train = Dataset.from_dict(
        {"text": list(data.ten_shot.texts), "label": [place[intent] for intent in data.ten_shot.intents]}
    )
    model = SetFitModel.from_pretrained(_minilm_folder())
    arguments = TrainingArguments(num_epochs=1, max_steps=300, batch_size=16)
    started = time.process_time()
    Trainer(model=model, args=arguments, train_dataset=train).train()
    seconds = time.process_time() - started
    guessed = [int(label) for label in model.predict(list(data.test.texts))]
    right = [intents[label] == gold for label, gold in zip(guessed, data.test.intents, strict=True)]
    return [
        Row(f"peer_setfit_{data.name}_10shot_acc", 100.0 * float(np.mean(right)), "%"),
        Row(f"peer_setfit_{data.name}_cpu_s", seconds, "s"),
    ]


def _minilm_folder() -> str:
    from encoder.weights import WEIGHTS, locate

    return str(locate(WEIGHTS).parent)
