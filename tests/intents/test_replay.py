"""Replaying a known past gives the numbers worked out by hand."""

import numpy as np
import pytest

from encoder import SoftmaxHead, Vectors
from intents import IntentModel, ReplayTurn, replay
from intents.classify import Thresholds
from intents.replaying import wilson
from intents.scope import Normal

CLAIM, MOVE, POINTS, OTHER = np.eye(4, dtype=np.float32)
"""Four directions: three wishes, and something else."""


def model_of(*intents: str) -> IntentModel:
    """A model whose intents are the first directions, and which accepts exactly what points along one."""
    count = len(intents)
    return IntentModel(
        version=count,
        intents=intents,
        head=SoftmaxHead(weights=10.0 * np.eye(count, 4), bias=np.zeros(count)),
        temperature=1.0,
        bank=np.eye(count, 4, dtype=np.float32),
        bank_texts=intents,
        bank_labels=np.arange(count),
        neighbours=1,
        energy=Normal(10.0, 1.0),
        similarity=Normal(1.0, 0.1),
        thresholds=Thresholds(in_scope_score=-3.0, accept_score=-2.0, accept_probability=0.5),
        wording=None,
        wording_temperature=1.0,
        encoder="directions",
    )


BEFORE = model_of("claim_status", "change_address")
AFTER = model_of("claim_status", "change_address", "loyalty_points")

# Four conversations. Before: a and b are served and stay with the agent, c and d are not understood and go to a person.
TURNS = (
    ReplayTurn("1", "a", "where is my claim", "claim_status", True),
    ReplayTurn("2", "b", "new address", "change_address", True),
    ReplayTurn("3", "c", "my points", "loyalty_points", False),
    ReplayTurn("4", "c", "points expiry", "loyalty_points", False),
    ReplayTurn("5", "d", "points of a licence", "driving_licence", False),
)
VECTORS: Vectors = np.stack([CLAIM, MOVE, POINTS, POINTS, POINTS])


def test_the_known_past() -> None:
    result = replay(TURNS, VECTORS, BEFORE, AFTER)
    assert (result.turns, result.changed) == (5, 3)
    assert (result.caught.part, result.caught.whole) == (3, 5)
    assert [(row.before, row.after, row.count) for row in result.confusion] == [(None, "loyalty_points", 3)]
    assert result.confusion[0].examples == ("my points", "points expiry", "points of a licence")
    # Both served conversations were contained, so both newly caught ones would be too.
    assert (result.containment_before.part, result.containment_before.whole) == (2, 4)
    assert (result.containment_after.part, result.containment_after.whole) == (4, 4)
    # Right before: 1 and 2. Right after: 1 to 4.
    assert (result.correct_before.part, result.correct_after.part) == (2, 4)
    assert [mistake.turn.id for mistake in result.worst] == ["5"]


def test_the_same_model_changes_nothing() -> None:
    result = replay(TURNS, VECTORS, BEFORE, BEFORE)
    assert (result.changed, result.caught.part, result.confusion) == (0, 0, ())
    assert result.containment_before == result.containment_after


def test_traffic_taken_from_an_intent_is_the_worst_mistake() -> None:
    greedy = model_of("claim_status", "change_address", "loyalty_points")
    stolen = ReplayTurn("6", "e", "where is my claim", None, True)
    swapped = IntentModel(**{**vars(greedy), "intents": ("loyalty_points", "change_address", "claim_status")})
    result = replay((stolen,), CLAIM[None, :], BEFORE, swapped)
    assert [(row.before, row.after) for row in result.confusion] == [("claim_status", "loyalty_points")]
    assert result.worst[0].cost == pytest.approx(2.0, abs=0.01)


def test_an_empty_past_has_no_numbers() -> None:
    result = replay((), np.zeros((0, 4), dtype=np.float32), BEFORE, AFTER)
    assert (result.turns, result.caught.value, result.caught.low, result.caught.high) == (0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)
