"""Multinomial logistic regression in numpy and scipy, so that serving needs no machine-learning framework."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax, logsumexp
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from encoder.head_store import read_head, write_head

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]


@dataclass(frozen=True)
class SoftmaxHead:
    """A linear layer whose softmax says which class a vector belongs to."""

    weights: Floats
    """Shape (classes, dimensions)."""
    bias: Floats
    """Shape (classes,)."""

    def logits(self, vectors: NDArray[np.floating]) -> Floats:
        """Shape (rows, classes)."""
        return np.asarray(vectors @ self.weights.T + self.bias, dtype=np.float64)


def one_thread() -> AbstractContextManager[object]:
    """Keeps numpy to the calling thread inside a `with`.

    These matrices are too small to share out: with a thread per core, training took ten times the processor time.
    """
    return cast(AbstractContextManager[object], threadpool_limits(limits=1, user_api="blas"))


def fit_softmax(vectors: NDArray[np.floating], labels: Labels, classes: int, *, strength: float = 10.0) -> SoftmaxHead:
    """The head that minimises class-balanced cross-entropy, with `strength` (C) against an L2 penalty of 1/2.

    The same objective as scikit-learn's LogisticRegression(C, class_weight="balanced"): each class weighs as much as
    any other however few examples it has, without which a new intent is hardly ever recognised. A class without
    examples gets a row that only the others push down. Deterministic: starts at zero, L-BFGS.
    """
    data = np.asarray(vectors, dtype=np.float32)
    rows, dimensions = data.shape
    if not rows or classes < 2:
        return SoftmaxHead(weights=np.zeros((classes, dimensions)), bias=np.zeros(classes))
    key = sha256(
        b"".join([data.tobytes(), np.asarray(labels).tobytes(), repr((FIT, classes, strength)).encode()])
    ).digest()
    found = _FITTED.get(key)
    if found is None:
        kept = read_head(key)
        found = SoftmaxHead(*kept) if kept else _fitted(data, labels, classes, strength)
        if kept is None:
            write_head(key, found.weights, found.bias)
        with _CHANGING:
            if len(_FITTED) >= MOST_FITTED:
                del _FITTED[next(iter(_FITTED))]
            _FITTED[key] = found
    return found


FIT = 1
"""Raised with every change of how a head is fitted: those kept on disk are then of no use."""
MOST_FITTED = 24
"""Heads kept: the same examples come again whenever something else is changed, and fitting takes seconds."""
_FITTED: dict[bytes, SoftmaxHead] = {}
_CHANGING = Lock()


def _fitted(data: NDArray[np.float32], labels: Labels, classes: int, strength: float) -> SoftmaxHead:
    rows, dimensions = data.shape
    counts = np.bincount(labels, minlength=classes)
    present = max(1, int((counts > 0).sum()))
    per_row = strength * rows / (present * counts[labels])
    index = np.arange(rows)

    def loss(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(classes, dimensions + 1)
        single = table.astype(np.float32)
        logits = data @ single[:, :-1].T + single[:, -1]
        logits -= logits.max(axis=1, keepdims=True)
        probabilities = np.exp(logits)
        sums = probabilities.sum(axis=1)
        value = (per_row * (np.log(sums) - logits[index, labels])).sum() + 0.5 * (table[:, :-1] ** 2).sum()
        probabilities *= (per_row / sums)[:, None].astype(np.float32)
        probabilities[index, labels] -= per_row.astype(np.float32)
        gradient = np.concatenate([probabilities.T @ data, probabilities.sum(axis=0)[:, None]], axis=1).astype(
            np.float64
        )
        gradient[:, :-1] += table[:, :-1]
        # Dividing by the total weight keeps the stopping tolerances meaningful at any size.
        scale = 1.0 / per_row.sum()
        return float(value * scale), gradient.ravel() * scale

    # Tighter tolerances took twice as long and changed no accuracy.
    start = np.zeros(classes * (dimensions + 1))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "gtol": 1e-5, "ftol": 1e-7})
    table = found.x.reshape(classes, dimensions + 1)
    return SoftmaxHead(weights=table[:, :-1].copy(), bias=table[:, -1].copy())


def fit_temperature(logits: Floats, labels: Labels) -> float:
    """The divisor of the logits that makes their softmax an honest probability on these held-out rows."""

    def loss(log_temperature: float) -> float:
        scaled = log_softmax(logits / np.exp(log_temperature), axis=1)
        return float(-scaled[np.arange(len(labels)), labels].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))


def energy(logits: Floats) -> Floats:
    """How strongly any class at all answers, shape (rows,); low for what the head was never shown."""
    return np.asarray(logsumexp(logits, axis=1), dtype=np.float64)


def folds(labels: Labels, count: int) -> Labels:
    """A fold number per row, dealing the members of each class out in turn; the same rows always fall alike."""
    assigned = np.zeros(len(labels), dtype=np.intp)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        assigned[members] = (np.arange(len(members)) + label) % count
    return assigned
