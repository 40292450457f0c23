"""The loop that every worker runs in: a failing step is waited for, logged, tried again, and seen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from actions import Membership
from actions.operator import Dispatcher
from actions.workers import Sweeper, Worker
from storage.kit import StorageUnavailable
from tests.support.happenings import NOON
from tests.support.simulation import Simulation


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[None]:
    task = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(10):
            yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def after(steps: int, done: asyncio.Event, *failing: Exception) -> Callable[[], Awaitable[None]]:
    """A step that fails with each of these first, and tells when so many were done."""
    count = 0

    async def step() -> None:
        nonlocal count
        count += 1
        if count >= steps:
            done.set()
        if count <= len(failing):
            raise failing[count - 1]

    return step


async def test_a_step_that_fails_is_tried_again_and_its_health_says_so() -> None:
    done = asyncio.Event()
    worker = Worker("chores", after(3, done, StorageUnavailable("away"), ValueError("a customer's words")), 0.001,
                    clock=lambda: NOON)  # fmt: skip
    async with running(worker):
        await done.wait()
        await asyncio.sleep(0)
    health = worker.health
    assert health.is_well
    assert health.last_success == NOON
    assert (health.last_error, health.last_error_at) == ("ValueError", NOON)


async def test_each_failure_in_a_row_doubles_the_pause_up_to_the_longest() -> None:
    async def fail() -> None:
        raise OSError("no disk")

    worker = Worker("chores", fail, 4.0)
    pauses = []
    for _ in range(5):
        await worker.once()
        pauses.append(worker.health.pause_seconds)
    assert pauses == [4.0, 8.0, 16.0, 30.0, 30.0]
    assert not worker.health.is_well


async def test_a_woken_worker_does_not_wait() -> None:
    wake, done = asyncio.Event(), asyncio.Event()
    async with running(Worker("chores", after(2, done), 3_600.0, wake=wake)):
        wake.set()
        await asyncio.sleep(0)
        while not done.is_set():
            wake.set()
            await asyncio.sleep(0)


async def test_nothing_is_done_before_it_may_begin() -> None:
    may_begin, done = asyncio.Event(), asyncio.Event()
    async with running(Worker("chores", after(1, done), 0.001, begins=may_begin.wait)):
        for _ in range(20):
            await asyncio.sleep(0)
        assert not done.is_set()
        may_begin.set()
        await done.wait()


def test_a_worker_without_a_rhythm_is_refused() -> None:
    async def step() -> None: ...

    with pytest.raises(ValueError, match="'chores' would never"):
        Worker("chores", step, None)


class Follows(Membership):
    """Another process leads."""

    @property
    def leads(self) -> bool:
        return False


async def test_what_another_process_does_costs_this_one_nothing(run: Simulation) -> None:
    run.centre.membership = Follows()
    offers = Worker("offers", Dispatcher(run.centre).step, 0.0)
    deadlines = Worker("deadlines", Sweeper(run.centre, run.absences).sweep, 1.0)
    steps = 0

    async def count(worker: Worker) -> None:
        nonlocal steps
        while True:
            await worker.once()
            steps += 1
            await asyncio.sleep(0)

    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await count(offers)
    assert steps <= 2
    await deadlines.once()
    assert deadlines.health.is_well
