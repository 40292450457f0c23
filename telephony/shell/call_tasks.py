"""What a call has under way beside its loop: every task is waited for, or cancelled with the call."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog

from actions import NotAllowed
from conversation.fold import IllegalEvent
from storage.conversation import Moved
from storage.kit import StorageError

Result = TypeVar("Result")
log = structlog.get_logger(__name__)

RETRY_SECONDS = 2.0
"""Between two tries while the database is away."""


class CallTasks:
    """The tasks of one call."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._newest: asyncio.Task[None] | None = None

    def run(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Do this beside everything else."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def in_order(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do this once everything given here before is done; never, when the call is cancelled before its turn."""
        before = self._newest

        async def after() -> None:
            if before is not None:
                await asyncio.wait([before])
            await work()

        self._newest = self.run(after())

    async def done(self, until: float) -> None:
        """Wait for what is under way and what comes of it, to this time of the loop at most."""
        while self._tasks and (left := until - self._loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)

    def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        # An expected no: the conversation has moved on meanwhile.
        if not isinstance(error, NotAllowed | IllegalEvent):
            log.error("a call's work failed", exc_info=error)


async def retry_until_stored(work: Callable[[], Awaitable[Result]]) -> Result:
    """Do it until it is on disk, and give its result.

    What was said gets into the record also when the database is away for a moment.
    """
    while True:
        try:
            return await work()
        except StorageError as error:
            if not isinstance(error, Moved):
                log.warning("not recorded yet, trying again")
                await asyncio.sleep(RETRY_SECONDS)
