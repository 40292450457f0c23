"""Workers: whoever does the work, the proposals are the same; a lost worker is made good or named."""

import gc
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from encoder import Encoder, HashingEncoder, Vectors
from intents import Example, Intent, Library, Solution, SolutionKind, discover, train
from intents.discovery import CustomerTurn, Proposal, candidates
from intents.discovery.held import Workers, WorkHere, take
from intents.discovery.proposing import propose_held
from intents.discovery.turns import Candidate
from intents.scale.errors import WorkersLost
from intents.scale.on_ray import RayWorkers
from intents.scale.processes import Processes

WISHES = ("my points expire", "a parcel is late", "cancel the contract", "invoice is wrong", "change my address")
WORDS = ("please", "today", "quickly", "somehow", "again", "friend", "maybe", "really")
TEXTS = tuple(
    f"{wish} {first} {second} {number}" for wish in WISHES for first in WORDS for second in WORDS for number in range(4)
)
TURNS = tuple(CustomerTurn(str(row), f"chat {row // 2}", text) for row, text in enumerate(TEXTS))
KNOWN = Intent(
    id="late_parcel",
    name="late parcel",
    description="",
    group=None,
    line_of_business="all",
    queue="parcels",
    skills=(),
    examples=tuple(Example(f"a parcel is late {word}") for word in WORDS),
    attributes=(),
    solution=Solution(SolutionKind.QUEUE, "parcels"),
)
LIBRARY = Library(1, (KNOWN,))
SHARD_ROWS = 512

needs_ray = pytest.mark.skipif(
    find_spec("ray") is None,
    reason="RAY IS NOT INSTALLED, so no cluster was tried: pip install -r requirements-ray.txt",
)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intents.discovery.held.SHARD_ROWS", SHARD_ROWS)


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    workers = Processes(HashingEncoder, 2)
    yield workers
    workers.close()


@pytest.fixture(scope="module")
def on_ray() -> Iterator[RayWorkers]:
    with warnings.catch_warnings():
        # Ray's own: sockets and subprocesses it leaves to the garbage collector, and announcements.
        warnings.simplefilter("ignore")
        workers = RayWorkers(HashingEncoder, 2, store_bytes=100 * 2**20)
        yield workers
        workers.close()
        # Now, and not in the middle of somebody else's test.
        gc.collect()


@pytest.fixture(params=["processes", pytest.param("on_ray", marks=needs_ray)])
def workers(request: pytest.FixtureRequest) -> Workers:
    found: Workers = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def found() -> tuple[Candidate, ...]:
    return candidates(TURNS)


def proposed(workers: Workers, found: Sequence[Candidate]) -> list[tuple[Proposal, bytes]]:
    """Each proposal and the bits of its middle, which `==` cannot compare."""
    encoder = HashingEncoder()
    held = workers.encode([candidate.text for candidate in found])
    proposals = propose_held(found, held, train(LIBRARY, encoder), LIBRARY, encoder)
    return [(replace(one, middle=np.zeros(0, dtype=np.float32)), one.middle.tobytes()) for one in proposals]


def test_workers_find_what_one_process_finds(workers: Workers, found: tuple[Candidate, ...]) -> None:
    here = proposed(WorkHere(HashingEncoder()), found)
    assert len(here) > 3
    assert str(proposed(workers, found)) == str(here)


