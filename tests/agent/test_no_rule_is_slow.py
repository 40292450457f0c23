"""No text a stranger may write holds everybody up: every regular expression of the product, on long runs.

A pattern that tries every place of a run for every place of it takes seconds here, a linear one milliseconds; what is
asserted lies far from both.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NO_ROOMS = {"bench", "tests", "tools", "migrations", "learning"}
ROOMS = sorted({path.parent.name for path in ROOT.glob("*/__init__.py")} - NO_ROOMS)
LENGTH = 4_000
"""Characters: as many as a message may have."""
MOST_CPU_SECONDS = 0.5
UNITS = (
    *",.\n aA1-'([@£0é",
    "bye ",
    "bye,",
    "no ",
    "yes, ",
    "not ",
    "a b ",
    "ab12 ",
    "a@",
    "a.",
    "1/",
    "1,",
    "the ",
    "my ",
    "and ",
    "I ",
    "CL1 ",
    "\t ",
    " .",
    "?!",
    "a-",
    "don't ",
    "please ",
    "at ",
    "12 ",
    "I'd like ",
)
RUNS = ["bye" + (unit * LENGTH)[:LENGTH] + "x" for unit in UNITS]


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    match value:
        case re.Pattern(pattern=str()):
            yield value
        case dict():
            yield from _patterns(list(value.values()))
        case list() | tuple() | set() | frozenset() if len(value) < 500:
            for one in value:
                yield from _patterns(one)


def _all() -> list[tuple[str, re.Pattern[str]]]:
    """Name and pattern, each once."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for room in ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if module.name.endswith(("__main__", ".child", "on_ray")):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _patterns(value):
                    found.setdefault(pattern.pattern, (f"{module.name}.{name}", pattern))
    return list(found.values())


def test_every_pattern_is_quick_enough() -> None:
    patterns = _all()
    assert len(patterns) > 200
    slow = []
    for name, pattern in patterns:
        for run in RUNS:
            began = time.process_time()
            pattern.search(run)
            if (took := time.process_time() - began) > MOST_CPU_SECONDS:
                slow.append(f"{name}: {took:.1f} s on {run[:10]!r}…")
                break
    assert not slow, slow
