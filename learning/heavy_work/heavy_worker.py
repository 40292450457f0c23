"""Who does the heavy work: this process when there is little, else a child of low priority."""

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from encoder import Encoder
from learning.heavy_work.discovery_work import DiscoveryWork, Progress

ROOT = Path(__file__).resolve().parents[2]
LITTLE = 300
"""Sentences; so many are encoded and grouped here in a second, about what a child takes to start."""


Given = ParamSpec("Given")
Result = TypeVar("Result")
Method = Callable[Concatenate[DiscoveryWork, Given], Result]


class HeavyWorker(Protocol):
    """Does what `DiscoveryWork` can, one call at a time."""

    async def call(self, method: Method[Given, Result], *given: Given.args, **more: Given.kwargs) -> Result:
        """The result of that method of `DiscoveryWork`."""


@asynccontextmanager
async def heavy_worker(size: int, encoder: Encoder, cache: Path, progress: Progress) -> AsyncIterator[HeavyWorker]:
    """A worker for so many sentences; a child ends with the block. `cache` holds the encoder's graph."""
    if size < LITTLE:
        yield _Here(DiscoveryWork(encoder, progress))
        return
    child = await asyncio.to_thread(_child, cache, encoder.name)
    try:
        yield _Aside(child, progress)
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await asyncio.to_thread(child.wait)


class _Here:
    def __init__(self, work: DiscoveryWork) -> None:
        self._work = work

    async def call(self, method: Method[Given, Result], *given: Given.args, **more: Given.kwargs) -> Result:
        return await asyncio.to_thread(method, self._work, *given, **more)


class _Aside:
    def __init__(self, child: "subprocess.Popen[bytes]", progress: Progress) -> None:
        self._child = child
        self._progress = progress

    async def call(self, method: Method[Given, Result], *given: Given.args, **more: Given.kwargs) -> Result:
        result: Result = await asyncio.to_thread(self._talk, method.__name__, given, more)
        return result

    def _talk(self, method: str, given: tuple[object, ...], more: dict[str, object]) -> Any:
        """Raises RuntimeError if the child dies."""
        to_child, from_child = self._child.stdin, self._child.stdout
        assert to_child is not None
        assert from_child is not None
        try:
            pickle.dump((method, given, more), to_child, protocol=pickle.HIGHEST_PROTOCOL)
            to_child.flush()
            while True:
                kind, *answer = pickle.load(from_child)  # noqa: S301 - our own child's
                if kind == "done":
                    return answer[0]
                self._progress(*answer)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            raise RuntimeError("the process that learns has died") from error


def _child(cache: Path, encoder: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "learning.heavy_work.child", str(cache), encoder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