def test_so_they_do_when_there_is_too_much_to_group_exactly(
    workers: Workers, found: tuple[Candidate, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intents.discovery.clusters.EXACT_ROWS", 500)
    monkeypatch.setattr("intents.discovery.clusters.FEWEST_MIDDLES", 100)
    monkeypatch.setattr("intents.discovery.proposing.FETCHED_AT_ONCE", 300)
    here = proposed(WorkHere(HashingEncoder()), found)
    assert len(here) > 3
    assert str(proposed(workers, found)) == str(here)


def test_vectors_come_back_in_order(workers: Workers) -> None:
    texts = [f"sentence {number}" for number in range(2 * SHARD_ROWS + 7)]
    rows = np.array([0, 5, SHARD_ROWS - 1, SHARD_ROWS, 2 * SHARD_ROWS + 6])
    held = workers.encode(texts)
    assert held.rows == len(texts)
    assert np.array_equal(take(held, rows), HashingEncoder().encode([texts[row] for row in rows]))


def test_progress_reaches_the_end_and_never_turns_back(workers: Workers) -> None:
    told: list[tuple[str, float]] = []
    workers.encode(["one sentence"] * (3 * SHARD_ROWS), lambda step, share: told.append((step, share)))
    assert {step for step, _ in told} == {"encode"}
    assert told == sorted(told)
    assert told[-1] == ("encode", 1.0)


def test_nothing_is_held_of_nothing(workers: Workers) -> None:
    held = workers.encode([])
    assert (held.rows, held.dimensions, take(held, np.arange(0)).shape) == (0, 256, (0, 256))


def end_the_process(vectors: Vectors) -> None:
    os._exit(3)


def test_a_process_that_dies_is_named() -> None:
    workers = Processes(HashingEncoder, 1)
    try:
        with pytest.raises(WorkersLost, match="fewer --workers"):
            list(workers.encode(["a sentence"]).each(end_the_process))
        with pytest.raises(WorkersLost):
            workers.encode(["another"])
    finally:
        workers.close()


class FragileEncoder(HashingEncoder):
    """Takes its process with it, the first time it is used on this machine."""

    def __init__(self, mark: Path) -> None:
        super().__init__()
        self._mark = mark

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not self._mark.exists():
            self._mark.touch()
            os._exit(3)
        return super().encode(texts)


@needs_ray
@pytest.mark.filterwarnings("ignore")
def test_ray_makes_good_for_an_actor_that_dies(
    on_ray: RayWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make: Callable[[], Encoder] = partial(FragileEncoder, tmp_path / "died")
    monkeypatch.setattr(on_ray, "_make_encoder", make)
    held = on_ray.encode(TEXTS)
    assert (tmp_path / "died").exists()
    assert np.array_equal(take(held, np.arange(len(TEXTS))), HashingEncoder().encode(TEXTS))


@needs_ray
@pytest.mark.filterwarnings("ignore")
def test_work_that_ray_loses_for_good_is_named(on_ray: RayWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "_apply", on_ray._apply.options(max_retries=0))
    with pytest.raises(WorkersLost, match="Ray lost"):
        list(on_ray.encode(["a sentence"]).each(end_the_process))


def test_without_ray_the_command_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    (tmp_path / "chats.jsonl").write_text('{"text": "when do my points expire"}')
    assert discover.main([str(tmp_path / "chats.jsonl"), "--ray"]) == 2
    assert "pip install -r requirements-ray.txt" in capsys.readouterr().err


@needs_ray
@pytest.mark.parametrize(
    ("address", "message"),
    [("127.0.0.1:1", "nothing listens at '127.0.0.1:1'"), ("ray://here", "not the address of a Ray cluster")],
)
def test_a_cluster_that_is_not_there_is_named(
    address: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chats.jsonl").write_text('{"text": "when do my points expire"}')
    assert discover.main([str(tmp_path / "chats.jsonl"), "--ray", address]) == 2
    assert message in capsys.readouterr().err


def test_no_workers_at_all_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert discover.main([str(tmp_path / "chats.jsonl"), "--workers", "0"]) == 2
    assert "at least 1, not 0" in capsys.readouterr().err


def test_the_command_writes_the_same_report_with_more_processes(tmp_path: Path) -> None:
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(f'{{"text": "{text}", "at": "2026-11-20"}}' for text in TEXTS[::20]))
    for name, more in (("one", []), ("two", ["--workers", "2"])):
        assert discover.main([str(path), "--out", str(tmp_path / name), "--cache", str(tmp_path), *more]) == 0
    assert (tmp_path / "two").read_text() == (tmp_path / "one").read_text()
