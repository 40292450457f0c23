"""Labelled utterances out of .jsonl files, and what each file of a folder is for, by its name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from intents.discovery import silent
from intents.discovery.rows import HistoryInvalid, RowInvalid, read_rows

Note = Callable[[str], None]
"""Told one line about something that is left out or stands in for something else."""

LONGEST_CHARACTERS = 10_000
"""More of an utterance is cut off; the encoder reads about a thousand."""

_UTTERANCE = ("utterance", "text", "query", "sentence")
_INTENT = ("intent", "intents", "label", "category")
_OUTSIDE = frozenset({"oos", "ood", "outofscope", "outofdomain"})
_NO_INTENT = _OUTSIDE | {"", "none", "noneoftheabove", "nointent", "nonodesdetected", "null", "nan", "unknown"}
_VALIDATION = frozenset({"val", "valid", "validation", "dev", "eval"})


@dataclass(frozen=True)
class Labelled:
    """Utterances with their gold intents, in the order of the file."""

    texts: tuple[str, ...]
    intents: tuple[str, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Labelled":
        listed = list(pairs)
        return cls(tuple(text for text, _ in listed), tuple(intent for _, intent in listed))

    def pairs(self) -> list[tuple[str, str]]:
        return list(zip(self.texts, self.intents, strict=True))

    def only(self, known: set[str]) -> "Labelled":
        """The rows of these intents."""
        return Labelled.of(pair for pair in self.pairs() if pair[1] in known)


class Role(StrEnum):
    """What a file is for."""

    TRAIN = "train"
    TEST = "test"
    VALIDATION = "validation"
    FEW_SHOT = "few-shot"
    OUTSIDE = "out of scope"
    TURNS = "turns"


@dataclass(frozen=True)
class Part:
    """One file."""

    path: Path
    role: Role
    name: str
    """Which of several sets in one folder it belongs to: "banking" of banking_train.jsonl, "" of train.jsonl."""
    shots: int = 0
    """Examples of each intent in a few-shot part, 10 of train_10.jsonl."""


def part_of(path: Path) -> Part:
    """What a file is for: train, test, val and the like at the end of its name, oos anywhere, else turns."""
    words = [word for word in re.split(r"[^a-z0-9]+", path.stem.lower()) if word]
    if _OUTSIDE & {*words, "".join(words[:3])}:
        return Part(path, Role.OUTSIDE, "")
    if len(words) > 1 and words[-2] == "train" and words[-1].isdigit():
        name = "_".join(word for word in words[:-2] if word != "fewshot")
        return Part(path, Role.FEW_SHOT, name, int(words[-1]))
    last = words[-1] if words else ""
    role = Role(last) if last in ("train", "test") else Role.VALIDATION if last in _VALIDATION else Role.TURNS
    return Part(path, role, path.stem if role is Role.TURNS else "_".join(words[:-1]))


def means_none(intent: str) -> bool:
    """Whether a label says that no intent is meant."""
    return intent.isascii() and re.sub(r"[^a-z0-9]+", "", intent.lower()) in _NO_INTENT


def read_labelled(path: Path, note: Note) -> Labelled:
    """The rows that have an utterance and one intent; what is left out is noted."""
    pairs: list[tuple[str, str]] = []
    left: dict[str, list[int]] = {}
    try:
        for row in read_rows(path, frozenset(), silent):
            try:
                pairs.append(_pair(row.read()))
            except RowInvalid as error:
                left.setdefault(str(error), []).append(row.number)
    except HistoryInvalid as error:
        note(str(error))
    for reason, lines in left.items():
        note(f"{path}: {len(lines)} lines left out, first line {lines[0]}: {reason}")
    if not pairs and not left:
        note(f"{path}: empty")
    return Labelled.of(pairs)


def _pair(row: Any) -> tuple[str, str]:
    text = next((row[name] for name in _UTTERANCE if row.get(name) is not None), None)
    label = next((row[name] for name in _INTENT if row.get(name) is not None), None)
    if isinstance(label, list) and len(label) == 1:
        label = label[0]
    if not isinstance(text, str) or not text.strip():
        raise RowInvalid("no utterance")
    if not isinstance(label, str | int) or isinstance(label, bool) or not str(label).strip():
        raise RowInvalid("several intents" if isinstance(label, list) and label else "no intent")
    # Half of a character in two parts is no text for an encoder.
    return text[:LONGEST_CHARACTERS].encode("utf-8", "replace").decode(), str(label).strip()
