"""The encoder port and its errors."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
"""Shape (texts, dimensions), every row of length one; or one such row."""


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


class EncoderError(Exception):
    """Root of what can go wrong in this room; a retry never helps."""


class WeightsMissing(EncoderError):
    """A file of the model is not installed; the message says which and how to get it."""


class WeightsDamaged(EncoderError):
    """A file of the model is not the one this code was measured with."""
