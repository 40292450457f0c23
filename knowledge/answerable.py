"""Whether the best passage answers a question at all: learnt from the articles' own questions, without labels.

Each question that is written beside a section is asked once as if it were not written there (does its section still
come first?) and once as if its whole article did not exist: then nothing answers it, and whatever comes first must be
refused. What tells the two apart is how the passage stands out from the others and how much of the question it speaks
of, not how near it is; a logistic regression on these figures gives the probability (docs/explain/agent-policy.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, logsumexp

LEAST_QUESTIONS = 40
"""With fewer there is nothing to learn from."""
MOST_QUESTIONS = 500
"""Drawn for learning; more only slow the start. 500 take about three seconds."""
SEED = 7
NEAREST = 3
"""Of a section's own questions whose nearness is averaged."""


@dataclass(frozen=True)
class Views:
    """How one question sees every section; each of shape (sections,) but the last."""

    near: NDArray[np.floating]
    """Cosine with the section, its heading or the nearest of its own questions."""
    sentence: NDArray[np.floating]
    words: NDArray[np.float64]
    total: NDArray[np.float64]
    questions: NDArray[np.floating]
    """Cosine with each question that stands beside a section; shape (questions,)."""
    logits: NDArray[np.float64]
    """Of knowledge/placed.py; shape (sections + 1,)."""

    @property
    def rank(self) -> NDArray[np.float64]:
        """What the sections are ordered by: the learnt head first, all else where it sees no difference."""
        return self.total + np.asarray(log_softmax(self.logits[:-1]), dtype=np.float64)


def figures(
    views: Views, best: int, covered: float, article_of: NDArray[np.intp], section_of: NDArray[np.intp], length: int
) -> list[float]:
    """What the judgement on one section rests on. `covered`: share of the question's rarity that it speaks of."""
    others = np.delete(np.arange(len(views.total)), best)
    strangers = article_of != article_of[best]
    own = np.sort(views.questions[section_of == best])[::-1][:NEAREST]
    return [
        float(views.near[best]),
        float(views.sentence[best]),
        float(views.words[best]),
        covered,
        float(views.total[best] - views.total[others].max(initial=-1.0)),
        float(views.total[best] - views.total[strangers].max(initial=-1.0)),
        float(own.mean()) if len(own) else 0.0,
        length / 20,
        *_of_head(views.logits, best),
    ]


def _of_head(logits: NDArray[np.float64], best: int) -> list[float]:
    """Log probability, lead over the next section, its logit, how strongly anything answers, lead over none."""
    others = np.delete(logits[:-1], best)
    return [
        float(log_softmax(logits)[best]),
        float(logits[best] - others.max(initial=logits[best] - 9.0)),
        float(logits[best]),
        float(logsumexp(logits[:-1])),
        float(logits[best] - logits[-1]),
    ]


@dataclass(frozen=True)
class Judge:
    """The regression: probability = 1 / (1 + exp(-(figures - mean) / spread @ weights - bias))."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def probability(self, row: Sequence[float]) -> float:
        standard = (np.asarray(row) - self.mean) / self.spread
        return float(1.0 / (1.0 + np.exp(-(standard @ self.weights + self.bias))))


def learn(rows: Sequence[Sequence[float]], answers: Sequence[bool]) -> Judge | None:
    """None where all answer or none does."""
    if len(set(answers)) < 2:
        return None
    table = np.asarray(rows, dtype=np.float64)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    from sklearn.linear_model import LogisticRegression  # a second to import, and only learning needs it

    model = LogisticRegression(C=1.0, max_iter=1_000).fit((table - mean) / spread, np.asarray(answers))
    return Judge(mean, spread, np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0]))
