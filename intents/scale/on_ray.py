"""Workers on a Ray cluster: actors that encode, tasks that do the rest where the vectors are."""

import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from socket import create_connection
from typing import Any

import encoder
import intents
from encoder import Encoder, Vectors
from intents.discovery.held import Answer, encode_in_steps, in_shards, run
from intents.discovery.progress import Progress, silent
from intents.scale.errors import WorkersLost, WorkersMissing
from intents.scale.shards import HeldByWorkers

STORE_BYTES = 512 * 2**20
"""Shared memory of a Ray started here. What is more goes to disk by itself, at some cost in time."""
AHEAD = 3
"""Pieces of work per worker that are under way at once."""
KNOCK_SECONDS = 5.0
RETRIES = 2
"""How often Ray repeats the work of a worker that it lost."""


class RayWorkers:
    """Workers of a Ray that is started here, on loopback only, or of the cluster at `address`.

    Each takes a core and, while it encodes, about 150 MB. Without `workers` there is one per core of the cluster. Code
    travels with the work; the machines need Python, Ray and the packages of requirements-light.txt in the same
    versions. Raises WorkersMissing without Ray or without a cluster there, WorkersLost when work is lost too often.
    """

    def __init__(
        self,
        make_encoder: Callable[[], Encoder],
        workers: int | None = None,
        *,
        address: str | None = None,
        store_bytes: int = STORE_BYTES,
    ) -> None:
        if find_spec("ray") is None:
            raise WorkersMissing("the package ray is not installed: pip install -r requirements-ray.txt")
        # Ray reads these when it is imported. It would report to its makers' server.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        if address is None and "RAY_AUTH_MODE" not in os.environ:
            # Nobody else on this machine may join; without a token of ours Ray leaves one in the home folder.
            os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token_hex(32)}
        # By name, because it is not there everywhere and its types with it.
        self._ray: Any = import_module("ray")
        self._make_encoder = make_encoder
        self._folder: str | None = None
        if address is None:
            self._start_here(workers or os.cpu_count() or 1, store_bytes)
        else:
            self._connect(address)
        self.workers = workers or int(self._ray.cluster_resources().get("CPU", 1))
        self._apply = self._ray.remote(num_cpus=1, max_retries=RETRIES)(_apply)

    def _start_here(self, workers: int, store_bytes: int) -> None:
        # Its sockets need a short path, and what it spills holds what customers said: it goes when we go.
        self._folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp" if Path("/tmp").is_dir() else None)  # noqa: S108
        self._ray.init(
            num_cpus=workers,
            object_store_memory=store_bytes,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
            _node_ip_address="127.0.0.1",
            _temp_dir=self._folder,
        )

    def _connect(self, address: str) -> None:
        _knock(address)
        code = [str(Path(room.__file__).parent) for room in (encoder, intents) if room.__file__]
        try:
            self._ray.init(address, log_to_driver=False, logging_level="ERROR", runtime_env={"py_modules": code})
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise WorkersMissing(
                f"no Ray cluster answers at {address!r}, or not with this RAY_AUTH_TOKEN: {error}"
            ) from error

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> HeldByWorkers:
        actor = self._ray.remote(num_cpus=1, max_restarts=RETRIES, max_task_retries=RETRIES)(_Encoding)
        shards = in_shards(texts)
        actors = [actor.remote(self._make_encoder) for _ in range(min(self.workers, max(len(shards), 1)))]
        try:
            dimensions = self._ray.get(actors[0].dimensions.remote())
            handles: list[Any] = []
            waiting: list[Any] = []
            for number, part in enumerate(shards):
                if len(waiting) >= AHEAD * len(actors):
                    _, waiting = self._ray.wait(waiting, fetch_local=False)
                    progress("encode", (number - len(waiting)) / len(shards))
                handles.append(actors[number % len(actors)].encode.remote(part))
                waiting.append(handles[-1])
            while waiting:
                _, waiting = self._ray.wait(waiting, fetch_local=False)
                progress("encode", 1.0 - len(waiting) / len(shards))
        except self._ray.exceptions.RayError as error:
            raise _lost(error) from error
        finally:
            # They hold the cores that the tasks need; what they made stays.
            for one in actors:
                self._ray.kill(one)
        progress("encode", 1.0)
        return HeldByWorkers(self, handles, len(texts), dimensions)

    def each(
        self,
        work: Callable[..., Answer],
        handles: Sequence[Any],
        shared: Sequence[object],
        own: Sequence[object] | None,
    ) -> Iterator[Answer]:
        """As `Held.each`, of the shards in the object stores of the cluster."""
        common = [self._ray.put(value) for value in shared]
        waiting: deque[Any] = deque()
        try:
            for shard, handle in enumerate(handles):
                waiting.append(self._apply.remote(work, handle, *common, *([] if own is None else [own[shard]])))
                if len(waiting) > AHEAD * self.workers:
                    yield self._ray.get(waiting.popleft())
            while waiting:
                yield self._ray.get(waiting.popleft())
        except self._ray.exceptions.RayError as error:
            raise _lost(error) from error

    def close(self) -> None:
        self._ray.shutdown()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


class _Encoding:
    """The actor: one encoder, many shards."""

    def __init__(self, make_encoder: Callable[[], Encoder]) -> None:
        self._encoder = make_encoder()

    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        return encode_in_steps(texts, self._encoder)


def _apply(work: Callable[..., Answer], vectors: Vectors, *arguments: object) -> Answer:
    return run(work, vectors, *arguments)


def _knock(address: str) -> None:
    """Raises WorkersMissing at once where nothing listens; Ray itself would try for minutes."""
    if address == "auto":
        return
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or "/" in host:
        raise WorkersMissing(
            f"{address!r} is not the address of a Ray cluster: auto, or host:port as ray start prints it"
        )
    try:
        create_connection((host.strip("[]"), int(port)), KNOCK_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise WorkersMissing(f"nothing listens at {address!r}: {error}") from error


def _lost(error: Exception) -> WorkersLost:
    return WorkersLost(f"Ray lost work or a worker: {str(error).strip().splitlines()[-1]}")
