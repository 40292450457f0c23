"""Understanding many customers at once: turns that arrive together are encoded together, off the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import structlog

from agent.heard import Heard, Listener

log = structlog.get_logger(__name__)

BATCH = 16
WAITING_LIMIT = 4_000


class Hearing:
    """A bounded queue in front of the Listener. One thread: more only fight over the cores."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self._waiting: asyncio.Queue[tuple[str, int, asyncio.Future[Heard]]] = asyncio.Queue(WAITING_LIMIT)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hearing")

    async def hear(self, text: str, seq: int) -> Heard:
        """What one turn means. Waits its turn when many speak at once."""
        done: asyncio.Future[Heard] = asyncio.get_running_loop().create_future()
        await self._waiting.put((text, seq, done))
        return await done

    async def run(self) -> None:
        """Understand what is waiting, for ever; cancel to stop."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                batch = [await self._waiting.get()]
                while len(batch) < BATCH and not self._waiting.empty():
                    batch.append(self._waiting.get_nowait())
                turns = [(text, seq) for text, seq, _ in batch]
                try:
                    heard = await loop.run_in_executor(self._pool, self.listener.hear_many, turns)
                except Exception as error:  # one text the models choke on must not silence the agent for everybody
                    log.exception("hearing failed", turns=len(turns))
                    for _, _, done in batch:
                        if not done.done():
                            done.set_exception(error)
                    continue
                for (_, _, done), one in zip(batch, heard, strict=True):
                    if not done.done():
                        done.set_result(one)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
