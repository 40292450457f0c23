"""The encoder port and its errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
"""Shape (texts, dimensions), every row of length one; or one such row."""


@dataclass(frozen=True)
class Words:
    """The word pieces of one text in their context."""

    pieces: tuple[str, ...]
    states: Vectors
    """One row a piece, of length one."""


class Encoder(Protocol):
    """Anything that turns sentences into comparable vectors."""

    @property
    def name(self) -> str:
        """Which model and weights; vectors of different names must never be compared."""

    @property
    def dimensions(self) -> int:
        """Length of one vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, in order, L2-normalised float32, shape (len(texts), dimensions).

        The same text gives the same row whatever stands beside it, up to rounding. Blocks: callers on an event loop
        run it in a worker thread.
        """


class WordEncoder(Encoder, Protocol):
    """An encoder that also shows the words of a text in their context."""

    def encode_words(self, texts: Sequence[str]) -> tuple[Vectors, list[Words]]:
        """What `encode` gives, and the words of each text beside it, from the same pass over the model."""


class EncoderError(Exception):
    """Root of what can go wrong in this room; a retry never helps."""


class WeightsMissing(EncoderError):
    """A file of the model is not installed; the message says which and how to get it."""


class WeightsDamaged(EncoderError):
    """A file of the model is not the one this code was measured with."""
