"""Adds an approved intent to a running model, so that the very next customer is understood."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from encoder import Floats, SoftmaxHead, Vectors, one_thread
from intents.classify import IntentModel
from intents.intent import Intent
from intents.library import IntentsError
from intents.scope import Normal

OLD_ROWS = 1500
"""Examples of the other intents that the new one is told from; all of them were no better and much slower."""


class CannotGrow(IntentsError):
    """The intent cannot join this model; the message says why."""


def add_intent(model: IntentModel, intent: Intent, vectors: Vectors) -> IntentModel:
    """A model that knows one intent more; the rows of the others stay as they are.

    `vectors` are the intent's examples followed by its name, encoded, shape (examples + 1, dimensions). Takes tens of
    milliseconds. Calibration is kept from before and the words are left out (wording.py) until the next full training,
    which is due in the background. Raises CannotGrow if the intent is known already or the shapes do not fit.
    """
    if intent.id in model.intents:
        raise CannotGrow(f"the model already knows {intent.id!r}")
    if len(vectors) != len(intent.examples) + 1:
        raise CannotGrow(f"{intent.id!r} has {len(intent.examples)} examples and a name, but {len(vectors)} vectors")
    texts = (*(example.text for example in intent.examples), intent.name)
    label = len(model.intents)
    bank = np.concatenate([model.bank, vectors]) if label else vectors
    return replace(
        model,
        version=model.version + 1,
        intents=(*model.intents, intent.id),
        head=_new_row(model, vectors),
        bank=bank,
        bank_texts=(*model.bank_texts, *texts),
        bank_labels=np.append(model.bank_labels, np.full(len(texts), label)),
        similarity=model.similarity if label else Normal(0.6, 0.15),
        wording=None,
    )


def remove_intent(model: IntentModel, intent: str) -> IntentModel:
    """A model that never names the intent: what pausing does at once. Raises CannotGrow if it is not known."""
    if intent not in model.intents:
        raise CannotGrow(f"the model does not know {intent!r}")
    gone = model.intents.index(intent)
    kept = np.flatnonzero(np.arange(len(model.intents)) != gone)
    rows = np.flatnonzero(model.bank_labels != gone)
    labels = model.bank_labels[rows]
    return replace(
        model,
        version=model.version + 1,
        intents=tuple(model.intents[index] for index in kept.tolist()),
        head=SoftmaxHead(model.head.weights[kept], model.head.bias[kept]),
        bank=model.bank[rows],
        bank_texts=tuple(model.bank_texts[index] for index in rows.tolist()),
        bank_labels=labels - (labels > gone),
        wording=None,
    )


def encode_texts(intent: Intent) -> Sequence[str]:
    """The texts whose vectors `add_intent` asks for, in its order."""
    return [*(example.text for example in intent.examples), intent.name]


def _new_row(model: IntentModel, vectors: Vectors, *, strength: float = 10.0) -> SoftmaxHead:
    """Minimises the class-balanced cross-entropy over the new row alone."""
    dimensions = vectors.shape[1]
    if not model.intents:
        return SoftmaxHead(np.zeros((1, dimensions)), np.zeros(1))
    chosen = np.unique(np.linspace(0, len(model.bank) - 1, OLD_ROWS).astype(np.intp))
    data = np.concatenate([model.bank[chosen], vectors]).astype(np.float64)
    old_logits = model.head.logits(data)
    peak = old_logits.max(axis=1)
    old_energy = peak + np.log(np.exp(old_logits - peak[:, None]).sum(axis=1))
    is_new = np.arange(len(data)) >= len(chosen)
    # The new intent weighs as much as one of the others, as in the full training.
    others = len(model.intents)
    weights = np.where(is_new, 1.0 / len(vectors), others / len(chosen)) * strength * len(data) / (others + 1)

    def loss(row: Floats) -> tuple[float, Floats]:
        logits = data @ row[:-1] + row[-1]
        # The new row's share of the softmax is a sigmoid against the energy of all the others.
        gap = logits - old_energy
        value = (weights * np.where(is_new, np.logaddexp(0.0, -gap), np.logaddexp(0.0, gap))).sum()
        error = weights * (1.0 / (1.0 + np.exp(-np.clip(gap, -50.0, 50.0))) - is_new)
        scale = 1.0 / weights.sum()
        value += 0.5 * float(row[:-1] @ row[:-1])
        return float(value * scale), np.append(error @ data + row[:-1], error.sum()) * scale

    with one_thread():
        found = minimize(loss, np.zeros(dimensions + 1), jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    return SoftmaxHead(
        weights=np.concatenate([model.head.weights, found[None, :-1]]),
        bias=np.append(model.head.bias, found[-1]),
    )
