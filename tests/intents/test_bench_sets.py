"""The benchmark finds its sets in folders of any shape, and names what it leaves out."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.intents_data import Sets, find_sets
from bench.intents_files import means_none

Pair = tuple[str, str]
ROWS: list[Pair] = [(f"{way} {wish}", wish) for way in "abcdefghijklmno" for wish in ("pay", "move", "stop")]


def write(path: Path, rows: Sequence[Pair], *broken: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"utterance": text, "intent": intent, "odd": [1]}) for text, intent in rows]
    path.write_text("\n".join([*lines, *broken]) + "\n", encoding="utf-8")


def found(folder: Path) -> tuple[Sets, list[str]]:
    notes: list[str] = []
    return find_sets(folder, notes.append), notes


def test_a_set_without_a_test_part_is_tested_on_its_own_rows(tmp_path: Path) -> None:
    write(tmp_path / "alone/train.jsonl", ROWS)
    sets, notes = found(tmp_path)
    (alone,) = sets.classification
    assert (len(alone.train.texts), len(alone.test.texts), len(alone.ten_shot.texts)) == (36, 9, 30)
    assert not set(alone.train.texts) & set(alone.test.texts)
    assert "alone: no test part; every fifth row of each intent stands in for it" in notes


def test_a_test_part_alone_is_grouped(tmp_path: Path) -> None:
    write(tmp_path / "alone/test.jsonl", ROWS)
    sets, _ = found(tmp_path)
    assert not sets.classification
    assert [one.name for one in sets.clustering] == ["alone"]


def test_turns_with_gold_intents_have_the_name_of_their_folder(tmp_path: Path) -> None:
    write(tmp_path / "calls/calls_task1_turns.jsonl", ROWS)
    write(tmp_path / "calls/calls_utterances.jsonl", ROWS[:9])
    write(tmp_path / "calls/calls_candidate_turns.jsonl", [("nobody knows", "")])
    sets, notes = found(tmp_path)
    assert [one.name for one in sets.clustering] == ["calls", "calls_calls_utterances"]
    assert any("candidate_turns.jsonl: 1 lines left out, first line 1: no intent" in note for note in notes)


def test_several_sets_lie_in_one_folder(tmp_path: Path) -> None:
    for name, rows in (("home", ROWS), ("bank", ROWS[:30])):
        write(tmp_path / f"flat/{name}_train.jsonl", rows)
        write(tmp_path / f"flat/{name}_test.jsonl", rows[:12] if name == "home" else rows[:6])
    write(tmp_path / "flat/id-oos_test.jsonl", [("who won the cup", "oos")])
    sets, _ = found(tmp_path)
    assert [one.name for one in sets.classification] == ["flat_bank", "flat_home"]
    assert all(one.out_of_scope == ("who won the cup",) for one in sets.classification)


def test_strangers_are_known_by_many_labels(tmp_path: Path) -> None:
    write(tmp_path / "s/train.jsonl", [*ROWS, ("sing", "NO_NODES_DETECTED")])
    write(tmp_path / "s/test.jsonl", [*ROWS[:6], ("sing a song", "NO_NODES_DETECTED"), ("dance", "never_trained")])
    (one,) = found(tmp_path)[0].classification
    assert one.out_of_scope == ("sing a song", "dance")
    assert set(one.train.intents) == {"pay", "move", "stop"}


@pytest.mark.parametrize("label", ["oos", "Out-of-Scope", "outofdomain", "none", "UNKNOWN"])
def test_labels_of_no_intent(label: str) -> None:
    assert means_none(label)


@pytest.mark.parametrize("label", ["0", "77", "pay_bill", "警报删除", "none_of_your_business"])
def test_labels_of_an_intent(label: str) -> None:
    assert not means_none(label)


def test_what_cannot_be_read_is_left_out_aloud(tmp_path: Path) -> None:
    broken = ('{"utterance": "half', "[1, 2]", '{"utterance": "two", "intent": ["a", "b"]}', '{"intent": "a"}')
    write(tmp_path / "b/train.jsonl", ROWS, *broken)
    write(tmp_path / "b/test.jsonl", ROWS[:6])
    (tmp_path / "b/test.jsonl.gz").write_bytes(b"x")
    (tmp_path / "empty.jsonl").touch()
    sets, notes = found(tmp_path)
    assert len(sets.classification[0].train.texts) == len(ROWS)
    said = "\n".join(notes)
    assert "train.jsonl: 1 lines left out, first line 46: not JSON" in said
    assert "not an object" in said
    assert "several intents" in said
    assert "no utterance" in said
    assert "test.jsonl.gz: not read; unpack it first" in said
    assert "empty.jsonl: empty" in said


def test_few_examples_of_another_set_are_not_taken(tmp_path: Path) -> None:
    write(tmp_path / "fewshot_train_10.jsonl", [("far away", "travel")])
    write(tmp_path / "in/train.jsonl", ROWS)
    write(tmp_path / "in/test.jsonl", ROWS[:6])
    (one,) = found(tmp_path)[0].classification
    assert set(one.ten_shot.intents) == {"pay", "move", "stop"}


def test_a_variant_with_the_same_test_part_is_named_and_left_out(tmp_path: Path) -> None:
    for folder, rows in (("full", ROWS), ("small", ROWS[:30])):
        write(tmp_path / f"v/{folder}/train.jsonl", rows)
        write(tmp_path / f"v/{folder}/test.jsonl", ROWS[:6])
    sets, notes = found(tmp_path)
    assert [one.name for one in sets.classification] == ["v"]
    assert "v_small: has the test part of v, which would only be measured again" in notes


def test_without_a_full_training_part_the_largest_few_shot_part_serves(tmp_path: Path) -> None:
    write(tmp_path / "few/train_5.jsonl", ROWS[:15])
    write(tmp_path / "few/train_10.jsonl", ROWS[:30])
    write(tmp_path / "few/test.jsonl", ROWS[30:])
    (few,) = found(tmp_path)[0].classification
    assert (len(few.train.texts), len(few.ten_shot.texts)) == (30, 30)
