"""The one place where heavy speech work leaves the event loop: a few threads, one queue, all calls.

```
 calls (event loop) ── submit(work, call, run) ──► JobQueue ──► hearing worker 1   FINAL JUDGE EAGER CAPTION
        ▲                                                  ├──► hearing worker 2   the same
        └──────── Ticket.outcome(): Finished | Dropped ◄───└──► speaking worker    SPEAK JUDGE
```
CTranslate2 and onnxruntime release the GIL, so the workers really run side by side.
"""

import asyncio
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from speech.scheduler.load import LoadMonitor, LoadPolicy
from speech.scheduler.queue import JobQueue, Thrown, Waiting
from speech.scheduler.values import (
    DEADLINE_SECONDS,
    Dropped,
    DropReason,
    Finished,
    LoadStep,
    StepChange,
    Work,
)

T = TypeVar("T")

_HEARING = frozenset({Work.FINAL, Work.JUDGE, Work.EAGER, Work.CAPTION})
_SPEAKING = frozenset({Work.SPEAK, Work.JUDGE})


@dataclass(frozen=True)
class SchedulerOptions:
    """How much runs and waits."""

    hearing_workers: int = 2
    """transcriptions at the same time, one thread each; as many as cores"""
    speaking_workers: int = 1
    """renderings at the same time: 20-50 ms each, so one is plenty"""
    room: int = 64
    """jobs that may wait"""


@dataclass(frozen=True)
class SchedulerReport:
    """What the supervisor's screen and the metrics show."""

    step: LoadStep
    """how far the machine has stepped back"""
    delay_seconds: float
    """smoothed waiting time of urgent work"""
    waiting: int
    """jobs in the queue"""
    running: int
    """jobs on workers"""
    finished: Mapping[Work, int]
    """since the start"""
    dropped: Mapping[tuple[Work, DropReason], int]
    """since the start"""


class Ticket(Generic[T]):
    """One job's claim on a result."""

    def __init__(self, scheduler: "SpeechScheduler", job: int, future: "asyncio.Future[Finished[T] | Dropped]") -> None:
        self._scheduler = scheduler
        self._job = job
        self._future = future

    async def outcome(self) -> Finished[T] | Dropped:
        """What became of it. Raises what the job raised. Cancelling the waiter cancels the job."""
        try:
            return await asyncio.shield(self._future)
        except asyncio.CancelledError:
            self.cancel()
            raise

    @property
    def is_done(self) -> bool:
        """True once there is an outcome."""
        return self._future.done()

    def cancel(self) -> None:
        """Takes it back: out of the queue, or its result is thrown away when it comes."""
        self._scheduler.drop(self._job, DropReason.CANCELLED)

    def make_final(self) -> None:
        """The turn has ended: what was a guess is now waited for."""
        self._scheduler.make_final(self._job)


@dataclass
class _Job:
    work: Work
    run: Callable[[], Any]
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop


