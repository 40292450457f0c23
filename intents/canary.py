"""An approved intent may first serve a share of the conversations; a guard compares what becomes of them.

Pure: shares and verdicts. The guard that widens and rolls back is `learning.canary`.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from intents.library import Library
from intents.replaying import Share, wilson

LEAST_TREATED = 20
"""Conversations with the intent before anything is concluded."""
ENOUGH_TREATED = 40
"""Conversations after which an intent that did no harm serves everybody."""


class Verdict(StrEnum):
    """What the guard concludes."""

    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True)
class Difference:
    """How much more often it goes badly with the intent, with its 95 % interval."""

    value: float
    low: float
    high: float


def place_of(conversation_id: str) -> float:
    """Where a conversation lies in [0, 1): always the same place, evenly spread."""
    return int.from_bytes(hashlib.sha256(conversation_id.encode()).digest()[:8]) / 2**64


def held_back(library: Library, conversation_id: str) -> frozenset[str]:
    """Ids of the live intents that this conversation is not to meet yet."""
    place = place_of(conversation_id)
    return frozenset(intent.id for intent in library.live() if place >= intent.share)


def difference(treated: Share, before: Share) -> Difference | None:
    """`treated` minus `before` with Newcombe's interval; None while either is empty.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", 1998, method 10.
    """
    if not treated.whole or not before.whole:
        return None
    value = treated.value - before.value
    low = value - sqrt((treated.value - treated.low) ** 2 + (before.high - before.value) ** 2)
    high = value + sqrt((treated.high - treated.value) ** 2 + (before.value - before.low) ** 2)
    return Difference(value, low, high)


def judge(treated: Share, before: Share) -> Verdict:
    """Bad once it is surely worse than before, good after enough conversations that were not.

    `before` without any turn counts as a coin's toss over nothing: half of the conversations going badly is then bad.
    """
    if treated.whole < LEAST_TREATED:
        return Verdict.WAITING
    found = difference(treated, before)
    is_bad = found.low > 0.0 if found else treated.low > 0.5
    if is_bad:
        return Verdict.BAD
    return Verdict.GOOD if treated.whole >= ENOUGH_TREATED else Verdict.WAITING


def share_of(bad: int, all_: int) -> Share:
    """A share with its interval."""
    return wilson(bad, all_)
