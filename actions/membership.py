"""This process among those that serve the centre: who else is alive, and whether the work of one is this one's.

The longest alive leads. One that stalls past its lease leads no more, and is told when it was taken for dead.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from storage.kit import ALONE, LEASE_SECONDS, Processes

BEAT_SECONDS = 1.0
MARGIN_SECONDS = 0.5
"""A leader stops so long before another may begin."""


class NotAlone(Exception):
    """Another process, at this address, serves the same database."""


class Membership:
    """Without `processes` there is no other, and this one leads."""

    def __init__(
        self,
        process: str = ALONE,
        processes: Processes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.process = process
        self.alive: Mapping[str, str] = {} if processes else {process: ""}
        """Names to addresses, as of the last beat."""
        self.returns: list[Callable[[], Awaitable[None]]] = []
        """What is done when this process was taken for dead: it says again what it has open."""
        self._processes = processes
        self._clock = clock
        self._leads_until = 0.0

    @property
    def leads(self) -> bool:
        """True while what only one process may do is this one's to do."""
        return self._processes is None or self._clock() < self._leads_until

    async def beat(self) -> None:
        """Say that we are here; every `BEAT_SECONDS`, a worker's step."""
        if self._processes is None:
            return
        began = self._clock()
        roll = await self._processes.beat()
        self.alive = roll.alive
        is_eldest = next(iter(roll.alive)) == self.process
        self._leads_until = began + LEASE_SECONDS - MARGIN_SECONDS if is_eldest else 0.0
        if roll.was_struck_off:
            for say_again in self.returns:
                await say_again()

    async def begin(self, *, alone: bool) -> None:
        """Join. `alone`: this process hears of no others, so there may be none. Raises NotAlone, after a wait."""
        if alone and self._processes is not None:
            await self._processes.strike_off_older()
        await self.beat()
        until = self._clock() + LEASE_SECONDS + BEAT_SECONDS
        while alone and len(self.alive) > 1:
            if self._clock() > until:
                await self.leave()
                raise NotAlone(", ".join(at for name, at in self.alive.items() if name != self.process))
            await asyncio.sleep(BEAT_SECONDS / 2)
            await self.beat()

    async def leave(self) -> None:
        """This process stops; the next in age leads."""
        self._leads_until = 0.0
        if self._processes is not None:
            await self._processes.leave()
