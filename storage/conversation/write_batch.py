"""One transaction for many appends: who is refused, and a handful of statements for all the others."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation import Stage, State
from conversation.events import Recorded
from storage.conversation.codec import event_to_json
from storage.conversation.projections import conversation_row, project
from storage.kit.database import StorageError
from storage.kit.tables import conversations, events, people


class Moved(StorageError):
    """The conversation went on meanwhile; load it and decide anew."""


class OperatorFull(StorageError):
    """The operator has no room for this conversation any more."""


@dataclass(frozen=True)
class CapacityClaim:
    """Room the append takes: `operator_id` may hold `limit` conversations, offers and wrap-ups counted."""

    operator_id: str
    limit: int


@dataclass(frozen=True)
class Request:
    before: State
    after: State
    recorded: tuple[Recorded, ...]
    claim: CapacityClaim | None
    token_hash: str | None
    done: asyncio.Future[None]


_UPDATE = update(conversations).where(conversations.c.id == bindparam("key"))


async def write_batch(
    connection: AsyncConnection, batch: list[Request], idle: timedelta, process: str, *, is_retry: bool
) -> list[StorageError | None]:
    """Write what may be written; request by request None, or why it was refused.

    `is_retry`: an earlier try may have been committed with only its answer lost, and then counts as written.
    """
    at = await _current_seqs(connection, batch)
    outcomes: list[StorageError | None] = []
    accepted: list[Request] = []
    for request in batch:
        before = request.before
        if is_retry and await _is_kept(connection, request):
            outcomes.append(None)
        elif request.token_hash is None and at.get(before.conversation_id) != before.seq:
            outcomes.append(Moved(before.conversation_id))
        elif request.claim and not await _has_room(connection, request.claim, accepted):
            outcomes.append(OperatorFull(request.claim.operator_id))
        else:
            at[before.conversation_id] = request.after.seq
            outcomes.append(None)
            accepted.append(request)
    await _write_rows(connection, accepted, idle, process)
    for request in accepted:
        await project(connection, request.recorded, request.after)
    return outcomes


async def _current_seqs(connection: AsyncConnection, batch: list[Request]) -> dict[str, int]:
    """Where the conversations of a batch stand, locked until the commit (SQLite's one writer is alone anyway)."""
    ids = sorted({request.before.conversation_id for request in batch if request.token_hash is None})
    if not ids:
        return {}
    query = select(conversations.c.id, conversations.c.seq).where(conversations.c.id.in_(ids))
    rows = await connection.execute(query.order_by(conversations.c.id).with_for_update())
    return {row.id: row.seq for row in rows}


async def _write_rows(connection: AsyncConnection, accepted: list[Request], idle: timedelta, process: str) -> None:
    opened = {one.before.conversation_id: one.token_hash for one in accepted if one.token_hash is not None}
    newest = {one.after.conversation_id: one.after for one in accepted}
    fresh = [
        conversation_row(newest[key], idle) | {"token_hash": token, "attended_in": process}
        for key, token in opened.items()
    ]
    changed = [
        {"key" if name == "id" else name: value for name, value in conversation_row(state, idle).items()}
        for key, state in newest.items()
        if key not in opened
    ]
    if fresh:
        await connection.execute(insert(conversations), fresh)
    if changed:
        await connection.execute(_UPDATE, changed)
    if accepted:
        await connection.execute(insert(events), [row for one in accepted for row in _event_rows(one)])


def _event_rows(request: Request) -> list[dict[str, object]]:
    return [
        {
            "conversation_id": one.conversation_id,
            "seq": one.seq,
            "at": one.at,
            "kind": one.event.kind,
            "data": event_to_json(one.event),
        }
        for one in request.recorded
    ]


async def _is_kept(connection: AsyncConnection, request: Request) -> bool:
    """True when an earlier try was committed and only the answer was lost on the way."""
    query = (
        select(events.c.at, events.c.data)
        .where(
            events.c.conversation_id == request.before.conversation_id,
            events.c.seq > request.before.seq,
            events.c.seq <= request.after.seq,
        )
        .order_by(events.c.seq)
    )
    kept = [(row.at, row.data) for row in (await connection.execute(query)).all()]
    return kept == [(one.at, event_to_json(one.event)) for one in request.recorded]


async def _has_room(connection: AsyncConnection, claim: CapacityClaim, accepted: list[Request]) -> bool:
    if connection.dialect.name != "sqlite":  # SQLite's writer is alone already
        await connection.execute(select(people.c.id).where(people.c.id == claim.operator_id).with_for_update())
    taken = sum(1 for one in accepted if one.claim and one.claim.operator_id == claim.operator_id)
    return await operator_load(connection, claim.operator_id) + taken < claim.limit


async def operator_load(connection: AsyncConnection, operator_id: str) -> int:
    """Conversations an operator holds, is offered, or wraps up."""
    holding = (Stage.OPERATOR, Stage.OPERATOR_LOST, Stage.WRAP_UP)
    query = select(func.count()).where(
        ((conversations.c.operator_id == operator_id) & conversations.c.stage.in_(holding))
        | (conversations.c.offered_to == operator_id)
    )
    return int((await connection.execute(query)).scalar_one())
