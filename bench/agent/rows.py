"""The questions put to the agent, as files of one JSON object a line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from intents import Example, Intent, Solution, SolutionKind, Support

OWN = Path(__file__).resolve().parents[1] / "agent_data"


def read(half: str, name: str) -> list[dict[str, Any]]:
    """Rows of one file of the half `tune` or `report`; none where the file is not there."""
    path = OWN / half / f"{name}.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def plain_intent(name: str, texts: Sequence[str]) -> Intent:
    """An intent of a public set: examples, and a queue as what resolves it."""
    return Intent(
        id=name,
        name=name.replace("_", " "),
        description="",
        group=None,
        line_of_business="",
        queue="general",
        skills=(),
        examples=tuple(Example(text) for text in texts),
        attributes=(),
        solution=Solution(SolutionKind.QUEUE, "general"),
        support=Support.ASSIST_ONLY,
    )
