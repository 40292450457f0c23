"""Snippets marked `<!-- runs -->` run as they stand, page by page, in a folder that looks like a fresh checkout."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKED = re.compile(r"^<!-- runs -->\n```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [page for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if MARKED.search(page.read_text())]
NOT_PART_OF_A_CHECKOUT = {".git", ".env", ".venv", "var", "test-output"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The project by links, with a data folder of its own that holds a database."""
    for path in ROOT.iterdir():
        if path.name not in NOT_PART_OF_A_CHECKOUT:
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "switchboard.sqlite3").touch()
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_marked_snippets_run(page: Path, checkout: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SWITCHBOARD_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = settings | {"PATH": path, "PYTHONPATH": str(checkout)}
    for language, text in MARKED.findall(page.read_text()):
        command = (
            [sys.executable, "-c", text] if language == "python" else ["bash", "-euo", "pipefail", "-c", shell(text)]
        )
        done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"


def shell(text: str) -> str:
    """The commands of a console snippet: the lines after a `$`."""
    return "\n".join(line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ "))
