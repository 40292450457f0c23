"""Discovery in a process of its own: `python -m intents.discovery.aside` reads an order from its input as a pickle and
writes its progress, then the proposals, to its output. The serving process starts it; it keeps nothing.
"""

import os
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from encoder.minilm import MiniLmEncoder
from encoder.port import Encoder, Vectors
from intents.classify import IntentModel
from intents.discovery.identity import Remembered
from intents.discovery.propose import DiscoveryOptions, propose
from intents.discovery.turns import Candidate
from intents.library import Library

NICE = 15


@dataclass(frozen=True)
class Order:
    """What `propose` takes."""

    found: Sequence[Candidate]
    vectors: Vectors
    model: IntentModel
    library: Library
    now: datetime
    earlier: Sequence[Remembered]
    options: DiscoveryOptions
    cache: Path
    """Folder with the encoder's graph."""


def main() -> None:
    """Do the one order."""
    with suppress(OSError):
        os.nice(NICE)
    out = sys.stdout.buffer
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent's
    encoder: Encoder = MiniLmEncoder.from_packages(order.cache)

    def progress(step: str, share: float) -> None:
        pickle.dump((step, share), out)
        out.flush()

    proposals = propose(
        order.found,
        order.vectors,
        order.model,
        order.library,
        encoder,
        now=order.now,
        earlier=order.earlier,
        options=order.options,
        progress=progress,
    )
    pickle.dump((proposals,), out)
    out.flush()


if __name__ == "__main__":
    main()
