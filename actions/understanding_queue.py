"""Understanding many customers at once: turns that arrive together are encoded together, off the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import structlog

from agent.understanding.understander import Understander
from agent.understanding.understanding import Understanding
from intents.softmax import one_thread

log = structlog.get_logger(__name__)

BATCH = 16
WAITING_LIMIT = 4_000


class UnderstandingQueue:
    """A bounded queue in front of the Understander. One thread: more only fight over the cores."""

    def __init__(self, understander: Understander) -> None:
        self.understander = understander
        self._waiting: asyncio.Queue[tuple[str, int, asyncio.Future[Understanding]]] = asyncio.Queue(WAITING_LIMIT)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="understanding")

    async def understand(self, text: str, seq: int) -> Understanding:
        """What one turn means. Waits its turn when many speak at once."""
        done: asyncio.Future[Understanding] = asyncio.get_running_loop().create_future()
        await self._waiting.put((text, seq, done))
        return await done

    async def run(self) -> None:
        """Understand what is waiting, for ever; cancel to stop.

        Meanwhile matrices keep to one core: shared out over more, small ones cost twice the CPU and no less time.
        """
        with one_thread():
            await self._understand()

    async def _understand(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                batch = [await self._waiting.get()]
                while len(batch) < BATCH and not self._waiting.empty():
                    batch.append(self._waiting.get_nowait())
                turns = [(text, seq) for text, seq, _ in batch]
                try:
                    understood = await loop.run_in_executor(self._pool, self.understander.understand_many, turns)
                except Exception as error:  # one text the models choke on must not silence the agent for everybody
                    log.exception("understanding failed", turns=len(turns))
                    for _, _, done in batch:
                        if not done.done():
                            done.set_exception(error)
                    continue
                for (_, _, done), one in zip(batch, understood, strict=True):
                    if not done.done():
                        done.set_result(one)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
