"""Discovery of very many turns by several workers: processes of this machine, and Ray where it is installed."""

import hashlib
import importlib.util
import os
import resource
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.intents_data import ClassificationSet
from bench.intents_train import train_on
from bench.report import Row
from encoder import Encoder, Vectors
from intents import IntentModel, Library
from intents.discovery import CustomerTurn, Proposal
from intents.discovery.held import Workers
from intents.discovery.proposing import propose_held
from intents.discovery.turns import Candidate
from intents.scale.on_ray import RayWorkers
from intents.scale.processes import Processes

TURNS = 1_000_000
WORKERS = 2


class NoisyEncoder:
    """Real vectors with noise of length 0.5, so that encoding a million sentences is not what is measured.

    A sentence is "NUMBER words"; the number picks the real vector, the whole sentence the noise.
    """

    def __init__(self, real: Path) -> None:
        self._real: Vectors = np.load(real)

    @property
    def name(self) -> str:
        return "noisy"

    @property
    def dimensions(self) -> int:
        return int(self._real.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
            noise = np.random.default_rng(seed).standard_normal(self.dimensions, dtype=np.float32)
            row[:] = self._real[int(text.split(" ", 1)[0])] + 0.5 * noise / np.linalg.norm(noise)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def scale_rows(data: ClassificationSet, encoder: Encoder, turns: int) -> tuple[list[Row], list[str]]:
    """Rows, and what was skipped and why."""
    picked = np.random.default_rng(0).integers(0, len(data.train.texts), turns).tolist()
    texts = [f"{row} {data.train.texts[row]} {number}" for number, row in enumerate(picked)]
    found = [Candidate(text, (CustomerTurn(str(row), str(row), text),)) for row, text in enumerate(texts)]
    rows: list[Row] = []
    skipped: list[str] = []
    reports: list[list[tuple[str, int, float]]] = []
    model = train_on(data.ten_shot, encoder, with_names=True)
    with TemporaryDirectory() as folder:
        np.save(real := Path(folder) / "real.npy", encoder.encode(data.train.texts))
        make = partial(NoisyEncoder, real)
        rows += (timed := _timed("processes", Processes(make, WORKERS), model, found, encoder))[0]
        reports.append(timed[1])
        if importlib.util.find_spec("ray") is None:
            skipped.append("scale_ray: the package ray is not installed: pip install -r requirements-ray.txt")
        else:
            rows += (timed := _timed("ray", RayWorkers(make, WORKERS), model, found, encoder))[0]
            reports.append(timed[1])
    if len(reports) == 2:
        rows.append(Row("scale_ray_equals_processes", float(reports[0] == reports[1]), "1 is yes"))
    return rows, skipped


def _timed(
    name: str, workers: Workers, model: IntentModel, found: Sequence[Candidate], encoder: Encoder
) -> tuple[list[Row], list[tuple[str, int, float]]]:
    started = time.perf_counter()
    try:
        held = workers.encode([candidate.text for candidate in found])
        encoded = time.perf_counter()
        proposals = propose_held(found, held, model, Library(1, ()), encoder)
        ended = time.perf_counter()
    finally:
        workers.close()
    name = f"scale_{name}"
    return [
        Row(f"{name}_encode_s", encoded - started, f"s for {len(found)} turns, {WORKERS} workers, made-up vectors"),
        Row(f"{name}_discover_s", ended - encoded, "s after encoding"),
        Row(f"{name}_topics", float(len(proposals)), "topics"),
        Row(f"{name}_driver_peak_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KB / 1e6, "MB"),
    ], [_told(proposal) for proposal in proposals]


_KB = 1 if os.uname().sysname == "Darwin" else 1024
"""Unit of ru_maxrss."""


def _told(proposal: Proposal) -> tuple[str, int, float]:
    return proposal.id, len(proposal.evidence), proposal.rank
