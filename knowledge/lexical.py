"""Plain word matching (BM25), scaled to one: what vectors blur, such as names, numbers and rare words, it does not."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from encoder import stems

K1, B = 1.2, 0.75
"""Saturation and length normalisation of Okapi BM25 (Robertson and Zaragoza, 2009), the usual values."""


class Lexical:
    """An immutable index of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(stems(text)) for text in texts]
        lengths = np.array([sum(counts.values()) for counts in counted], dtype=np.float64)
        mean = float(lengths.mean()) if len(lengths) else 1.0
        self._size = len(texts)
        self._weights: dict[str, NDArray[np.float64]] = {}
        self._unknown = float(np.log(1 + 2 * len(texts))) * (K1 + 1) / 2
        holders: dict[str, list[int]] = {}
        for row, counts in enumerate(counted):
            for word in counts:
                holders.setdefault(word, []).append(row)
        for word, rows in holders.items():
            rarity = np.log(1 + (len(texts) - len(rows) + 0.5) / (len(rows) + 0.5))
            column = np.zeros(len(texts))
            often = np.array([counted[row][word] for row in rows], dtype=np.float64)
            column[rows] = rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[rows] / mean))
            self._weights[word] = column

    def scores(self, text: str) -> NDArray[np.float64]:
        """One score a text, 0 to 1: the share of the best that any text could reach for these words."""
        total, best = np.zeros(self._size), 0.0
        for word in set(stems(text)):
            column = self._weights.get(word)
            if column is not None:
                total += column
                best += float(column.max())
            else:
                best += self._unknown  # a word that nobody wrote about is a reason to doubt
        return total / best if best else total
