"""The one loop that every worker of the centre runs in: a step, again and again, whatever becomes of one.

```
 wait for `begins` ──► step ──► done: wait `every` seconds, or until woken ──┐
                        ▲  └──► failed: logged, wait twice as long each time ┤
                        └──────────────────────────────────────────────────── ┘
```
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import DBAPIError

from storage.kit import StorageError

log = structlog.get_logger(__name__)

LONGEST_PAUSE_SECONDS = 30.0
"""Between two tries of a step that fails again and again."""

Step = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class WorkerHealth:
    """How a worker fares."""

    name: str
    last_success: datetime | None = None
    last_error: str = ""
    """Kind of the newest failure, never its words: they may quote a customer."""
    last_error_at: datetime | None = None
    failures: int = 0
    """In a row; 0 while it works."""
    pause_seconds: float = 0.0
    """Until the next try, while it fails."""

    @property
    def is_well(self) -> bool:
        return not self.failures


class Worker:
    """Does `step` for ever. Cancel `run` to stop; a step that is under way is cancelled with it."""

    def __init__(
        self,
        name: str,
        step: Step,
        every: float | None,
        *,
        wake: asyncio.Event | None = None,
        begins: Step | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`every`: seconds between two steps, None to wait for `wake` alone; `begins` is awaited before the first."""
        if every is None and wake is None:
            raise ValueError(f"worker {name!r} would never do its second step")
        self._step = step
        self._every = every
        self._wake = wake
        self._begins = begins
        self._clock = clock
        self.health = WorkerHealth(name)

    async def run(self) -> None:
        """Never returns and never fails."""
        if self._begins is not None:
            await self._begins()
        while True:
            await self._pause()
            if self._wake is not None:
                self._wake.clear()
            await self.once()

    async def once(self) -> None:
        """One step, and the health after it."""
        try:
            await self._step()
        except (StorageError, DBAPIError, OSError) as error:
            self._failed(error)
            log.warning("worker paused: the database does not answer", worker=self.health.name)
        except Exception as error:  # one step that fails must not end the work
            self._failed(error)
            log.exception("worker failed", worker=self.health.name, pause=self.health.pause_seconds)
        else:
            self.health = replace(self.health, last_success=self._clock(), failures=0, pause_seconds=0.0)

    async def _pause(self) -> None:
        pause = self.health.pause_seconds or self._every
        if self._wake is None or self.health.failures:
            await asyncio.sleep(pause or 0.0)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._wake.wait()

    def _failed(self, error: Exception) -> None:
        before = self.health
        pause = min((self._every or 1.0) * 2 ** min(before.failures, 10), max(LONGEST_PAUSE_SECONDS, self._every or 0))
        self.health = replace(
            before,
            last_error=type(error).__name__,
            last_error_at=self._clock(),
            failures=before.failures + 1,
            pause_seconds=pause,
        )
