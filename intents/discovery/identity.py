"""Recognises a proposal from an earlier run, so that a name, a snooze or a rejection stays with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from intents.discovery.proposal import Proposal

SHARED_MEMBERS = 0.3
"""Jaccard overlap of members from which two groups are the same."""
SAME_MIDDLE = 0.85
"""Cosine of the middles from which two groups are the same though the window moved past the shared members."""

ECHO_MEMBERS = 0.5
"""Share of a proposal's own turns that were rejected with another from which it is rejected too."""
ECHO_MIDDLE = 0.8
"""Cosine to a rejected middle from which it is rejected too."""


@dataclass(frozen=True)
class Remembered:
    """What is kept of an earlier proposal."""

    id: str
    turns: frozenset[str]
    """Ids of its turns."""
    middle: NDArray[np.float32]
    is_rejected: bool = False
    """True after a supervisor discarded it."""


def remember(proposal: Proposal) -> Remembered:
    """What later runs need of this one."""
    turns = frozenset(evidence.turn for evidence in proposal.evidence)
    return Remembered(proposal.id, turns, proposal.middle, proposal.is_rejected)


def keep_identities(found: Sequence[Proposal], earlier: Sequence[Remembered]) -> tuple[Proposal, ...]:
    """The proposals under their earlier ids where there is one; each earlier id is used once.

    The pairing is the one of greatest total likeness (Hungarian method). What is left over but a piece of a
    rejected one is rejected too: a discarded topic that splits does not come back.
    """
    if not found or not earlier:
        return tuple(found)
    members = [frozenset(evidence.turn for evidence in proposal.evidence) for proposal in found]
    likeness = np.array(
        [[_likeness(proposal, turns, old) for old in earlier] for proposal, turns in zip(found, members, strict=True)]
    )
    rows, columns = linear_sum_assignment(-likeness)
    partner = {
        int(row): earlier[int(column)] for row, column in zip(rows, columns, strict=True) if likeness[row, column] > 0.0
    }
    taken = {old.id for old in partner.values()}
    kept = []
    for row, proposal in enumerate(found):
        old = partner.get(row)
        if old is not None:
            kept.append(replace(proposal, id=old.id, is_known=True, is_rejected=old.is_rejected))
            continue
        echoes = any(rejected.is_rejected and _echoes(proposal, members[row], rejected) for rejected in earlier)
        fresh = proposal.id if proposal.id not in taken else f"{proposal.id}_2"
        kept.append(replace(proposal, id=fresh, is_rejected=echoes))
    return tuple(kept)


def _echoes(proposal: Proposal, turns: frozenset[str], rejected: Remembered) -> bool:
    """Whether it is a piece of the rejected one, or so near that a supervisor would reject it again."""
    is_piece = len(turns & rejected.turns) >= ECHO_MEMBERS * len(turns)
    return is_piece or float(proposal.middle @ rejected.middle) >= ECHO_MIDDLE


def _likeness(proposal: Proposal, turns: frozenset[str], old: Remembered) -> float:
    """Above 0 if they are the same."""
    shared = len(turns & old.turns)
    overlap = shared / max(len(turns) + len(old.turns) - shared, 1)
    cosine = float(proposal.middle @ old.middle)
    if overlap < SHARED_MEMBERS and cosine < SAME_MIDDLE:
        return 0.0
    return overlap + max(cosine, 0.0)
