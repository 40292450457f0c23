"""What an answer in other words than yes or no means to its question: "she went off in an ambulance".

Nearest examples: the pack gives sentences that mean yes and sentences that mean no to a question, and an answer means
what the nearer side means, if it is near enough and clearly nearer than the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from encoder import Encoder

NEAR = 0.45
"""Cosine with the nearest example from which an answer can be told."""
CLEARLY = 0.06
"""Lead over the nearest example of the other side."""


@dataclass(frozen=True)
class Meaning:
    """The examples of one question; each of shape (examples, dimensions)."""

    yes: NDArray[np.float32]
    no: NDArray[np.float32]

    def of(self, vector: NDArray[np.float32]) -> str | None:
        """ "yes", "no", or None when it is near neither."""
        to_yes, to_no = float((self.yes @ vector).max()), float((self.no @ vector).max())
        if max(to_yes, to_no) < NEAR or abs(to_yes - to_no) < CLEARLY:
            return None
        return "yes" if to_yes > to_no else "no"


def learn_meaning(encoder: Encoder, yes: Sequence[str], no: Sequence[str]) -> Meaning | None:
    """None where a side has no example."""
    return Meaning(encoder.encode(list(yes)), encoder.encode(list(no))) if yes and no else None
