"""An adapted encoder is promoted only if it wins."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from encoder import WEIGHTS, Labels, MiniLmEncoder, locate
from intents import Intent, Library, SolutionKind
from intents.adapt import TooFewExamples, shadow, sign_test
from intents.library import Example, Solution


def library_of(each: int) -> Library:
    intents = []
    for id_, wish in {"cancel": "cancel order", "status": "where is order", "refund": "refund for order"}.items():
        examples = tuple(Example(f"{wish} {number}") for number in range(each))
        solution = Solution(SolutionKind.QUEUE, "q")
        intents.append(Intent(id_, wish, "", None, "personal", "q", (), examples, (), solution))
    return Library(4, tuple(intents))


def keep_as_they_are(texts: Sequence[str], labels: Labels, out: Path) -> None:
    save_file(load_file(locate(WEIGHTS)), out)


def spoil(texts: Sequence[str], labels: Labels, out: Path) -> None:
    weights = load_file(locate(WEIGHTS))
    weights["embeddings.word_embeddings.weight"] = np.zeros_like(weights["embeddings.word_embeddings.weight"])
    save_file(weights, out)


@pytest.mark.parametrize("train", [keep_as_they_are, spoil])
def test_no_win_no_promotion(tmp_path: Path, train: object) -> None:
    assert callable(train)
    verdict = shadow(library_of(60), tmp_path, MiniLmEncoder.from_packages(), train)
    assert not verdict.is_better
    assert json.loads((tmp_path / "verdict.json").read_text())["weights"] == ""
    assert list(tmp_path.glob("*.safetensors")) == []


def test_a_small_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooFewExamples, match="3 examples to compare on; 30 are needed"):
        shadow(library_of(5), tmp_path, MiniLmEncoder.from_packages(), keep_as_they_are)


@pytest.mark.parametrize(("wins", "losses", "chance"), [(0, 0, 1.0), (3, 0, 0.125), (5, 1, 7 / 64), (2, 2, 11 / 16)])
def test_the_sign_test(wins: int, losses: int, chance: float) -> None:
    assert sign_test(wins, losses) == pytest.approx(chance)
