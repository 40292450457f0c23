"""One version everywhere: the newest of the changelog is the one the program and the project say."""

import re
import tomllib
from pathlib import Path

from config import VERSION

ROOT = Path(__file__).resolve().parents[2]


def test_the_newest_version_of_the_changelog_is_the_programs() -> None:
    found = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert found[0] == VERSION == project
    assert found == sorted(found, key=lambda one: [int(part) for part in one.split(".")], reverse=True)
