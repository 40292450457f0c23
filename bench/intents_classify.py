"""How well intents are told apart and strangers recognised."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bench.intents_data import ClassificationSet, Labelled
from bench.intents_misheard import misheard
from bench.intents_train import spoken, train_on
from bench.report import Row
from encoder import Encoder
from intents import Classification, IntentModel, Zone


@dataclass(frozen=True)
class Judged:
    accuracy: float
    """Percent of the test rows whose first candidate is right, nothing rejected."""
    classified: tuple[Classification, ...]


def judge(model: IntentModel, test: Labelled, encoder: Encoder) -> Judged:
    classified = model.classify_many(test.texts, encoder.encode(test.texts))
    right = [one.candidates[0].intent == gold for one, gold in zip(classified, test.intents, strict=True)]
    return Judged(100.0 * float(np.mean(right)), classified)


def full_rows(data: ClassificationSet, encoder: Encoder) -> list[Row]:
    """Trained on everything."""
    judged = judge(model := train_on(data.train, encoder, with_names=True), data.test, encoder)
    rows = [Row(f"{data.name}_acc", judged.accuracy, "%")]
    heard = judge(model, Labelled(misheard(data.test.texts), data.test.intents), encoder)
    accepted = [
        one.candidates[0].intent == gold
        for one, gold in zip(heard.classified, data.test.intents, strict=True)
        if one.zone is Zone.ACCEPT
    ]
    rows += [
        Row(f"{data.name}_misheard_acc", heard.accuracy, "%"),
        Row(f"{data.name}_misheard_accepted", _percent(heard.classified, Zone.ACCEPT), "%"),
        Row(f"{data.name}_misheard_accepted_acc", 100.0 * float(np.mean(accepted or [False])), "%"),
    ]
    if data.out_of_scope:
        strangers = model.classify_many(data.out_of_scope, encoder.encode(data.out_of_scope))
        rows += out_of_scope_rows(data.name, judged.classified, strangers)
    return rows


def out_of_scope_rows(name: str, known: tuple[Classification, ...], strangers: tuple[Classification, ...]) -> list[Row]:
    inside = np.array([one.score for one in known])
    outside = np.array([one.score for one in strangers])
    is_known = np.concatenate([np.ones(len(inside)), np.zeros(len(outside))])
    area = float(roc_auc_score(is_known, np.concatenate([inside, outside])))
    return [
        Row(f"{name}_oos_auroc", 100.0 * area, "%"),
        # The threshold that keeps 95 % of the known test rows.
        Row(f"{name}_oos_recall95", 100.0 * float((outside < np.quantile(inside, 0.05)).mean()), "%"),
        Row(f"{name}_known_accepted", _percent(known, Zone.ACCEPT), "%"),
        Row(f"{name}_known_out_of_scope", _percent(known, Zone.OUT_OF_SCOPE), "%"),
        Row(f"{name}_strangers_accepted", _percent(strangers, Zone.ACCEPT), "%"),
    ]


def ten_shot_rows(data: ClassificationSet, encoder: Encoder) -> list[Row]:
    """Trained on at most ten examples of each intent, with the encoder as it comes."""
    judged = judge(train_on(data.ten_shot, encoder, with_names=True), data.test, encoder)
    return [Row(f"{data.name}_10shot_frozen_acc", judged.accuracy, "%")]


def zero_shot_rows(data: ClassificationSet, encoder: Encoder) -> list[Row]:
    """Peer: the nearest label by its name alone."""
    intents = sorted(set(data.train.intents))
    names = encoder.encode([spoken(intent) for intent in intents])
    best: NDArray[np.intp] = (encoder.encode(data.test.texts) @ names.T).argmax(axis=1)
    right = [intents[index] == gold for index, gold in zip(best.tolist(), data.test.intents, strict=True)]
    return [Row(f"peer_zeroshot_{data.name}_acc", 100.0 * float(np.mean(right)), "%")]


def _percent(classified: tuple[Classification, ...], zone: Zone) -> float:
    return 100.0 * float(np.mean([one.zone is zone for one in classified]))
