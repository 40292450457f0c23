"""How much the adapted encoder gains at ten examples per intent."""

import tempfile
import time
from pathlib import Path

import numpy as np

from bench.intents_classify import judge
from bench.intents_data import ClassificationSet
from bench.intents_train import spoken, train_on
from bench.report import Row
from encoder import CachingEncoder, MiniLmEncoder
from intents.adapt import train_with_torch


def adapted_rows(data: ClassificationSet) -> list[Row]:
    """Adapted to, and then trained on, the same ten examples per intent and the intents' names."""
    intents = sorted(set(data.ten_shot.intents))
    place = {intent: label for label, intent in enumerate(intents)}
    texts = [*data.ten_shot.texts, *(spoken(intent) for intent in intents)]
    labels = np.array([place[intent] for intent in data.ten_shot.intents] + list(range(len(intents))), dtype=np.intp)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / "adapted.safetensors"
        started = time.process_time()
        train_with_torch(texts, labels, weights)
        seconds = time.process_time() - started
        encoder = CachingEncoder(MiniLmEncoder.from_weights(weights, name="adapted"), limit=50_000)
    judged = judge(train_on(data.ten_shot, encoder, with_names=True), data.test, encoder)
    return [
        Row(f"{data.name}_10shot_acc", judged.accuracy, "%"),
        Row(f"{data.name}_adapt_cpu_s", seconds, "s"),
    ]
