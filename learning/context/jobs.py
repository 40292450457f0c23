"""Long work a supervisor started: its progress, its result, and a way to stop it. Kept in memory, the newest fifty."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

from actions import Centre
from learning.values import Conflict, LearningError, NotThere

log = structlog.get_logger(__name__)

KEPT = 50
RUNNING_AT_ONCE = 4


class JobState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass
class Job:
    """One piece of work. Written by the one that does it, read by everybody."""

    id: str
    kind: str
    started_at: datetime
    state: JobState = JobState.RUNNING
    step: str = "read"
    share: float = 0.0
    """How much of the step is done, in [0, 1]."""
    result: Mapping[str, object] | None = None
    error: str | None = None

    def progress(self, step: str, share: float) -> None:
        """Told from any thread."""
        self.step, self.share = step, min(max(share, 0.0), 1.0)


Work = Callable[[Job], Awaitable[Mapping[str, object]]]


class Jobs:
    """Starts and remembers jobs of this process."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, kind: str, work: Work) -> Job:
        """Do it in the background. Raises Conflict when too many run already."""
        if len(self._tasks) >= RUNNING_AT_ONCE:
            raise Conflict("Other long work is still running. Please wait until it is done, or cancel it.")
        job = Job(self._centre.new_id("job"), kind, self._centre.clock())
        self._jobs[job.id] = job
        while len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        self._tasks[job.id] = asyncio.create_task(self._run(job, work))
        return job

    def get(self, job_id: str) -> Job:
        """Raises NotThere."""
        if job_id not in self._jobs:
            raise NotThere("There is no such job; the server may have been restarted. Please start it again.")
        return self._jobs[job_id]

    def running(self, kind: str) -> Job | None:
        """The job of that kind that is not done yet."""
        return next((job for job in self._jobs.values() if job.kind == kind and job.state is JobState.RUNNING), None)

    def newest(self, kind: str) -> Job | None:
        return next((job for job in reversed(self._jobs.values()) if job.kind == kind), None)

    def cancel(self, job_id: str) -> Job:
        """Stop it if it runs. Raises NotThere."""
        job = self.get(job_id)
        task = self._tasks.get(job_id)
        if task is not None:
            job.state = JobState.CANCELLED
            task.cancel()
        return job

    async def stop(self) -> None:
        """Cancel all of them, when the server stops."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job: Job, work: Work) -> None:
        try:
            job.result = await work(job)
            job.state, job.share = JobState.DONE, 1.0
        except asyncio.CancelledError:
            job.state = JobState.CANCELLED
            raise
        except LearningError as error:
            job.state, job.error = JobState.FAILED, str(error)
        except Exception:  # whoever waits for it must hear that it failed
            log.exception("a supervisor's job failed", kind=job.kind)
            job.state, job.error = JobState.FAILED, "This went wrong on our side. Please try again."
        finally:
            self._tasks.pop(job.id, None)