class SpeechScheduler:
    """Started once, shared by all calls, closed once. `submit`, tickets and `close` belong to the event loop.

    `clock` is monotonic. `on_step` is called from any thread and must not block.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        options: SchedulerOptions | None = None,
        load: LoadPolicy | None = None,
        on_step: Callable[[StepChange], None] | None = None,
    ) -> None:
        options = options or SchedulerOptions()
        self._clock = clock
        self._on_step = on_step
        self._queue = JobQueue(options.room)
        self._monitor = LoadMonitor(load or LoadPolicy())
        self._numbers = itertools.count(1)
        self._jobs: dict[int, _Job] = {}
        self._running = 0
        self._finished: Counter[Work] = Counter()
        self._dropped: Counter[tuple[Work, DropReason]] = Counter()
        self._is_open = True
        self._changed = threading.Condition()
        kinds = [_HEARING] * options.hearing_workers + [_SPEAKING] * options.speaking_workers
        self._threads = [
            threading.Thread(target=self._serve, args=(each,), name=f"speech-{number}", daemon=True)
            for number, each in enumerate(kinds)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, work: Work, call: str, run: Callable[[], T], *, deadline_seconds: float | None = None
    ) -> Ticket[T]:
        """Lets one blocking job wait for a worker; its ticket always gets an outcome."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Finished[T] | Dropped] = loop.create_future()
        number, now = next(self._numbers), self._clock()
        patience = DEADLINE_SECONDS[work] if deadline_seconds is None else deadline_seconds
        with self._changed:
            self._jobs[number] = _Job(work, run, future, loop)
            if not self._is_open:
                self._throw([Thrown(number, DropReason.CLOSED)])
            elif work is Work.CAPTION and self._monitor.step >= LoadStep.NO_CAPTIONS:
                self._throw([Thrown(number, DropReason.SHED)])
            else:
                self._throw(self._queue.push(Waiting(number, work, call, now, now + patience)))
                self._changed.notify_all()
        return Ticket(self, number, future)

    @property
    def step(self) -> LoadStep:
        """How far the machine has stepped back now."""
        return self._monitor.step

    def note_loop_lag(self, seconds: float) -> None:
        """Takes how late a heartbeat of the event loop came; beat once a second, a calm machine recovers by it."""
        with self._changed:
            self._note_delay(seconds)

    def report(self) -> SchedulerReport:
        """The figures of this moment."""
        with self._changed:
            return SchedulerReport(
                step=self._monitor.step,
                delay_seconds=self._monitor.delay_seconds,
                waiting=len(self._queue),
                running=self._running,
                finished=dict(self._finished),
                dropped=dict(self._dropped),
            )

    def make_final(self, job: int) -> None:
        """Moves a waiting guess in front of the guesses; one that runs or is done stays as it is."""
        with self._changed:
            now = self._clock()
            if self._queue.promote(job, Work.FINAL, now + DEADLINE_SECONDS[Work.FINAL]):
                self._jobs[job].work = Work.FINAL

    def drop(self, job: int, reason: DropReason) -> None:
        """Gives a job up, whether it waits or runs; done ones stay done."""
        with self._changed:
            self._queue.cancel(job)
            self._throw([Thrown(job, reason)])

    async def close(self) -> None:
        """Throws what waits, lets what runs end, joins the threads."""
        with self._changed:
            self._is_open = False
            self._throw([Thrown(job, DropReason.CLOSED) for job in list(self._jobs) if self._queue.cancel(job)])
            self._changed.notify_all()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _serve(self, kinds: frozenset[Work]) -> None:
        while taken := self._next(kinds):
            entry, job = taken
            began = self._clock()
            try:
                value = job.run()
            except Exception as error:  # noqa: BLE001 - the worker outlives any job; the ticket raises it
                self._done(entry, error)
            else:
                self._done(entry, Finished(value, began - entry.since, self._clock() - began))

    def _next(self, kinds: frozenset[Work]) -> tuple[Waiting, _Job] | None:
        """The next job for this worker, waiting for one; None once the scheduler is closed."""
        with self._changed:
            while True:
                if not self._is_open:
                    return None
                entry, late = self._queue.pop(self._clock(), kinds)
                self._throw(late)
                if entry:
                    self._running += 1
                    if entry.work in (Work.FINAL, Work.SPEAK, Work.EAGER):
                        self._note_delay(self._clock() - entry.since)
                    return entry, self._jobs[entry.job]
                self._changed.wait()

    def _done(self, entry: Waiting, result: Finished[Any] | Exception) -> None:
        with self._changed:
            self._running -= 1
            job = self._jobs.pop(entry.job, None)
            if job is None:
                return
            self._finished[job.work] += 1
            _settle(job, result)

    def _throw(self, thrown: list[Thrown]) -> None:
        for each in thrown:
            job = self._jobs.pop(each.job, None)
            if job:
                self._dropped[job.work, each.reason] += 1
                _settle(job, Dropped(each.reason))

    def _note_delay(self, seconds: float) -> None:
        change = self._monitor.note(self._clock(), seconds)
        if change is None:
            return
        if change.after >= LoadStep.NO_CAPTIONS:
            self._throw(self._queue.shed({Work.CAPTION}))
        if self._on_step:
            self._on_step(change)


def _settle(job: _Job, result: Finished[Any] | Dropped | Exception) -> None:
    def settle() -> None:
        if job.future.done():
            return
        if isinstance(result, Exception):
            job.future.set_exception(result)
        else:
            job.future.set_result(result)

    if job.loop.is_closed():
        return
    job.loop.call_soon_threadsafe(settle)
