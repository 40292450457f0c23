"""Trains the product's model on labelled rows."""

import numpy as np

from bench.intents_data import Labelled
from encoder import Encoder
from intents import IntentModel
from intents.classify import TrainingOptions, fit


def train_on(rows: Labelled, encoder: Encoder, *, with_names: bool) -> IntentModel:
    """The product's model of labelled rows; the labels serve as the intents' names."""
    intents = tuple(sorted(set(rows.intents)))
    names = [spoken(intent) for intent in intents] if with_names else []
    texts = [*rows.texts, *names]
    place = {intent: index for index, intent in enumerate(intents)}
    labels = [place[intent] for intent in rows.intents] + list(range(len(names)))
    return fit(
        texts,
        encoder.encode(texts),
        np.array(labels, dtype=np.intp),
        np.array([False] * len(rows.texts) + [True] * len(names)),
        intents=intents,
        version=1,
        encoder=encoder.name,
        options=TrainingOptions(),
    )


def spoken(intent: str) -> str:
    """A label as words: "PayBill" and "pay_bill" both become "pay bill"."""
    pieces = "".join(f" {letter}" if letter.isupper() else letter for letter in intent)
    return " ".join(pieces.replace("_", " ").replace("-", " ").lower().split())
