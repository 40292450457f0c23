"""Vectors of very many sentences, in shards, held by whoever works on them.

    rows     0 ........ 2047 | 2048 ...... 4095 | 4096 ....
    shard         0          |        1         |     2        each held by some worker

What is asked of a shard is a function of this room; who runs it (this process, other processes, a Ray cluster) makes
no difference to the answer, because the shards are the same everywhere and answers come back in their order.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from encoder import Encoder, Vectors, one_thread
from intents.discovery.progress import Progress, silent

SHARD_ROWS = 2048
"""Sentences in a shard, 3 MB at 384 dimensions; the last one is shorter."""

ENCODED_AT_ONCE = 512
"""Texts between two reports of progress; a shard is a whole number of them."""

Rows = NDArray[np.intp]
Answer = TypeVar("Answer")


class Held(Protocol):
    """The vectors of some sentences, wherever they are."""

    @property
    def rows(self) -> int:
        """How many sentences, over all shards."""

    @property
    def dimensions(self) -> int:
        """Length of one vector."""

    def each(
        self, work: Callable[..., Answer], *shared: object, own: Sequence[object] | None = None
    ) -> Iterator[Answer]:
        """Per shard, in order, `work(vectors, *shared, own[shard])`; without `own` the last is left out.

        `work` is a function of a module and everything handed to it can be pickled.
        """


class Workers(Protocol):
    """Who encodes sentences and keeps their vectors."""

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> Held:
        """The vectors of these texts, held until `close`. Blocks."""

    def close(self) -> None:
        """Ends the workers and forgets what they hold; what was made by them is unusable."""


class HeldHere:
    """Vectors in the memory of this process, shape (rows, dimensions)."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    @property
    def rows(self) -> int:
        return len(self._vectors)

    @property
    def dimensions(self) -> int:
        return int(self._vectors.shape[1])

    def each(
        self, work: Callable[..., Answer], *shared: object, own: Sequence[object] | None = None
    ) -> Iterator[Answer]:
        for shard, start in enumerate(range(0, self.rows, SHARD_ROWS)):
            part = self._vectors[start : start + SHARD_ROWS]
            yield run(work, part, *shared, *([] if own is None else [own[shard]]))


class WorkHere:
    """This process does everything itself."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> HeldHere:
        return HeldHere(encode_in_steps(texts, self._encoder, progress))

    def close(self) -> None:
        """Nothing to end."""


def run(work: Callable[..., Answer], vectors: Vectors, *arguments: object) -> Answer:
    """The answer, computed on one core: who works on other shards uses the others."""
    with one_thread():
        return work(vectors, *arguments)


def encode_in_steps(texts: Sequence[str], encoder: Encoder, progress: Progress = silent) -> Vectors:
    """The vectors of many texts, shape (texts, dimensions), reporting as it goes.

    A shard is a whole number of steps: encoded by itself it has the very same vectors, to the last bit.
    """
    vectors = np.empty((len(texts), encoder.dimensions), dtype=np.float32)
    for start in range(0, len(texts), ENCODED_AT_ONCE):
        progress("encode", start / len(texts))
        step = slice(start, start + ENCODED_AT_ONCE)
        vectors[step] = encoder.encode(texts[step])
    progress("encode", 1.0)
    return vectors


def in_shards(values: Sequence[Any]) -> list[Any]:
    """Values of every row, cut as the rows are."""
    return [values[start : start + SHARD_ROWS] for start in range(0, len(values), SHARD_ROWS)]


def rows_in_shards(rows: Rows, count: int) -> list[Rows]:
    """Of some rows, ascending, those in each shard, counted from the shard's start; `count` rows are held in all."""
    starts = np.arange(0, count, SHARD_ROWS)
    cuts = np.searchsorted(rows, starts[1:])
    return [part - start for part, start in zip(np.split(rows, cuts), starts, strict=True)] if count else []


def take(held: Held, rows: Rows) -> Vectors:
    """The vectors of some rows, ascending, shape (rows, dimensions)."""
    parts = [np.zeros((0, held.dimensions), dtype=np.float32)]
    parts += held.each(picked, own=rows_in_shards(rows, held.rows))
    return np.concatenate(parts)


def picked(vectors: Vectors, rows: Rows) -> Vectors:
    """A shard's part of `take`."""
    return vectors[rows]
