"""The words themselves as features: TF-IDF hashed into a fixed number of columns.

A sentence vector knows that "card" and "debit card" are near; with many examples the exact words tell more. Joined to
the vector they add about half a point of accuracy once every intent has twenty examples, and nothing below.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from encoder import Floats

COLUMNS = 4096
"""For words, and as many again for letters; collisions cost nothing measurable, and 150 intents need 5 MB."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Lexicon:
    """How rare each column is; turns texts into rows."""

    rarity: Floats
    """Inverse document frequency per column, shape (2 x COLUMNS,)."""

    def rows(self, texts: Sequence[str]) -> csr_array:
        """Sparse rows of length one, shape (texts, 2 x COLUMNS), words and letters weighing the same."""
        table = _counts(texts)
        table.data = np.sign(table.data) * (1.0 + np.log(np.abs(table.data))) * self.rarity[table.indices]
        is_letter = table.indices >= COLUMNS
        row = np.repeat(np.arange(len(texts)), np.diff(table.indptr))
        for part in (is_letter, ~is_letter):
            squares = np.bincount(row[part], weights=table.data[part] ** 2, minlength=len(texts))
            # One half of the squared length for either kind.
            table.data[part] /= np.sqrt(2.0 * np.maximum(squares, 1e-12))[row[part]]
        return table


def learn_lexicon(texts: Sequence[str]) -> Lexicon:
    """The rarity of words and letter sequences in these texts."""
    table = _counts(texts)
    documents = np.bincount(table.indices, minlength=2 * COLUMNS)
    return Lexicon(np.log((1.0 + len(texts)) / (1.0 + documents)) + 1.0)


def _counts(texts: Sequence[str]) -> csr_array:
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text in texts:
        counts: Counter[int] = Counter()
        for column, sign in _pieces(text):
            counts[column] += sign
        kept = {column: count for column, count in counts.items() if count}
        columns += kept.keys()
        values += kept.values()
        ends.append(len(columns))
    shape = (len(texts), 2 * COLUMNS)
    return csr_array(
        (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32)), shape
    )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Column and sign of each word, pair of words, and run of three to five letters within a word."""
    words = _WORD.findall(text.casefold())
    for word in words:
        yield _column(word, 0)
    for pair in pairwise(words):
        yield _column(" ".join(pair), 0)
    for word in words:
        padded = f" {word} "
        for length in (3, 4, 5):
            for start in range(max(1, len(padded) - length + 1)):
                yield _column(padded[start : start + length], COLUMNS)


def _column(piece: str, offset: int) -> tuple[int, int]:
    digest = zlib.crc32(piece.encode())
    # The sign makes collisions cancel on average instead of adding up.
    return offset + digest % COLUMNS, 1 if digest & 0x80000000 else -1
