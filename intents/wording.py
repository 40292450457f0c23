"""A second head that looks at the words as well as at the meaning; it joins once there are examples enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from encoder import Floats, Labels, fit_temperature, folds
from intents.lexical import Lexicon, learn_lexicon

ENOUGH_EXAMPLES = 20
"""Below this many in any intent the words mislead: 10 per intent gained nothing, 5 lost."""

WORDS_WEIGHT = 0.7
"""Length of the words' part beside a sentence vector of length one; 0.5 to 1.0 gave the same within 0.1 points."""

STRENGTH = 0.7
"""Inverse of the L2 penalty, chosen together with the weight on validation rows."""


@dataclass(frozen=True)
class WordingHead:
    """One support vector machine per intent over sentence vector and words together."""

    lexicon: Lexicon
    weights: NDArray[np.float32]
    """Shape (classes, dimensions + columns of the lexicon)."""
    bias: NDArray[np.float32]
    """Shape (classes,)."""

    def logits(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Floats:
        """Shape (texts, classes); comparable within a row only."""
        words = WORDS_WEIGHT * self.lexicon.rows(texts)
        dimensions = vectors.shape[1]
        meaning = vectors @ self.weights[:, :dimensions].T
        return np.asarray(meaning + words @ self.weights[:, dimensions:].T + self.bias, dtype=np.float64)


@dataclass(frozen=True)
class CalibratedWording:
    """The head and what it says of a third of the examples it had not seen."""

    head: WordingHead
    temperature: float
    held_out: Labels
    """Which rows were held out."""
    logits: Floats
    """Of the held-out rows, shape (held out, classes)."""


def fit_wording(
    texts: Sequence[str], vectors: NDArray[np.float32], labels: Labels, is_name: NDArray[np.bool_], classes: int
) -> CalibratedWording | None:
    """The head, or None while some intent has fewer than twenty examples or there is only one intent.

    Takes a minute of one core at 15,000 examples of 150 intents and about a second at 1,000 of 30.
    """
    counts = np.bincount(labels[~is_name], minlength=classes)
    if classes < 2 or counts.min() < ENOUGH_EXAMPLES:
        return None
    is_held_out = (folds(labels, 3) == 0) & ~is_name
    held_out, seen = np.flatnonzero(is_held_out), np.flatnonzero(~is_held_out)
    trial = _fit([texts[int(row)] for row in seen], vectors[seen], labels[seen])
    logits = trial.logits([texts[int(row)] for row in held_out], vectors[held_out])
    return CalibratedWording(
        head=_fit(texts, vectors, labels),
        temperature=fit_temperature(logits, labels[held_out]),
        held_out=held_out,
        logits=logits,
    )


def _fit(texts: Sequence[str], vectors: NDArray[np.float32], labels: Labels) -> WordingHead:
    # Imported here, because a process that never trains this head need not hold the 60 MB of scikit-learn.
    from sklearn.svm import LinearSVC

    lexicon = learn_lexicon(texts)
    rows = hstack([csr_array(vectors), WORDS_WEIGHT * lexicon.rows(texts)], format="csr")
    machine = LinearSVC(C=STRENGTH, class_weight="balanced", tol=1e-3, random_state=0).fit(rows, labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:
        # Of two classes scikit-learn keeps one machine, for the second.
        weights, bias = np.concatenate([-weights, weights]), np.concatenate([-bias, bias])
    return WordingHead(lexicon, weights.astype(np.float32), bias.astype(np.float32))
