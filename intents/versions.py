"""A running model brought from one version of the library to the next, without training it anew."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from encoder import Encoder, Vectors
from intents.classify import IntentModel, train
from intents.grow import add_intent, encode_texts, remove_intent
from intents.intent import Intent
from intents.library import Library

MOST_TEXTS = 600
"""More new examples than this and training anew costs little more."""


def follow(model: IntentModel, old: Library, new: Library, encoder: Encoder) -> IntentModel:
    """The model of `new`, given that of `old`: intents gone are taken out, new and changed ones put in.

    Tens of milliseconds for an intent of ten examples. Encodes only sentences the model has not seen. Calibration is
    that of `model`; a full training (`retrain`) is due in the background.
    """
    before = {intent.id: encode_texts(intent) for intent in old.live()}
    after = {intent.id: intent for intent in new.live()}
    gone = [id_ for id_ in model.intents if id_ not in after or before.get(id_) != encode_texts(after[id_])]
    fresh = [intent for id_, intent in after.items() if id_ in gone or id_ not in model.intents]
    if sum(len(intent.examples) for intent in fresh) > MOST_TEXTS or len(gone) == len(model.intents):
        return retrain(model, new, encoder)
    vectors = KnownVectors(model, encoder)
    changed = model
    for id_ in gone:
        changed = remove_intent(changed, id_)
    for intent in fresh:
        changed = add_intent(changed, intent, vectors.encode(encode_texts(intent)))
    return replace(changed, version=new.version)


def retrain(model: IntentModel, library: Library, encoder: Encoder) -> IntentModel:
    """A model trained from scratch, with the vectors that `model` has already. Blocks for seconds."""
    return train(library, KnownVectors(model, encoder))


def without(model: IntentModel, library: Library, intents: frozenset[str]) -> IntentModel:
    """The model as if these intents were not live; for conversations outside a canary's share."""
    kept: list[Intent] = [intent for intent in library.live() if intent.id in intents and intent.id in model.intents]
    changed = model
    for intent in kept:
        changed = remove_intent(changed, intent.id)
    return replace(changed, version=model.version)


class KnownVectors:
    """An encoder that has a model's examples at hand."""

    def __init__(self, model: IntentModel, encoder: Encoder) -> None:
        self._encoder = encoder
        is_same = model.encoder == encoder.name
        self._rows = {text: row for row, text in enumerate(model.bank_texts)} if is_same else {}
        self._bank = model.bank

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        unknown = [text for text in dict.fromkeys(texts) if text not in self._rows]
        fresh = self._encoder.encode(unknown) if unknown else np.zeros((0, self.dimensions), dtype=np.float32)
        places = {text: row for row, text in enumerate(unknown)}
        rows = [fresh[places[text]] if text in places else self._bank[self._rows[text]] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)
