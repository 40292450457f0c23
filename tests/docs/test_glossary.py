"""The glossary names what the program really has."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    code = "\n".join(path.read_text() for room in ROOMS for path in room.rglob("*.py"))
    rows = [line.split("|") for line in (ROOT / "docs/glossary.md").read_text().splitlines() if line.startswith("| **")]
    names = {name.split(".")[-1] for row in rows for name in re.findall(r"`([\w.]+)`", row[3])}
    assert len(names) > 30
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", code)] == []
