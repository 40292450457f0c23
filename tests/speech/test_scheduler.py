"""The scheduler with real threads: jobs that wait at a gate show who goes first, no sleeping."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable

import pytest

from speech.scheduler import (
    Dropped,
    DropReason,
    Finished,
    LoadPolicy,
    LoadStep,
    SchedulerOptions,
    SpeechScheduler,
    StepChange,
    Work,
)

ONE_WORKER = SchedulerOptions(hearing_workers=1, speaking_workers=1, room=4)


class Gate:
    """A job that keeps its worker busy until it is opened."""

    def __init__(self) -> None:
        self.began, self._open = threading.Event(), threading.Event()

    def run(self) -> str:
        self.began.set()
        self._open.wait(10)
        return "gate"

    def open(self) -> None:
        self._open.set()

    async def has_begun(self) -> None:
        await asyncio.to_thread(self.began.wait, 10)


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def scheduler(clock: Clock) -> AsyncIterator[SpeechScheduler]:
    scheduler = SpeechScheduler(clock, ONE_WORKER)
    yield scheduler
    await scheduler.close()


async def test_a_job_is_done_on_a_worker_and_its_value_comes_back(scheduler: SpeechScheduler) -> None:
    outcome = await scheduler.submit(Work.FINAL, "a", lambda: threading.current_thread().name).outcome()

    assert isinstance(outcome, Finished)
    assert outcome.value.startswith("speech-")


async def test_what_the_job_raises_comes_back(scheduler: SpeechScheduler) -> None:
    def fail() -> None:
        raise ValueError("no words")

    with pytest.raises(ValueError, match="no words"):
        await scheduler.submit(Work.FINAL, "a", fail).outcome()
    after = await scheduler.submit(Work.FINAL, "a", lambda: "still there").outcome()
    assert isinstance(after, Finished)


async def test_finals_overtake_guesses_and_captions(scheduler: SpeechScheduler) -> None:
    gate, order = Gate(), list[str]()

    def note(name: str) -> Callable[[], None]:
        return lambda: order.append(name)

    first = scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    tickets = [
        scheduler.submit(Work.CAPTION, "a", note("caption")),
        scheduler.submit(Work.EAGER, "b", note("guess")),
        scheduler.submit(Work.FINAL, "c", note("final")),
    ]
    gate.open()
    for ticket in [first, *tickets]:
        assert isinstance(await ticket.outcome(), Finished)  # type: ignore[attr-defined]

    assert order == ["final", "guess", "caption"]


async def test_a_guess_becomes_final_when_its_turn_ends(scheduler: SpeechScheduler) -> None:
    gate, order = Gate(), list[str]()
    scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    first = scheduler.submit(Work.EAGER, "a", lambda: order.append("a"))
    second = scheduler.submit(Work.EAGER, "b", lambda: order.append("b"))
    second.make_final()
    gate.open()
    await first.outcome()
    await second.outcome()

    assert order == ["b", "a"]


async def test_a_job_taken_back_is_never_run(scheduler: SpeechScheduler) -> None:
    gate, ran = Gate(), list[str]()
    running = scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    waiting = scheduler.submit(Work.EAGER, "a", lambda: ran.append("a"))
    waiting.cancel()
    running.cancel()
    gate.open()

    assert await waiting.outcome() == Dropped(DropReason.CANCELLED)
    assert await running.outcome() == Dropped(DropReason.CANCELLED)
    assert isinstance(await scheduler.submit(Work.FINAL, "y", lambda: 1).outcome(), Finished)
    assert ran == []
    assert scheduler.report().running == 0


async def test_a_waiter_that_is_cancelled_takes_its_job_along(scheduler: SpeechScheduler) -> None:
    gate, ran = Gate(), list[str]()
    scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    waiter = asyncio.create_task(scheduler.submit(Work.FINAL, "a", lambda: ran.append("a")).outcome())
    await asyncio.sleep(0)
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    gate.open()

    assert isinstance(await scheduler.submit(Work.FINAL, "y", lambda: 1).outcome(), Finished)
    assert ran == []


async def test_what_waits_past_its_deadline_is_dropped(scheduler: SpeechScheduler, clock: Clock) -> None:
    gate = Gate()
    scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    caption = scheduler.submit(Work.CAPTION, "a", lambda: "late")
    clock.now = 5.0
    gate.open()

    assert await caption.outcome() == Dropped(DropReason.EXPIRED)


async def test_a_full_queue_refuses_guesses_first(scheduler: SpeechScheduler) -> None:
    gate = Gate()
    scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    captions = [scheduler.submit(Work.CAPTION, str(n), lambda: "caption") for n in range(4)]
    final = scheduler.submit(Work.FINAL, "a", lambda: "final")

    assert await captions[3].outcome() == Dropped(DropReason.NO_ROOM)
    gate.open()
    assert isinstance(await final.outcome(), Finished)


async def test_speaking_does_not_wait_for_hearing(scheduler: SpeechScheduler) -> None:
    gate = Gate()
    scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()

    assert isinstance(await scheduler.submit(Work.SPEAK, "x", lambda: "clause").outcome(), Finished)
    gate.open()


async def test_under_load_captions_are_shed_and_each_step_is_told(clock: Clock) -> None:
    told: list[StepChange] = []
    scheduler = SpeechScheduler(clock, ONE_WORKER, LoadPolicy(), told.append)
    gate = Gate()
    scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    waiting = scheduler.submit(Work.CAPTION, "a", lambda: "caption")
    scheduler.note_loop_lag(0.6)

    assert await waiting.outcome() == Dropped(DropReason.SHED)
    assert await scheduler.submit(Work.CAPTION, "b", lambda: "caption").outcome() == Dropped(DropReason.SHED)
    assert [(each.before, each.after) for each in told] == [(LoadStep.NORMAL, LoadStep.NO_CAPTIONS)]
    assert scheduler.report().dropped == {(Work.CAPTION, DropReason.SHED): 2}

    for _ in range(60):
        clock.now += 1.0
        scheduler.note_loop_lag(0.0)
    assert scheduler.step is LoadStep.NORMAL
    gate.open()
    await scheduler.close()


async def test_closing_drops_what_waits_and_refuses_what_comes(clock: Clock) -> None:
    scheduler = SpeechScheduler(clock, ONE_WORKER)
    gate = Gate()
    running = scheduler.submit(Work.FINAL, "x", gate.run)
    await gate.has_begun()
    waiting = scheduler.submit(Work.FINAL, "a", lambda: "a")
    closing = asyncio.create_task(scheduler.close())
    assert await waiting.outcome() == Dropped(DropReason.CLOSED)
    gate.open()
    await closing

    assert isinstance(await running.outcome(), Finished)
    assert await scheduler.submit(Work.FINAL, "b", lambda: "b").outcome() == Dropped(DropReason.CLOSED)


async def test_a_storm_from_many_calls_leaves_every_ticket_with_an_outcome() -> None:
    scheduler = SpeechScheduler(time.monotonic, SchedulerOptions(room=8))
    kinds = list(Work)
    tickets = [scheduler.submit(kinds[n % 5], f"call-{n % 7}", lambda n=n: n) for n in range(300)]  # type: ignore[misc]
    outcomes = [await ticket.outcome() for ticket in tickets]
    report = scheduler.report()
    await scheduler.close()

    assert len(outcomes) == 300
    assert sum(report.finished.values()) + sum(report.dropped.values()) == 300
    assert report.waiting == report.running == 0
