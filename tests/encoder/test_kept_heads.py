"""Fitted heads are kept in a folder: a second start reads them, a damaged or missing file costs only time."""

from pathlib import Path

import numpy as np
import pytest

from encoder import SoftmaxHead, fit_softmax, kept_heads, softmax, write_head
from encoder.head_store import MOST_KEPT

VECTORS = np.eye(4, dtype=np.float32)
LABELS = np.array([0, 0, 1, 1])


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has fitted nothing yet."""
    monkeypatch.setattr(softmax, "_FITTED", {})


def fitted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SoftmaxHead:
    monkeypatch.setattr(softmax, "_FITTED", {})
    with kept_heads(folder / "vectors.sqlite3"):
        return fit_softmax(VECTORS, LABELS, 2)


def test_a_second_start_reads_what_the_first_one_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fitted(tmp_path, monkeypatch)

    def never(*_: object) -> SoftmaxHead:
        raise AssertionError("fitted anew")

    monkeypatch.setattr(softmax, "_fitted", never)
    assert np.array_equal(fitted(tmp_path, monkeypatch).weights, first.weights)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file", b"nothing of ours"])
def test_a_damaged_file_is_fitted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    first = fitted(tmp_path, monkeypatch)
    (kept,) = (tmp_path / "heads").iterdir()
    kept.write_bytes(damage)
    assert np.array_equal(fitted(tmp_path, monkeypatch).weights, first.weights)
    assert kept.stat().st_size > len(damage)


def test_where_nothing_can_be_kept_it_is_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "heads").write_text("a file where the folder should be")
    assert fitted(tmp_path, monkeypatch).weights.shape == (2, 4)


def test_outside_nothing_is_kept(tmp_path: Path) -> None:
    fit_softmax(VECTORS, LABELS, 2)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_does_not_grow_for_ever(tmp_path: Path) -> None:
    with kept_heads(tmp_path / "vectors.sqlite3"):
        for number in range(MOST_KEPT + 3):
            write_head(number.to_bytes(2, "big"), np.zeros((1, 1)), np.zeros(1))
    assert len(list((tmp_path / "heads").iterdir())) == MOST_KEPT
