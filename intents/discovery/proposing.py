"""From what customers said to a ranked list of wishes nobody had foreseen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from encoder import Encoder, Vectors
from intents.classify import IntentModel
from intents.discovery.clusters import group_held
from intents.discovery.describe import Material, Recognised, describe, recognise
from intents.discovery.graph import Partition
from intents.discovery.held import SHARD_ROWS, Held, HeldHere, Rows, encode_in_steps, in_shards, take
from intents.discovery.identity import Remembered, keep_identities
from intents.discovery.naming import telling_words
from intents.discovery.progress import Progress, silent
from intents.discovery.proposal import Proposal
from intents.discovery.ranking import in_order
from intents.discovery.repeated import set_apart
from intents.discovery.turns import Candidate, CustomerTurn, candidates
from intents.library import Library

FETCHED_AT_ONCE = 50_000
"""Vectors, 77 MB at 384 dimensions, that are fetched from workers at once; a larger group comes whole."""


@dataclass(frozen=True)
class DiscoveryOptions:
    """What counts as a topic."""

    least_turns: int = 5
    """Smaller groups are not shown."""
    least_novelty: float = float("-inf")
    """Groups the model knows better than this are not shown."""


def discover(
    turns: Sequence[CustomerTurn],
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
    return propose_held(
        found, HeldHere(vectors), model, library, encoder, now=now, earlier=earlier, options=options, progress=progress
    )


def propose_held(
    found: Sequence[Candidate],
    held: Held,
    model: IntentModel,
    library: Library,
    encoder: Encoder,
    *,
    now: datetime | None = None,
    earlier: Sequence[Remembered] = (),
    options: DiscoveryOptions | None = None,
    progress: Progress = silent,
) -> tuple[Proposal, ...]:
    """As `propose`, of vectors that workers hold; equal to it, whoever they are.

    `encoder` encodes no more than titles here. Grouping and naming happen in this process, what is done to every
    sentence where its vector is.
    """
    options = options or DiscoveryOptions()
    if not found:
        return ()
    progress("group", 0.0)
    grouping = set_apart(found, held, group_held(held, progress), least_turns=options.least_turns)
    progress("group", 1.0)
    texts = [candidate.text for candidate in found]
    turns = sum(len(candidate.turns) for candidate in found)
    recognised = _recognise(held, model, texts, progress)
    material = Material(found, recognised, grouping, turns, model, library, encoder, now)
    words = telling_words(texts, grouping.partition)
    large = [
        members
        for members in _members(grouping.partition)
        if sum(len(found[int(row)].turns) for row in members) >= options.least_turns
    ]
    proposals: list[Proposal] = []
    for members, vectors in _with_vectors(held, large):
        progress("describe", len(proposals) / len(large))
        subtitle = words[int(grouping.partition[members[0]])]
        proposals.append(describe(material, members, vectors, subtitle))
    progress("describe", 1.0)
    novel = [proposal for proposal in proposals if proposal.novelty >= options.least_novelty]
    return in_order(keep_identities(novel, earlier))


def _recognise(held: Held, model: IntentModel, texts: Sequence[str], progress: Progress) -> Recognised:
    parts: list[Recognised] = []
    for part in held.each(recognise, model, own=in_shards(texts)):
        parts.append(part)
        progress("recognise", min(1.0, len(parts) * SHARD_ROWS / held.rows))
    return Recognised(
        np.concatenate([part.scores for part in parts]), np.concatenate([part.accepted for part in parts])
    )


def _members(partition: Partition) -> list[Rows]:
    """The rows of each group, ascending."""
    order = np.argsort(partition, kind="stable")
    return np.split(order, np.cumsum(np.bincount(partition))[:-1])


def _with_vectors(held: Held, groups: Sequence[Rows]) -> Iterator[tuple[Rows, Vectors]]:
    """Each group with its vectors, which are fetched for several groups at once."""
    start = 0
    while start < len(groups):
        end, count = start + 1, len(groups[start])
        while end < len(groups) and count + len(groups[end]) <= FETCHED_AT_ONCE:
            count += len(groups[end])
            end += 1
        rows = np.sort(np.concatenate(groups[start:end]))
        vectors = take(held, rows)
        for members in groups[start:end]:
            yield members, vectors[np.searchsorted(rows, members)]
        start = end
