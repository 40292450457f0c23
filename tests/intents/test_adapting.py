"""The encoder is adapted aside, compared, and used from the next start if it won."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from encoder import WEIGHTS, Encoder, EncoderError, adapted_folder, locate, newest_adapted, open_encoder
from intents import load_library
from learning.library import ShadowTraining
from storage.learning import LibraryStore
from tests.conftest import Start

TRAINER = """
import json, pathlib, sys
folder = pathlib.Path(sys.argv[3])
runs = folder / "runs"
runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
version = [line for line in open(sys.argv[1]) if line.startswith("version:")][0].split(":")[1]
(folder / "verdict.json").write_text(json.dumps(
    {"is_better": True, "library_version": int(version), "weights": f"adapted-{int(version)}.safetensors"}))
"""


def leave_verdict(cache: Path, **verdict: object) -> None:
    adapted_folder(cache).mkdir(parents=True, exist_ok=True)
    (adapted_folder(cache) / "verdict.json").write_text(json.dumps(verdict))


def test_the_winner_is_opened_by_its_name_and_no_other(tmp_path: Path, encoder: Encoder) -> None:
    leave_verdict(tmp_path, is_better=True, library_version=3, weights="adapted-3.safetensors")
    shutil.copy(locate(WEIGHTS), adapted_folder(tmp_path) / "adapted-3.safetensors")

    chosen = open_encoder(tmp_path, newest_adapted(tmp_path))

    assert chosen.name == "adapted-3"
    assert np.allclose(chosen.encode(["where is my claim"]), encoder.encode(["where is my claim"]), atol=1e-3)
    with pytest.raises(EncoderError, match="gone"):
        open_encoder(tmp_path, "adapted-4")


@pytest.mark.parametrize("weights", ["", "../../etc/passwd", "other.safetensors"])
def test_a_verdict_that_names_nothing_of_ours_chooses_nothing(tmp_path: Path, weights: str) -> None:
    leave_verdict(tmp_path, is_better=True, library_version=3, weights=weights)
    assert newest_adapted(tmp_path) == ""
    leave_verdict(tmp_path, is_better=False, library_version=3, weights="adapted-3.safetensors")
    assert newest_adapted(tmp_path) == ""


async def test_a_library_that_has_settled_is_trained_on_once(start: Start, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    async with start() as live:
        store = LibraryStore(live.server.database)
        trainer = (sys.executable, "-c", TRAINER)
        shadow = ShadowTraining(store, cache, trainer, settled_seconds=0.0)
        for _ in range(3):
            await shadow.look()
        newest = await store.newest()
        assert newest is not None
        assert newest_adapted(cache) == f"adapted-{newest.version}"
    assert (adapted_folder(cache) / "runs").read_text() == "x"
    assert load_library(adapted_folder(cache) / "library.yaml").version == newest.version


async def test_a_training_that_can_not_be_is_not_tried_again(start: Start, tmp_path: Path) -> None:
    async with start() as live:
        store = LibraryStore(live.server.database)
        newest = await store.newest()
        assert newest is not None
        failing = (sys.executable, "-c", "import sys; sys.exit('error: too few examples')")
        shadow = ShadowTraining(store, tmp_path / "cache", failing)

        await shadow.train(newest)

    verdict = json.loads((adapted_folder(tmp_path / "cache") / "verdict.json").read_text())
    assert verdict == {"is_better": False, "library_version": newest.version, "weights": ""}
