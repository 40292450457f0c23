"""In which order a supervisor should look at proposals."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from intents.discovery.proposal import Proposal, Trend

SIBLINGS = 0.7
"""Cosine of two proposals' middles from which the second teaches little after the first."""
SIBLING_SHARE = float(np.exp(-1.5))
"""What is left of the worth of a sibling; found with 15 intents hidden in turn among 150."""


def worth(novelty: float, conversations: int, cohesion: float, moves: Trend | None) -> float:
    """Novelty x size x cohesion x trend.

    Novelty and cohesion count by their exponential, so that a well-known or a muddled topic stays below a new and
    clear one however large it is; size by its logarithm, because a new wish is by nature a small one; growth at most
    doubles.
    """
    growth = 1.0 if moves is None else 1.0 + min(max(moves.z, 0.0), 5.0) / 5.0
    size = np.log2(1.0 + conversations) ** 1.5
    return float(np.exp(np.clip(novelty, -20.0, 20.0) / 2.0 + 4.0 * cohesion) * size * growth)


def in_order(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The most rewarding first, each with its final rank.

    A proposal much like one that stands higher is marked as its sibling and moves down, so that one new wish that fell
    into three groups does not fill the top of the inbox.
    """
    left = sorted(proposals, key=lambda proposal: (-proposal.rank, proposal.id))
    ordered: list[Proposal] = []
    while left:
        first = left.pop(0)
        ordered.append(first)
        left = sorted(
            (_demoted(proposal, first) for proposal in left), key=lambda proposal: (-proposal.rank, proposal.id)
        )
    return tuple(ordered)


def _demoted(proposal: Proposal, above: Proposal) -> Proposal:
    if proposal.sibling_of is not None or float(proposal.middle @ above.middle) < SIBLINGS:
        return proposal
    return replace(proposal, rank=proposal.rank * SIBLING_SHARE, sibling_of=above.id)
