"""How often the code gives up on types: a room that knows what it holds can be read."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NO_ROOMS = {"bench", "tests", "tools", "migrations"}
ROOMS = sorted({path.parent.name for path in ROOT.glob("*/__init__.py")} - NO_ROOMS)
MOST = 4.0
"""`Any` per thousand lines."""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_what_it_holds(room: str) -> None:
    lines = [line for path in (ROOT / room).rglob("*.py") for line in path.read_text().splitlines()]
    loose = sum(len(re.findall(r"\bAny\b", line)) for line in lines if "import" not in line)
    assert 1000 * loose / len(lines) < MOST
