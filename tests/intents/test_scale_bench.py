"""The benchmark takes a folder whose names it has never seen, and says what it left out."""

import json
import sys
from pathlib import Path

import pytest

from bench import intents as bench
from bench import intents_jobs
from bench.report import Row

WISHES = {"PayBill": "pay my electricity bill", "find_cafe": "find a cafe around here", "oddNames": "sing me a song"}
WAYS = ("please {}", "can you {}", "I want to {}", "how do I {}", "{} now", "{} for me", "help me {}", "{} again")


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"utterance": way.format(wish), "intent": name} for way in WAYS for name, wish in WISHES.items()]
    write(tmp_path / "data/zebra/second floor/train.jsonl", rows[:15])
    write(tmp_path / "data/zebra/second floor/test.jsonl", rows[15:])
    write(tmp_path / "data/whales/heard.jsonl", [*rows, {"utterance": "no intent here"}, {"speaker": "nobody"}])
    return tmp_path


def run(
    folder: Path, parts: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[dict[str, float], str]:
    given = ["bench", "--data", str(folder / "data"), "--json", "--cache", str(folder / "cache"), "--only", *parts]
    monkeypatch.setattr(sys, "argv", given)
    assert bench.main() == 0
    said = capsys.readouterr()
    return {row["name"]: row["value"] for row in json.loads(said.out)["rows"]}, said.err


def test_ours_and_peers_stand_in_one_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "setfit", None)
    monkeypatch.setitem(sys.modules, "bertopic", None)
    rows, said = run(folder, ["classify", "cluster", "peers"], monkeypatch, capsys)
    assert rows["zebra_second floor_acc"] > 80
    assert rows["peer_zeroshot_zebra_second floor_acc"] >= 0
    assert {"whales_cluster_acc", "whales_cluster_nmi", "peer_kmeans_whales_cluster_nmi"} <= set(rows)
    assert "SKIPPED peer_setfit_zebra_second floor: the package setfit is not installed: pip install -r" in said
    assert "SKIPPED peer_bertopic_whales: the package bertopic is not installed: pip install -r" in said


def test_a_folder_with_nothing_in_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--data", str(tmp_path)])
    assert bench.main() == 2
    assert "no labelled utterances" in capsys.readouterr().err


def test_it_says_how_far_it_is_and_what_a_set_lacks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, said = run(folder, ["fewshot", "hidden"], monkeypatch, capsys)
    assert set(rows) == {"zebra_second floor_10shot_frozen_acc"}
    assert "[1/3] encode 24 sentences: 0 s so far, about" in said
    assert "[2/3] fewshot zebra_second floor: " in said
    assert "SKIPPED hidden zebra_second floor: 3 intents with turns enough; 4 are needed to hide some" in said
    assert "NOTE whales/heard.jsonl: 1 lines left out, first line 25: no intent" in said
    assert "NOTE zebra_second floor: nothing out of scope in it, so no zebra_second floor_oos rows" in said


def test_one_broken_measurement_does_not_cost_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> list[Row]:
        raise ValueError("no such thing")

    monkeypatch.setattr(intents_jobs, "ten_shot_rows", broken)
    given = ["bench", "--data", str(folder / "data"), "--cache", str(folder / "cache"), "--only", "fewshot", "cluster"]
    monkeypatch.setattr(sys, "argv", given)
    assert bench.main() == 1
    said = capsys.readouterr()
    assert "whales_cluster_acc" in said.out
    assert "FAILED fewshot zebra_second floor: ValueError: no such thing" in said.err
