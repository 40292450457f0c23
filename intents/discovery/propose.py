"""From what customers said to a ranked list of wishes nobody had foreseen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from encoder.port import Encoder, Vectors
from intents.classify import IntentModel
from intents.discovery.clusters import group
from intents.discovery.describe import Material, describe
from intents.discovery.identity import Remembered, keep_identities
from intents.discovery.naming import telling_words
from intents.discovery.proposal import Proposal
from intents.discovery.ranking import in_order
from intents.discovery.turns import Candidate, Turn, candidates
from intents.library import Library

ENCODED_AT_ONCE = 512
"""Texts between two reports of progress."""


@dataclass(frozen=True)
class DiscoveryOptions:
    """What counts as a topic."""

    least_turns: int = 5
    """Smaller groups are not shown."""
    least_novelty: float = float("-inf")
    """Groups the model knows better than this are not shown."""


Progress = Callable[[str, float], None]
"""Told the name of the step and the share of it that is done, in [0, 1]."""


def silent(step: str, share: float) -> None:
    """Progress for nobody."""


def discover(
    turns: Sequence[Turn],
    model: IntentModel,
    library: Library,
    encoder: Encoder,
    *,
    now: datetime | None = None,
    earlier: Sequence[Remembered] = (),
    options: DiscoveryOptions | None = None,
    progress: Progress = silent,
) -> tuple[Proposal, ...]:
    """The wishes in these turns that the library lacks, the most rewarding first.

    `now` is needed for trends; `earlier` gives the proposals of former runs their ids again. An empty history, or one
    sentence again and again, is no error. Deterministic. Blocks: 3 ms of one core per different sentence to encode it,
    then 2 s per thousand, then 30 s at a hundred thousand.
    """
    found = candidates(turns)
    vectors = encode_in_steps([candidate.text for candidate in found], encoder, progress)
    return propose(
        found, vectors, model, library, encoder, now=now, earlier=earlier, options=options, progress=progress
    )


def propose(
    found: Sequence[Candidate],
    vectors: Vectors,
    model: IntentModel,
    library: Library,
    encoder: Encoder,
    *,
    now: datetime | None = None,
    earlier: Sequence[Remembered] = (),
    options: DiscoveryOptions | None = None,
    progress: Progress = silent,
) -> tuple[Proposal, ...]:
    """As `discover`, of candidates that are encoded already, shape (candidates, dimensions)."""
    options = options or DiscoveryOptions()
    if not found:
        return ()
    progress("group", 0.0)
    grouping = group(vectors)
    progress("group", 1.0)
    texts = [candidate.text for candidate in found]
    material = Material(found, vectors, model.classify_many(texts, vectors), grouping, model, library, encoder, now)
    words = telling_words(texts, grouping.partition)
    proposals = []
    for label, subtitle in enumerate(words):
        progress("describe", label / len(words))
        members = np.flatnonzero(grouping.partition == label)
        if sum(len(found[int(row)].turns) for row in members) < options.least_turns:
            continue
        proposal = describe(material, members, subtitle)
        if proposal.novelty >= options.least_novelty:
            proposals.append(proposal)
    progress("describe", 1.0)
    return in_order(keep_identities(proposals, earlier))


def encode_in_steps(texts: Sequence[str], encoder: Encoder, progress: Progress) -> Vectors:
    """The vectors of many texts, shape (texts, dimensions), reporting as it goes."""
    parts = [np.zeros((0, encoder.dimensions), dtype=np.float32)]
    for start in range(0, len(texts), ENCODED_AT_ONCE):
        progress("encode", start / len(texts))
        parts.append(encoder.encode(texts[start : start + ENCODED_AT_ONCE]))
    progress("encode", 1.0)
    return np.concatenate(parts)
