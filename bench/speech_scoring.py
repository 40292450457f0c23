"""Word error rate and slot score after Whisper's own English normaliser (from transformers, used by the bench only)."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any


@cache
def _normaliser() -> Any:
    from transformers.models.whisper.english_normalizer import EnglishTextNormalizer

    normaliser: Any = EnglishTextNormalizer
    return normaliser({})


def words(text: str) -> list[str]:
    """Normalised words; figures that stand side by side are joined ("4 7 2" is "472")."""
    plain = str(_normaliser()(text))
    return re.sub(r"(?<=\d) (?=\d)", "", plain).split()


def edits(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Levenshtein distance."""
    row = list(range(len(heard) + 1))
    for i, expected in enumerate(reference, 1):
        before, row[0] = row[0], i
        for j, found in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (expected != found))
    return row[-1]


def word_error_pct(pairs: Sequence[tuple[str, str]]) -> float:
    """Edits over reference words in percent, pooled over (reference, heard) pairs."""
    errors = sum(edits(words(reference), words(heard)) for reference, heard in pairs)
    return 100.0 * errors / max(1, sum(len(words(reference)) for reference, _ in pairs))


def slots_found(slots: Sequence[str], heard: str) -> int:
    """How many slot values stand in the transcript."""
    text = " ".join(words(heard.replace("-", " ")))
    return sum(" ".join(words(value)) in text for value in slots)


_FIGURES = {
    "zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip


def figures(text: str) -> str:
    """Only the figures of a transcript, spelled ones too."""
    parts = re.findall(r"\d+|[a-z]+", text.lower())
    return "".join(part if part.isdigit() else _FIGURES.get(part, "") for part in parts)
