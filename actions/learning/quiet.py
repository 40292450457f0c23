"""Heavy work at low priority, so that nobody who chats waits for it."""

import asyncio
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

from encoder.port import Encoder, Vectors
from intents.discovery.aside import Order
from intents.discovery.proposal import Proposal

ROOT = Path(__file__).resolve().parents[2]
NICE = 15
"""Of 19; at 15 a chatting customer's turn gets some thirty times the processor's time."""
ENCODED_AT_ONCE = 16
"""Sentences between two moments in which others may have the encoder: some 40 ms."""

P = ParamSpec("P")
T = TypeVar("T")


class Quiet:
    """Two threads of low priority, and child processes of low priority for what would hold the interpreter's lock."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="learning", initializer=_lower_priority)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, done in one of the threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))

    async def encode(
        self, encoder: Encoder, texts: Sequence[str], progress: Callable[[str, float], None] | None = None
    ) -> Vectors:
        """The vectors of many texts, shape (texts, dimensions), a few at a time."""
        parts = [np.zeros((0, encoder.dimensions), dtype=np.float32)]
        for start in range(0, len(texts), ENCODED_AT_ONCE):
            if progress is not None:
                progress("encode", start / len(texts))
            parts.append(await self.run(encoder.encode, texts[start : start + ENCODED_AT_ONCE]))
        return np.concatenate(parts)

    async def propose_aside(self, order: Order, progress: Callable[[str, float], None]) -> tuple[Proposal, ...]:
        """What discovery makes of an order, in a process of its own. Raises RuntimeError if that dies."""
        child = await asyncio.to_thread(_child)
        try:
            return await asyncio.to_thread(_talk, child, order, progress)
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await asyncio.to_thread(child.wait)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _child() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "intents.discovery.aside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )


def _talk(
    child: "subprocess.Popen[bytes]", order: Order, progress: Callable[[str, float], None]
) -> tuple[Proposal, ...]:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        with child.stdin as to_child, child.stdout as from_child:
            to_child.write(pickle.dumps(order, protocol=pickle.HIGHEST_PROTOCOL))
            to_child.close()
            while True:
                answer: Any = pickle.load(from_child)  # noqa: S301 - our own child's
                if not isinstance(answer[0], str):
                    return tuple(answer[0])
                progress(*answer)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
        raise RuntimeError("the process that groups what customers said has died") from error


def _lower_priority() -> None:
    """Linux gives every thread a priority of its own; elsewhere this thread is one like the others."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
