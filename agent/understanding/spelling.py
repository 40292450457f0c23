"""Slips of the finger set right for the models that read a turn: "opertion" is the tenant's "operation".

Only what the models read is changed, never a value that is kept, and only a word that is none: neither the encoder nor
the tenant knows it. A capital letter inside a sentence makes a name of it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST = 4
"""Letters; shorter words have too many neighbours."""
LONG = 7
"""Letters from which two slips are forgiven."""
OFTEN = 3
"""Times a word stands in the tenant's texts before others are taken for it."""

_WORD = re.compile(r"(?<![\w'@.])[A-Za-z]{4,}(?![\w'@])")


class Spelling:
    """The words a tenant uses, and those that are words anyhow."""

    def __init__(self, texts: Iterable[str], known: Iterable[str]) -> None:
        counts = Counter(word for text in texts for word in re.findall(r"[a-z]{4,}", text.lower()))
        self._counts = {word: count for word, count in counts.items() if count >= OFTEN}
        self._known = frozenset(known) | {word for word, count in counts.items() if count > 1}
        self._words = list(self._counts)

    def corrected(self, text: str) -> str:
        """The text with unknown words replaced by the one word of the tenant's that is nearest, if one is near."""
        return _WORD.sub(lambda match: self._nearest(match[0], is_first=match.start() == 0), text)

    def _nearest(self, word: str, *, is_first: bool) -> str:
        lower = word.lower()
        is_name = word[0].isupper() and not word.isupper() and not is_first
        if lower in self._known or is_name:
            return word
        near = extract(lower, self._words, scorer=OSA.distance, score_cutoff=2 if len(lower) >= LONG else 1, limit=5)
        same_start: list[tuple[int, int, str]] = [
            (distance, -self._counts[found], found) for found, distance, _ in near if found[0] == lower[0]
        ]
        return min(same_start)[2] if same_start else word


def words_of_tokenizer(path: Path) -> frozenset[str]:
    """The whole words in a WordPiece tokenizer's file."""
    vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(word for word in vocabulary if word.isalpha() and len(word) >= SHORTEST)
