"""Workers that are processes of this machine."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from encoder import Encoder
from intents.discovery.held import Answer, encode_in_steps, in_shards, run
from intents.discovery.progress import Progress, silent
from intents.scale.errors import WorkersLost
from intents.scale.shards import HeldByWorkers


class Processes:
    """So many processes, each with an encoder of its own (about 150 MB each).

    Shards lie as files in a scratch folder, which the processes map into memory: a million sentences take 1.5 GB of
    disk at 384 dimensions. Raises WorkersLost when a process dies.
    """

    def __init__(self, make_encoder: Callable[[], Encoder], workers: int, *, scratch: Path | None = None) -> None:
        self._folder = TemporaryDirectory(prefix="discover-", dir=scratch)
        # Not forked: the parent may have threads, of onnxruntime if nothing else.
        self._pool = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_start, initargs=(make_encoder,)
        )
        self._numbers = count()

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> HeldByWorkers:
        shards = in_shards(texts)
        paths = [self._new_path() for _ in shards]
        dimensions = self._submit(_dimensions)
        futures = [self._submit(_encode, part, path) for part, path in zip(shards, paths, strict=True)]
        try:
            for done, future in enumerate(as_completed(futures)):
                future.result()
                progress("encode", done / len(futures))
            progress("encode", 1.0)
            return HeldByWorkers(self, paths, len(texts), dimensions.result())
        except BrokenProcessPool as error:
            raise _lost() from error

    def each(
        self,
        work: Callable[..., Answer],
        handles: Sequence[Path],
        shared: Sequence[object],
        own: Sequence[object] | None,
    ) -> Iterator[Answer]:
        """As `Held.each`, of the shards in these files."""
        # Written once: middles of 30 MB would otherwise travel with every shard.
        common = self._new_path()
        common.write_bytes(pickle.dumps(shared))
        futures = [
            self._submit(_apply, work, path, common, () if own is None else (own[shard],))
            for shard, path in enumerate(handles)
        ]
        try:
            # Let go of each answer as it is taken: together they can be larger than the vectors.
            futures.reverse()
            while futures:
                yield futures.pop().result()
        except BrokenProcessPool as error:
            raise _lost() from error
        finally:
            for future in futures:
                future.cancel()
            common.unlink(missing_ok=True)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()

    def _new_path(self) -> Path:
        return Path(self._folder.name) / str(next(self._numbers))

    def _submit(self, work: Callable[..., Answer], *arguments: object) -> "Future[Answer]":
        try:
            return self._pool.submit(work, *arguments)
        except BrokenProcessPool as error:
            raise _lost() from error


_encoders: list[Encoder] = []
"""The one encoder of this worker process; a process pool has no other place for what a worker keeps."""


def _start(make_encoder: Callable[[], Encoder]) -> None:
    _encoders.append(make_encoder())


def _dimensions() -> int:
    return _encoders[0].dimensions


def _encode(texts: Sequence[str], path: Path) -> None:
    with path.open("wb") as stream:
        np.save(stream, encode_in_steps(texts, _encoders[0]))


def _apply(work: Callable[..., Answer], path: Path, common: Path, own: tuple[object, ...]) -> Answer:
    return run(work, np.load(path, mmap_mode="r"), *_shared(common), *own)


@lru_cache(maxsize=1)
def _shared(path: Path) -> tuple[object, ...]:
    # Written a moment ago by the parent, into a folder that only this user may read.
    values: tuple[object, ...] = pickle.loads(path.read_bytes())  # noqa: S301
    return values


def _lost() -> WorkersLost:
    return WorkersLost(
        "a worker process ended before its work was done, perhaps for want of memory: try fewer --workers"
    )
