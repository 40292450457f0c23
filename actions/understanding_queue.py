"""Understanding many customers at once: turns that arrive together are encoded together, off the event loop."""

import asyncio
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TypeAlias

import structlog

from agent.understanding import Understander, Understanding
from encoder import one_thread

log = structlog.get_logger(__name__)

BATCH = 16
WAITING_LIMIT = 4_000


_Turn: TypeAlias = tuple[str, int, asyncio.Future[Understanding]]
"""Text, number of the event, and who waits for it."""


class UnderstandingQueue:
    """A bounded queue in front of the Understander. One thread: more only fight over the cores.

    Sources have their turn one after the other, so whoever floods us waits behind themselves alone.
    """

    def __init__(self, understander: Understander) -> None:
        self.understander = understander
        self._waiting: OrderedDict[str, deque[_Turn]] = OrderedDict()
        """By source; whose turn is next comes first."""
        self._room = asyncio.Semaphore(WAITING_LIMIT)
        self._came = asyncio.Event()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="understanding")
        self._while_open = ExitStack()
        self._while_open.callback(self._pool.shutdown, wait=False, cancel_futures=True)
        # Matrices keep to one core: shared out over more, small ones cost twice the CPU and no less time.
        self._while_open.enter_context(one_thread())

    async def understand(self, text: str, seq: int, source: str = "") -> Understanding:
        """What one turn means. Waits its turn when many speak at once. `source`: where it comes from."""
        done: asyncio.Future[Understanding] = asyncio.get_running_loop().create_future()
        await self._room.acquire()
        self._waiting.setdefault(source, deque()).append((text, seq, done))
        self._came.set()
        return await done

    async def step(self) -> None:
        """Understand what waits, together; a worker's step."""
        while not self._waiting:
            self._came.clear()
            await self._came.wait()
        batch = self._take()
        if not await self._understand_together(batch) and len(batch) > 1:
            for one in batch:  # a text the models choke on must not take others with it
                await self._understand_together([one])

    def _take(self) -> list[_Turn]:
        batch: list[_Turn] = []
        while self._waiting and len(batch) < BATCH:
            source, turns = self._waiting.popitem(last=False)
            batch.append(turns.popleft())
            self._room.release()
            if turns:
                self._waiting[source] = turns
        return batch

    def close(self) -> None:
        """Nothing will be understood any more."""
        self._while_open.close()

    async def _understand_together(self, batch: list[_Turn]) -> bool:
        """False when it failed; whoever is alone in a batch that fails is told so."""
        loop = asyncio.get_running_loop()
        turns = [(text, seq) for text, seq, _ in batch]
        try:
            understood = await loop.run_in_executor(self._pool, self.understander.understand_many, turns)
        except Exception as error:
            log.exception("understanding failed", turns=len(turns))
            if len(batch) == 1 and not batch[0][2].done():
                batch[0][2].set_exception(error)
            return False
        for (_, _, done), one in zip(batch, understood, strict=True):
            if not done.done():
                done.set_result(one)
        return True
