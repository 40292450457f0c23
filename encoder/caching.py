"""Remembers the vectors of recent texts."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from encoder.port import Vectors, WordEncoder, Words


class CachingEncoder:
    """Another encoder, asked only for texts it has not encoded lately.

    Keeps the `limit` texts used last (each about 2 kB at 384 dimensions). Safe to share between threads; the lock is
    never held while the inner encoder works, so two threads may encode the same new text once each.
    """

    def __init__(self, inner: WordEncoder, *, limit: int = 4096) -> None:
        if limit < 1:
            raise ValueError(f"limit must be at least 1, not {limit!r}")
        self._inner = inner
        self._limit = limit
        self._rows: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimensions(self) -> int:
        return self._inner.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        known: dict[str, Vectors] = {}
        with self._lock:
            for text in texts:
                if text in self._rows:
                    self._rows.move_to_end(text)
                    known[text] = self._rows[text]
        unknown = list(dict.fromkeys(text for text in texts if text not in known))
        if unknown:
            fresh = dict(zip(unknown, self._inner.encode(unknown), strict=True))
            known.update(fresh)
            self._remember(fresh)
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for index, text in enumerate(texts):
            vectors[index] = known[text]
        return vectors

    def encode_words(self, texts: Sequence[str]) -> tuple[Vectors, list[Words]]:
        """Always computed: the words of a text take forty times the memory of its vector."""
        return self._inner.encode_words(texts)

    def _remember(self, fresh: dict[str, Vectors]) -> None:
        with self._lock:
            for text, row in fresh.items():
                # A copy, because a row is a view that would keep its whole batch alive.
                self._rows[text] = row.copy()
                self._rows.move_to_end(text)
            while len(self._rows) > self._limit:
                self._rows.popitem(last=False)
