"""The lists screens, the dispatcher and the sweeper ask for: states by stage, owner or deadline."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from conversation import LIVE_STAGES, Stage, State
from storage.conversation.codec import state_from_json
from storage.kit.database import Database
from storage.kit.tables import callbacks, conversations

LIST_LIMIT = 1_000
MOST_KNOWN = 4_096
_WHOLE = (conversations.c.id, conversations.c.seq, conversations.c.state)


@dataclass(frozen=True)
class QueuedRow:
    """A waiting conversation, as far as its place in the queue goes."""

    conversation_id: str
    queue: str
    priority: int
    queued_at: datetime
    is_absent: bool


@dataclass(frozen=True)
class CallbackRow:
    callback_id: str
    conversation_id: str
    name: str
    phone: str
    wanted_when: str
    due: str
    """ "2026-11-30T09:00", "2026-11-30" or "" where no day was named; local to the tenant."""
    about: str
    queue: str
    status: str
    operator_id: str | None
    outcome: str
    created_at: datetime


class Lists:
    """Read-only views over the projections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, State] = OrderedDict()

    async def waiting(self) -> list[State]:
        """Queued and offered conversations: highest priority first, then longest waiting; the first thousand."""
        return await self._states(
            select(*_WHOLE)
            .where(conversations.c.stage.in_((Stage.QUEUED, Stage.OFFERED)))
            .order_by(conversations.c.priority.desc(), conversations.c.queued_at, conversations.c.id)
            .limit(LIST_LIMIT)
        )

    async def offerable(self, queues: Collection[str], gone_before: datetime) -> list[tuple[State, bool]]:
        """What may be offered out of these queues, in serving order, with whether the customer is away.

        Who is there comes first; who left before `gone_before` is left out. The first thousand.
        """
        is_absent = conversations.c.absent_since.is_not(None)
        query = (
            select(*_WHOLE, is_absent.label("is_absent"))
            .where(
                conversations.c.stage == Stage.QUEUED,
                conversations.c.queue.in_(sorted(queues)),
                or_(conversations.c.absent_since.is_(None), conversations.c.absent_since >= gone_before),
            )
            .order_by(is_absent, conversations.c.priority.desc(), conversations.c.queued_at, conversations.c.id)
            .limit(LIST_LIMIT)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [(self._state(row.id, row.seq, row.state), bool(row.is_absent)) for row in rows]

    async def queued(self) -> list[QueuedRow]:
        """All waiting conversations in serving order, without their states: cheap at any length."""
        query = (
            select(
                conversations.c.id,
                conversations.c.queue,
                conversations.c.priority,
                conversations.c.queued_at,
                conversations.c.absent_since,
            )
            .where(conversations.c.stage.in_((Stage.QUEUED, Stage.OFFERED)))
            .order_by(conversations.c.priority.desc(), conversations.c.queued_at, conversations.c.id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [QueuedRow(row.id, row.queue, row.priority, row.queued_at, row.absent_since is not None) for row in rows]

    async def with_agent(self, process: str, *, after: str = "", limit: int = 500) -> list[State]:
        """Conversations of a process whose customer may wait for an answer of the agent, by id, a page at a time."""
        query = select(*_WHOLE).where(
            conversations.c.id > after,
            conversations.c.attended_in == process,
            conversations.c.stage.in_((Stage.AGENT, Stage.QUEUED, Stage.OFFERED)),
        )
        return await self._states(query.order_by(conversations.c.id).limit(limit))

    async def live(self) -> list[State]:
        """Every live conversation, newest activity first."""
        return await self._states(
            select(*_WHOLE)
            .where(conversations.c.stage.in_(tuple(LIVE_STAGES)))
            .order_by(conversations.c.last_at.desc())
            .limit(LIST_LIMIT)
        )

    async def these(self, ids: Sequence[str]) -> list[State]:
        """Conversations by id."""
        return await self._states(select(*_WHOLE).where(conversations.c.id.in_(ids)))

    async def held_by(self, operator_id: str) -> list[State]:
        """What an operator holds, is offered, is asked into, or wraps up."""
        return await self._states(
            select(*_WHOLE)
            .where(
                or_(
                    (conversations.c.operator_id == operator_id)
                    & conversations.c.stage.in_((Stage.OPERATOR, Stage.OPERATOR_LOST, Stage.WRAP_UP)),
                    conversations.c.offered_to == operator_id,
                )
            )
            .order_by(conversations.c.last_at)
        )

    async def due(self, now: datetime) -> list[str]:
        """Ids of conversations whose deadline has passed."""
        query = (
            select(conversations.c.id)
            .where(conversations.c.due_at <= now, conversations.c.stage.in_(tuple(LIVE_STAGES)))
            .limit(LIST_LIMIT)
        )
        async with self._database.reading() as connection:
            return [str(one) for one in (await connection.execute(query)).scalars()]

    async def search(self, text: str, limit: int) -> list[State]:
        """Conversations whose state mentions `text` (customer, intent, case number), newest first."""
        query = select(*_WHOLE).order_by(conversations.c.last_at.desc()).limit(limit)
        if text:
            query = query.where(func.lower(conversations.c.state).contains(text.lower(), autoescape=True))
        return await self._states(query)

    async def page(self, *, after: str = "", limit: int = 500) -> list[State]:
        """All conversations by id, a page at a time: for exports of any length."""
        query = select(*_WHOLE).where(conversations.c.id > after)
        return await self._states(query.order_by(conversations.c.id).limit(limit))

    async def loads(self) -> dict[str, int]:
        """Conversations per operator: held, offered and in wrap-up."""
        held = (
            select(conversations.c.operator_id, func.count())
            .where(conversations.c.stage.in_((Stage.OPERATOR, Stage.OPERATOR_LOST, Stage.WRAP_UP)))
            .group_by(conversations.c.operator_id)
        )
        offered = (
            select(conversations.c.offered_to, func.count())
            .where(conversations.c.offered_to.is_not(None))
            .group_by(conversations.c.offered_to)
        )
        loads: dict[str, int] = {}
        async with self._database.reading() as connection:
            for query in (held, offered):
                for operator_id, count in (await connection.execute(query)).all():
                    loads[operator_id] = loads.get(operator_id, 0) + count
        return loads

    async def callbacks(self, *, only_open: bool = True) -> list[CallbackRow]:
        """Promised callbacks, those for any time first, then the soonest due."""
        query = select(callbacks).order_by(callbacks.c.due, callbacks.c.created_at).limit(LIST_LIMIT)
        if only_open:
            query = query.where(callbacks.c.status.in_(("open", "taken")))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [
            CallbackRow(
                row.id,
                row.conversation_id,
                row.name,
                row.phone,
                row.wanted_when,
                row.due,
                row.about,
                row.queue,
                row.status,
                row.operator_id,
                row.outcome,
                row.created_at,
            )
            for row in rows
        ]

    async def _states(self, query: Select[tuple[str, int, str]]) -> list[State]:
        async with self._database.reading() as connection:
            return [self._state(row.id, row.seq, row.state) for row in await connection.execute(query)]

    def _state(self, conversation_id: str, seq: int, text: str) -> State:
        """Read once: many screens ask for the same queue."""
        known = self._known.get(conversation_id)
        if known is None or known.seq != seq:
            known = self._known[conversation_id] = state_from_json(text)
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return known
