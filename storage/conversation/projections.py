"""Rows other screens ask for, written in the same transaction as the events they come from."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversation import CallbackStatus, Stage, State, due_at
from conversation.events import (
    CallbackRequested,
    CallbackUpdated,
    Ended,
    IntentRecognised,
    Recorded,
    TurnTimed,
    UtteranceUnmatched,
    WrappedUp,
)
from storage.conversation.codec import state_to_json
from storage.kit.tables import callbacks, candidates, outbox, people, turn_times
from storage.kit.upsert import insert_if_new, put


def conversation_row(state: State, idle: timedelta) -> dict[str, object]:
    """The `conversations` row of a state, all but its token."""
    return {
        "id": state.conversation_id,
        "seq": state.seq,
        "state": state_to_json(state),
        "stage": state.owner.stage,
        "channel": state.talk.channel,
        "queue": state.owner.queue,
        "priority": state.owner.priority,
        "queued_at": state.owner.queued_at,
        "operator_id": state.owner.operator_id,
        "offered_to": _asked(state),
        "due_at": due_at(state, idle),
        "customer_id": state.record.identity.customer_id,
        "started_at": state.talk.started_at,
        "last_at": state.talk.last_at,
    }


def _asked(state: State) -> str | None:
    """Who is asked to take it, or into its call; counts as one of theirs."""
    if state.owner.offer:
        return state.owner.offer.operator_id
    return state.call.consult.operator_id if state.call and state.call.consult else None


async def project(connection: AsyncConnection, recorded: Sequence[Recorded], after: State) -> None:
    """Bring callbacks, discovery's candidates, operator idle times and the outbox up to date with new events."""
    for one in recorded:
        match one.event:
            case CallbackRequested() as wanted:
                await connection.execute(
                    insert(callbacks).values(
                        id=wanted.callback_id,
                        conversation_id=one.conversation_id,
                        # The list shows the beginning of what is too long for it; the event keeps all.
                        name=wanted.name[:120],
                        phone=wanted.phone[:40],
                        wanted_when=wanted.when[:200],
                        due=wanted.due[:16],
                        about=wanted.about,
                        queue=wanted.queue,
                        status=CallbackStatus.OPEN,
                        outcome="",
                        created_at=one.at,
                        updated_at=one.at,
                    )
                )
            case CallbackUpdated() as change:
                await connection.execute(
                    update(callbacks)
                    .where(callbacks.c.id == change.callback_id)
                    .values(
                        status=change.status,
                        operator_id=change.operator_id,
                        outcome=change.outcome,
                        updated_at=one.at,
                    )
                )
            case UtteranceUnmatched(text=str(text)) as unmatched if text:
                await put(
                    connection,
                    candidates,
                    conversation_id=one.conversation_id,
                    seq=unmatched.said_seq,
                    at=one.at,
                    channel=after.talk.channel,
                    line_of_business=unmatched.line_of_business[:120],
                    text=text,
                    nearest=unmatched.nearest[:64],
                    score=unmatched.score,
                    is_doubtful=unmatched.is_doubtful,
                )
            case IntentRecognised():
                # The customer has said what the doubtful turn before meant.
                own = candidates.c.conversation_id == one.conversation_id
                await connection.execute(delete(candidates).where(own & candidates.c.is_doubtful))
            case WrappedUp() as wrapped:
                await connection.execute(
                    update(people).where(people.c.id == wrapped.operator_id).values(idle_since=one.at)
                )
                await _crm_note(connection, one, after, wrapped.summary, wrapped.disposition)
            case TurnTimed() as timed:
                values = {key: value for key, value in asdict(timed).items() if key not in ("kind", "said_seq")}
                await insert_if_new(
                    connection,
                    turn_times,
                    **values,
                    conversation_id=one.conversation_id,
                    seq=timed.said_seq,
                    at=one.at,
                )
            case Ended() as ended if after.owner.stage is Stage.CLOSED and after.record.identity.customer_id:
                await _crm_note(connection, one, after, f"Conversation with the AI agent: {ended.reason}.", "")
            case _:
                continue


async def _crm_note(
    connection: AsyncConnection, recorded: Recorded, state: State, summary: str, disposition: str
) -> None:
    """Queue the closing note for the customer's CRM record; the key makes a second delivery harmless."""
    if state.record.identity.customer_id is None:
        return
    await connection.execute(
        insert(outbox).values(
            key=f"note-{recorded.conversation_id}-{recorded.seq}",
            kind="crm_note",
            payload={
                "customer_id": state.record.identity.customer_id,
                "conversation_id": recorded.conversation_id,
                "summary": summary,
                "disposition": disposition,
            },
            attempts=0,
            next_at=recorded.at,
            last_error="",
        )
    )
