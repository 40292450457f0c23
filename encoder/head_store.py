"""Fitted heads kept in a folder between starts: fitting them anew takes half of a start."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

MOST_KEPT = 64
"""Files; the longest unused go first."""
_FOLDER: ContextVar[Path | None] = ContextVar("folder of fitted heads", default=None)


@contextmanager
def kept_heads(vectors: Path | None) -> Iterator[None]:
    """Inside, what is fitted is kept in a folder beside the file of `vectors`, and read from it; None keeps nothing.

    Keys are hashes of all that a head depends on. The folder may be deleted at any time; where it can't be written,
    heads are fitted each time.
    """
    token = _FOLDER.set(vectors.with_name("heads") if vectors else None)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def read_head(key: bytes) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Weights and bias; None where they are not kept, or damaged."""
    folder = _FOLDER.get()
    if folder is None:
        return None
    path = folder / f"{key.hex()}.npz"
    with suppress(OSError, EOFError, ValueError, KeyError, BadZipFile):
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            weights, bias = found["weights"], found["bias"]
        path.touch()
        return weights, bias
    return None


def write_head(key: bytes, weights: NDArray[np.float64], bias: NDArray[np.float64]) -> None:
    """Whole or not at all: several processes may share the folder."""
    folder = _FOLDER.get()
    if folder is None:
        return
    half = folder / f"{uuid4().hex}.half"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            np.savez(file, weights=weights, bias=bias)
        half.replace(folder / f"{key.hex()}.npz")
        for old in sorted(folder.glob("*.npz"), key=lambda one: -one.stat().st_mtime)[MOST_KEPT:]:
            old.unlink(missing_ok=True)
