"""Finds labelled utterances in a folder, whatever the sets are called.

    folder/NAME/train.jsonl, test.jsonl       a classification set; without a test part, validation or every fifth row
               /train_10.jsonl                its ten-shot part; without it the first ten rows of each intent
               /oos_test.jsonl                what it does not know, beside test rows of intents that were not trained
               /anything_turns.jsonl          turns with gold intents: a clustering set
    folder/first_train.jsonl, first_test.jsonl, second_train.jsonl ...  several sets in one folder

The test part of a classification set is a clustering set too. Of several sets with the same test part the first counts.
A name is the path with "_" for "/" and without "full".
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.intents_files import Labelled, Note, Part, Role, means_none, part_of, read_labelled

__all__ = ["ClassificationSet", "ClusteringSet", "Labelled", "Sets", "find_sets"]

SHOTS = 10


@dataclass(frozen=True)
class ClassificationSet:
    name: str
    train: Labelled
    test: Labelled
    """Only intents that the training part has."""
    ten_shot: Labelled
    """At most ten examples of each intent."""
    out_of_scope: tuple[str, ...]
    """Texts of no known intent; empty where the set has none."""


@dataclass(frozen=True)
class ClusteringSet:
    name: str
    turns: Labelled
    """Of two or more intents."""


@dataclass(frozen=True)
class Sets:
    """Both kinds, by name."""

    classification: tuple[ClassificationSet, ...]
    clustering: tuple[ClusteringSet, ...]


def find_sets(folder: Path, note: Note) -> Sets:
    """Every set below the folder; whatever is left out is noted."""
    folder = folder.resolve()

    def noted(line: str) -> None:
        note(line.replace(f"{folder}{os.sep}", ""))

    classification: list[ClassificationSet] = []
    clustering: list[ClusteringSet] = []
    for path in sorted(folder.rglob("*.jsonl.*")):
        noted(f"{path}: not read; unpack it first")
    for place in sorted({path.parent for path in folder.rglob("*.jsonl") if path.is_file()}):
        parts = [part_of(path) for path in sorted(place.glob("*.jsonl"))]
        name = _name(folder, place)
        # Turns first: the name of the folder is theirs.
        clustering += _turns(name, parts, noted)
        taken = {one.name for one in clustering}
        for found in _classification(name, parts, noted):
            same = next((other.name for other in classification if other.test == found.test), None)
            if same is not None:
                noted(f"{found.name}: has the test part of {same}, which would only be measured again")
                continue
            classification.append(found)
            own = f"{found.name}_test" if found.name in taken else found.name
            clustering += _clustering(own, found.test, noted)
    return Sets(tuple(classification), tuple(clustering))


def _name(folder: Path, place: Path) -> str:
    parts = [part for part in place.relative_to(folder).parts if part != "full"]
    return "_".join(parts) or folder.name


def _turns(name: str, parts: Sequence[Part], note: Note) -> list[ClusteringSet]:
    """The one file of turns has the folder's name, any other that and its own."""
    roles = {part.role for part in parts}
    loose = [part for part in parts if part.role is Role.TURNS]
    if Role.TRAIN not in roles and Role.FEW_SHOT not in roles:
        loose += [part for part in parts if part.role in (Role.TEST, Role.VALIDATION)]
    found = {part: sets for part in loose if (sets := _clustering(f"{name}_{part.path.stem}", part.path, note))}
    first = (
        [part for part in found if "turns" in part.path.stem]
        or [part for part in found if part.role is Role.TEST]
        or list(found)
    )
    if len(first) == 1:
        found[first[0]] = [replace(one, name=name) for one in found[first[0]]]
    return [one for part in sorted(found, key=lambda part: part not in first) for one in found[part]]


def _clustering(name: str, source: Path | Labelled, note: Note) -> list[ClusteringSet]:
    """None or one."""
    rows = source if isinstance(source, Labelled) else read_labelled(source, note)
    turns = Labelled.of(pair for pair in rows.pairs() if not means_none(pair[1]))
    if len(set(turns.intents)) < 2 or len(turns.texts) < 4:
        note(f"{name}: nothing to group: {len(turns.texts)} utterances of {len(set(turns.intents))} intents")
        return []
    return [ClusteringSet(name, turns)]


def _classification(folder_name: str, parts: Sequence[Part], note: Note) -> list[ClassificationSet]:
    found: list[ClassificationSet] = []
    for own in sorted({part.name for part in parts if part.role in (Role.TRAIN, Role.FEW_SHOT)}):
        name = f"{folder_name}_{own}" if own else folder_name
        # Of several few-shot parts the largest comes last.
        mine = {part.role: part.path for part in sorted(parts, key=lambda part: part.shots) if part.name == own}
        if Role.TRAIN not in mine and Role.TEST not in mine:
            # Few-shot parts of the sets in the folders below.
            continue
        train = read_labelled(mine.get(Role.TRAIN) or mine[Role.FEW_SHOT], note)
        train, test = _train_and_test(name, train, mine, note)
        known = {intent for intent in train.intents if not means_none(intent)}
        outside = [text for text, intent in test.pairs() if intent not in known]
        outside += [text for path in _outside(parts) for text in read_labelled(path, note).texts]
        if not known or not test.only(known).texts:
            note(f"{name}: nothing to classify: {len(known)} intents, {len(test.only(known).texts)} test rows of them")
            continue
        if not outside:
            note(f"{name}: nothing out of scope in it, so no {name}_oos rows")
        ten_shot = _ten_shot(parts, own, train.only(known), known, note)
        found.append(ClassificationSet(name, train.only(known), test.only(known), ten_shot, tuple(outside)))
    return found


def _train_and_test(name: str, train: Labelled, mine: dict[Role, Path], note: Note) -> tuple[Labelled, Labelled]:
    for role in (Role.TEST, Role.VALIDATION):
        if role in mine:
            if role is Role.VALIDATION:
                note(f"{name}: no test part; {mine[role].name} stands in for it")
            return train, read_labelled(mine[role], note)
    note(f"{name}: no test part; every fifth row of each intent stands in for it")
    seen: Counter[str] = Counter()
    kept: list[tuple[str, str]] = []
    held: list[tuple[str, str]] = []
    for pair in train.pairs():
        seen[pair[1]] += 1
        (held if seen[pair[1]] % 5 == 0 else kept).append(pair)
    return Labelled.of(kept), Labelled.of(held)


def _outside(parts: Sequence[Part]) -> list[Path]:
    """The files of test rows, or, where none is called so, all."""
    paths = [part.path for part in parts if part.role is Role.OUTSIDE]
    tests = [path for path in paths if not {"train", "val", "valid", "dev"} & set(path.stem.lower().split("_"))]
    return tests or paths


def _ten_shot(parts: Sequence[Part], own: str, train: Labelled, known: set[str], note: Note) -> Labelled:
    place = parts[0].path.parent
    above = [part_of(path) for path in sorted(place.parent.glob("*train_*.jsonl"))]
    for part in (*parts, *above):
        if part.role is Role.FEW_SHOT and part.name == own and part.shots == SHOTS:
            rows = read_labelled(part.path, note).only(known)
            # A folder above may hold the few examples of another set.
            if set(rows.intents) == known:
                return rows
    taken: Counter[str] = Counter()
    rows_of: list[tuple[str, str]] = []
    for pair in train.pairs():
        taken[pair[1]] += 1
        if taken[pair[1]] <= SHOTS:
            rows_of.append(pair)
    return Labelled.of(rows_of)
