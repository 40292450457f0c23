"""An encoder without weights, for tests and for machines that cannot hold a model."""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from encoder.port import Vectors, Words

_WORD = re.compile(r"\w+")


class HashingEncoder:
    """Texts that share words or parts of words are alike; meaning is beyond it.

    Words and their three-letter pieces are hashed with CRC-32 into `dimensions` signed counts, so a text has the same
    vector on every machine and in every run.
    """

    def __init__(self, *, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        return f"hashing-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in _WORD.findall(text.casefold()) or [""]:
                self._add(row, word, weight=1.0)
                for start in range(len(word) - 2):
                    self._add(row, "#" + word[start : start + 3], weight=0.4)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        # Opposite signs can cancel to nothing; such a row gets a fixed direction.
        vectors[lengths[:, 0] == 0.0, 0] = 1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_words(self, texts: Sequence[str]) -> tuple[Vectors, list[Words]]:
        pieces = [tuple(_WORD.findall(text.casefold())) for text in texts]
        return self.encode(texts), [Words(one, self.encode(one or ("",))[: len(one)]) for one in pieces]

    def _add(self, row: Vectors, piece: str, *, weight: float) -> None:
        digest = zlib.crc32(piece.encode())
        row[digest % self._dimensions] += weight if digest & 0x80000000 else -weight
