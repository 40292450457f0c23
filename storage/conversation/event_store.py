"""The event store: append with an expected sequence number, load a state, read events.

One task writes. It takes everything that is waiting, writes it in one transaction and acknowledges all of it after
the commit, so a hundred turns a second cost a few commits. An append whose conversation moved on is refused alone;
the others of its batch go through.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Row, Select, select
from sqlalchemy.exc import DBAPIError

from conversation import Appended, State
from conversation.events import Event, Recorded
from conversation.fold import apply_all
from storage.conversation.codec import recorded_from_row, state_from_json
from storage.conversation.write_batch import CapacityClaim, Moved, OperatorFull, Request, write_batch
from storage.kit.database import Database, StorageError, StorageUnavailable
from storage.kit.processes import ALONE
from storage.kit.tables import conversations, events

__all__ = ["CapacityClaim", "EventStore", "Moved", "OperatorFull", "UnknownConversation"]

log = structlog.get_logger(__name__)

BATCH = 64
"""Appends written in one transaction at most."""
WAITING_LIMIT = 2_000
"""Appends that may wait for the writer; past it callers are told to come back."""
CACHED_STATES = 4_096
GIVE_UP_SECONDS = 30.0
"""How long an append waits for a database that is locked or gone."""


class UnknownConversation(StorageError):
    """No conversation has this id."""


class EventStore:
    """Reads and writes conversations. `run` must be running for `append` to return."""

    def __init__(self, database: Database, *, idle: timedelta, process: str = ALONE) -> None:
        """`process`: where the customers of new conversations are attended to."""
        self._database = database
        self._process = process
        self._idle = idle
        self._waiting: asyncio.Queue[Request] = asyncio.Queue(WAITING_LIMIT)
        self._states: OrderedDict[str, State] = OrderedDict()

    async def append(
        self,
        before: State,
        new: Sequence[Event],
        at: datetime,
        *,
        claim: CapacityClaim | None = None,
        token_hash: str | None = None,
    ) -> Appended:
        """Record `new` after `before` and return once it is on disk.

        `token_hash` opens a conversation (`before.seq` is 0). Raises IllegalEvent, Moved, OperatorFull, or
        StorageUnavailable; nothing is kept then.
        """
        after = apply_all(before, new, at)
        recorded = tuple(Recorded(before.conversation_id, before.seq + n, at, one) for n, one in enumerate(new, 1))
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait(Request(before, after, recorded, claim, token_hash, done))
        except asyncio.QueueFull:
            raise StorageUnavailable("too many writes are waiting; try again in a few seconds") from None
        # A caller that is cancelled must not cancel the write others may already see committed.
        await asyncio.shield(done)
        return Appended(recorded, after)

    async def load(self, conversation_id: str) -> State:
        """The newest state. A cached one may be a moment old: an append on it is then refused with Moved."""
        cached = self._states.get(conversation_id)
        return cached if cached else await self.reload(conversation_id)

    async def reload(self, conversation_id: str) -> State:
        """The state as the table has it. Raises UnknownConversation."""
        query = select(conversations.c.state).where(conversations.c.id == conversation_id)
        text = await self._one(query)
        if text is None:
            raise UnknownConversation(conversation_id)
        state = state_from_json(text)
        self.remember(state)
        return state

    async def token_hash(self, conversation_id: str) -> str:
        """Hash of the secret the customer's browser holds. Raises UnknownConversation."""
        query = select(conversations.c.token_hash).where(conversations.c.id == conversation_id)
        found = await self._one(query)
        if found is None:
            raise UnknownConversation(conversation_id)
        return found

    async def _one(self, query: Select[str]) -> str | None:
        async def read() -> str | None:
            async with self._database.reading() as connection:
                return (await connection.execute(query)).scalar_one_or_none()

        return await self._database.patiently(read)

    async def read(self, conversation_id: str, *, after: int = 0, limit: int = 1_000) -> tuple[Recorded, ...]:
        """Up to `limit` events with a sequence number above `after`, oldest first."""
        query = (
            select(events.c.seq, events.c.at, events.c.data)
            .where(events.c.conversation_id == conversation_id, events.c.seq > after)
            .order_by(events.c.seq)
            .limit(limit)
        )

        async def read() -> Sequence[Row[int, datetime, str]]:
            async with self._database.reading() as connection:
                return (await connection.execute(query)).all()

        rows = await self._database.patiently(read)
        return tuple(recorded_from_row(conversation_id, row.seq, row.at, row.data) for row in rows)

    async def step(self) -> None:
        """Write what waits, together; a worker's step. What it fails at, or is cancelled in, is refused."""
        batch = [await self._waiting.get()]
        while len(batch) < BATCH and not self._waiting.empty():
            batch.append(self._waiting.get_nowait())
        try:
            await self._write_with_patience(batch)
        except BaseException:
            self._refuse_all(batch)
            raise

    def close(self) -> None:
        """Nothing will be written any more: what still waits is refused."""
        self._refuse_all([self._waiting.get_nowait() for _ in range(self._waiting.qsize())])

    @staticmethod
    def _refuse_all(batch: list[Request]) -> None:
        for request in batch:
            _refuse(request, StorageUnavailable("the server is stopping"))

    async def _write_with_patience(self, batch: list[Request]) -> None:
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + GIVE_UP_SECONDS
        pause = 0.05
        is_retry = False
        while True:
            try:
                async with self._database.writing() as connection:
                    outcomes = await write_batch(connection, batch, self._idle, self._process, is_retry=is_retry)
            except DBAPIError as error:
                await self._write_one_by_one(batch, error)
                return
            except StorageUnavailable as error:
                if loop.time() > give_up_at:
                    log.exception("writing gave up", appends=len(batch))
                    for request in batch:
                        _refuse(request, StorageUnavailable("the database does not answer"))
                    return
                cause = type(error.__cause__).__name__
                log.warning("database not writable, trying again", error=cause, appends=len(batch))
                is_retry = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)
            else:
                break
        for request, refusal in zip(batch, outcomes, strict=True):
            if refusal is None:
                self.remember(request.after)
                if not request.done.done():
                    request.done.set_result(None)
            else:
                self._states.pop(request.before.conversation_id, None)
                _refuse(request, refusal)

    async def _write_one_by_one(self, batch: list[Request], error: DBAPIError) -> None:
        """One append the database will never take must not take its neighbours down."""
        if len(batch) > 1:
            for request in batch:
                await self._write_with_patience([request])
            return
        log.error("append refused by the database", error=type(error.orig).__name__)
        _refuse(batch[0], StorageError("the database refused the write"))

    def remember(self, state: State) -> None:
        """So it stands now, as another process says."""
        known = self._states.get(state.conversation_id)
        if known and known.seq > state.seq:
            return
        self._states[state.conversation_id] = state
        self._states.move_to_end(state.conversation_id)
        if len(self._states) > CACHED_STATES:
            self._states.popitem(last=False)


def _refuse(request: Request, error: StorageError) -> None:
    with suppress(asyncio.InvalidStateError):
        request.done.set_exception(error)
