"""Which section a question belongs to, or to none: learnt from the questions that stand beside the sections.

The recogniser of intents once more (softmax over sentence vectors), with a class for each section and one for what no
article answers. A question is near many sections by its words; the head weighs what tells neighbours apart: the right
section comes first for nine questions in ten instead of seven (docs/reference/agent.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from encoder import Labels, SoftmaxHead, fit_softmax, folds, one_thread

FOLDS = 2
"""Heads that have not seen half of the questions each, for learning what an unseen question looks like."""
FEWEST = 3
"""Questions a section, on the average, below which their vectors say less than plain nearness."""


@dataclass(frozen=True)
class Placed:
    """The head, and for each question it learnt from the head that had not seen it."""

    head: SoftmaxHead
    unseen: tuple[SoftmaxHead, ...]
    fold_of: Labels

    def logits(self, vector: NDArray[np.floating], *, without: int | None = None) -> NDArray[np.float64]:
        """Shape (sections + 1,), the last for none of them. `without`: by a head that did not learn that question."""
        head = self.head if without is None else self.unseen[int(self.fold_of[without])]
        return np.asarray(head.logits(vector[None, :])[0])


def place(questions: NDArray[np.float32], section_of: Labels, own: Sequence[NDArray[np.float32]]) -> Placed | None:
    """Learn from the questions' vectors and their sections; those of none have the number after the last section.

    `own`: vectors of headings and texts, a row a section. None where there are too few questions to learn from.
    """
    sections = len(own[0])
    if len(questions) < FEWEST * sections or sections < 2:
        return None
    fold_of = folds(section_of, FOLDS)
    every = np.arange(sections, dtype=np.intp)

    def learn(kept: NDArray[np.bool_]) -> SoftmaxHead:
        vectors = np.concatenate([questions[kept], *own])
        return fit_softmax(vectors, np.concatenate([section_of[kept], *(every for _ in own)]), sections + 1)

    with one_thread():
        unseen = tuple(learn(fold_of != number) for number in range(FOLDS))
        return Placed(learn(np.ones(len(questions), dtype=bool)), unseen, fold_of)
