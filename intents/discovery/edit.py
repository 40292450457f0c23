"""What a supervisor does to proposals: split one that holds two wishes, merge two that hold one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from encoder import Encoder, Vectors
from intents.classify import IntentModel
from intents.discovery.clusters import Grouping
from intents.discovery.describe import Material, describe, direction, recognise
from intents.discovery.graph import Partition, renumber
from intents.discovery.naming import telling_words
from intents.discovery.proposal import Proposal
from intents.discovery.turns import Candidate, CustomerTurn, candidates
from intents.library import IntentsError, Library

FEWEST_SENTENCES = 4
ROUNDS = 8


class CannotSplit(IntentsError):
    """The proposal's turns do not fall apart."""


def split(
    proposal: Proposal, model: IntentModel, library: Library, encoder: Encoder, *, now: datetime | None = None
) -> tuple[Proposal, Proposal]:
    """Two proposals in its stead, the larger first, with ids of their own.

    Raises CannotSplit if it has fewer than four different sentences or they are all alike.
    """
    found, vectors = _again([proposal], encoder)
    halves = _halves(vectors) if len(found) >= FEWEST_SENTENCES else np.zeros(len(found), dtype=np.intp)
    if halves.max() == 0:
        raise CannotSplit(f"{proposal.id!r} has {len(found)} different sentences that do not fall apart")
    larger, smaller = _describe(found, vectors, halves, proposal.share, model, library, encoder, now)
    return larger, smaller


def merge(
    proposals: Sequence[Proposal],
    model: IntentModel,
    library: Library,
    encoder: Encoder,
    *,
    now: datetime | None = None,
) -> Proposal:
    """One proposal of all their turns, under the id of the one with most turns. Raises ValueError without any."""
    if not proposals:
        raise ValueError("nothing to merge")
    found, vectors = _again(proposals, encoder)
    whole = np.zeros(len(found), dtype=np.intp)
    share = sum(proposal.share for proposal in proposals)
    (merged,) = _describe(found, vectors, whole, share, model, library, encoder, now)
    largest = max(proposals, key=lambda proposal: len(proposal.evidence))
    return replace(merged, id=largest.id, is_known=largest.is_known)


def _again(proposals: Sequence[Proposal], encoder: Encoder) -> tuple[tuple[Candidate, ...], Vectors]:
    found = candidates(
        CustomerTurn(evidence.turn, evidence.conversation, evidence.text, evidence.at)
        for proposal in proposals
        for evidence in proposal.evidence
    )
    return found, encoder.encode([candidate.text for candidate in found])


def _halves(vectors: Vectors) -> Partition:
    """Cut across the direction of greatest difference, then settled by spherical 2-means."""
    differences = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(differences, full_matrices=False)
    side = (differences @ directions[0] > 0).astype(np.intp)
    for _ in range(ROUNDS):
        if side.min() == side.max():
            break
        middles = np.stack([direction(vectors[side == half]) for half in (0, 1)])
        side = (vectors @ middles.T).argmax(axis=1).astype(np.intp)
    return renumber(side)


def _describe(
    found: Sequence[Candidate],
    vectors: Vectors,
    partition: Partition,
    share: float,
    model: IntentModel,
    library: Library,
    encoder: Encoder,
    now: datetime | None,
) -> list[Proposal]:
    texts = [candidate.text for candidate in found]
    grouping = Grouping(partition, np.ones(len(found)))
    turns = sum(len(candidate.turns) for candidate in found)
    material = Material(found, recognise(vectors, model, texts), grouping, turns, model, library, encoder, now)
    described = []
    for label, words in enumerate(telling_words(texts, partition)):
        members = np.flatnonzero(partition == label)
        described.append(describe(material, members, vectors[members], words))
    return [replace(proposal, share=proposal.share * share) for proposal in described]
