"""Finds labelled utterances in a folder, whatever the sets are called.

A folder with train.jsonl and test.jsonl is a classification set; any other .jsonl with utterances and intents is a
clustering set, as is the test part of a classification set. Of several folders with the same test part the first
counts. A name is the path with "_" for "/" and without "full".
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

OUT_OF_SCOPE_FILES = re.compile(r"(?:^|_)(?:oos|ood)(?:_test|.*_test)$|^oos$")
ROLE_FILES = re.compile(r"^(?:train|test|val|valid|validation|dev|oos.*|.*oos_\w+|(?:fewshot_)?train_\d+)$")
TEN_SHOT_FILES = ("train_10", "fewshot_train_10")


@dataclass(frozen=True)
class Labelled:
    """Utterances with their gold intents, in the order of the file."""

    texts: tuple[str, ...]
    intents: tuple[str, ...]


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


def find_sets(folder: Path) -> tuple[list[ClassificationSet], list[ClusteringSet]]:
    """Every set below the folder, by name."""
    classification: list[ClassificationSet] = []
    clustering: list[ClusteringSet] = []
    for place in sorted({path.parent for path in folder.rglob("*.jsonl")}):
        name = _name(folder, place)
        if (place / "train.jsonl").is_file() and (place / "test.jsonl").is_file():
            found = _classification(name, place)
            # Variants of a set with another training part would only measure the same again.
            if all(found.test != other.test for other in classification):
                classification.append(found)
                clustering.append(ClusteringSet(f"{name}_test", found.test))
        loose = [path for path in sorted(place.glob("*.jsonl")) if not ROLE_FILES.match(path.stem)]
        for path in sorted(loose, key=lambda path: ("turns" not in path.stem, path.stem)):
            turns = _read(path)
            if len(set(turns.intents)) > 1:
                taken = any(other.name == name for other in clustering)
                clustering.append(ClusteringSet(f"{name}_{path.stem}" if taken else name, turns))
    return classification, clustering


def _name(folder: Path, place: Path) -> str:
    parts = [part for part in place.relative_to(folder).parts if part != "full"]
    return "_".join(parts) or folder.name


def _classification(name: str, place: Path) -> ClassificationSet:
    train, test = _read(place / "train.jsonl"), _read(place / "test.jsonl")
    known = {intent for intent, count in Counter(train.intents).items() if count and not _means_none(intent)}
    outside = [text for text, intent in zip(test.texts, test.intents, strict=True) if intent not in known]
    for path in sorted(place.glob("*.jsonl")):
        if OUT_OF_SCOPE_FILES.search(path.stem):
            outside += _read(path).texts
    return ClassificationSet(
        name=name,
        train=_only(train, known),
        test=_only(test, known),
        ten_shot=_ten_shot(place, _only(train, known), known),
        out_of_scope=tuple(outside),
    )


def _ten_shot(place: Path, train: Labelled, known: set[str]) -> Labelled:
    for stem in TEN_SHOT_FILES:
        for folder in (place, place.parent):
            if (folder / f"{stem}.jsonl").is_file():
                return _only(_read(folder / f"{stem}.jsonl"), known)
    taken: Counter[str] = Counter()
    rows = []
    for text, intent in zip(train.texts, train.intents, strict=True):
        taken[intent] += 1
        if taken[intent] <= 10:
            rows.append((text, intent))
    return _labelled(rows)


def _only(rows: Labelled, known: set[str]) -> Labelled:
    return _labelled(pair for pair in zip(rows.texts, rows.intents, strict=True) if pair[1] in known)


def _means_none(intent: str) -> bool:
    return intent.lower() in {"oos", "out_of_scope", "none", "no_nodes_detected", ""}


def _read(path: Path) -> Labelled:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return _labelled(
        (str(row["utterance"]), str(row["intent"])) for row in rows if row.get("utterance") and row.get("intent")
    )


def _labelled(pairs: Iterable[tuple[str, str]]) -> Labelled:
    texts, intents = zip(*pairs, strict=True) if (pairs := list(pairs)) else ((), ())
    return Labelled(tuple(texts), tuple(intents))
