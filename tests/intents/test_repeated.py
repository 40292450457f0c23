"""A sentence that thousands say is a topic, and not the title of its neighbours."""

import numpy as np

from intents.discovery import CustomerTurn
from intents.discovery.clusters import Grouping
from intents.discovery.held import HeldHere
from intents.discovery.repeated import set_apart
from intents.discovery.turns import Candidate

OTHERS = 6


def said(times: int, name: str) -> Candidate:
    return Candidate(name, tuple(CustomerTurn(f"{name}{number}", f"{name}{number}", name) for number in range(times)))


def groups(times: int, cosine: float) -> list[int]:
    """Of six sentences of one wish, and a seventh said so many times, so near to their middle."""
    vectors = np.zeros((OTHERS + 1, 4), dtype=np.float32)
    vectors[:, 0] = 1.0
    vectors[-1, :2] = cosine, np.sqrt(1.0 - cosine**2)
    found = [*(said(1, f"order {number}") for number in range(OTHERS)), said(times, "where is my parcel")]
    together = Grouping(np.zeros(OTHERS + 1, dtype=np.intp), np.ones(OTHERS + 1))
    apart = set_apart(found, HeldHere(vectors), together, least_turns=5)
    return [int(label) for label in apart.partition]


def test_it_leaves_a_group_that_it_outnumbers_and_is_unlike() -> None:
    assert groups(times=1000, cosine=0.2) == [0] * OTHERS + [1]


def test_it_stays_with_those_that_mean_the_same() -> None:
    assert groups(times=1000, cosine=0.7) == [0] * (OTHERS + 1)


def test_it_stays_where_it_is_said_seldom() -> None:
    assert groups(times=5, cosine=0.2) == [0] * (OTHERS + 1)
