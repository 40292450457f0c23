"""Turns no intent covered, masked: what discovery groups. Rows are written with their events (projections)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from storage.kit.database import Database
from storage.kit.tables import candidates
from storage.kit.upsert import insert_if_new

WRITTEN_AT_ONCE = 50
"""Rows in a transaction: whoever chats waits for the same writer."""
READ_AT_MOST = 20_000
"""The newest so many; grouping is exact up to there."""


@dataclass(frozen=True)
class CandidateRow:
    conversation_id: str
    seq: int
    """Of the customer's turn."""
    at: datetime
    channel: str
    line_of_business: str
    text: str
    """Personal data masked."""
    nearest: str
    score: float
    vector: bytes | None
    """float32 of the encoder asked for; None if it is not encoded by that one yet."""


class Candidates:
    """Reads them, keeps their vectors, forgets the old ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, since: datetime, encoder: str) -> list[CandidateRow]:
        """Those from `since` on, oldest first, with the vectors that `encoder` made."""
        query = (
            select(candidates)
            .where(candidates.c.at >= since)
            .order_by(candidates.c.at.desc(), candidates.c.conversation_id, candidates.c.seq)
            .limit(READ_AT_MOST)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [
            CandidateRow(
                conversation_id=row.conversation_id,
                seq=row.seq,
                at=row.at,
                channel=row.channel,
                line_of_business=row.line_of_business,
                text=row.text,
                nearest=row.nearest,
                score=row.score,
                vector=row.vector if row.encoder == encoder else None,
            )
            for row in reversed(rows)
        ]

    async def count_new(self, since: datetime | None) -> int:
        """How many came after `since`; all for None."""
        query = select(func.count()).select_from(candidates)
        if since is not None:
            query = query.where(candidates.c.at > since)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def newest(self) -> tuple[int, datetime | None]:
        """How many there are and when the last one came: changes whenever one does. A few milliseconds at 100,000."""
        query = select(func.count(), func.max(candidates.c.at)).select_from(candidates)
        async with self._database.reading() as connection:
            count, at = (await connection.execute(query)).one()
            return int(count), at

    async def keep_vectors(self, encoder: str, vectors: Sequence[tuple[str, int, bytes]]) -> None:
        """Remember the vectors of (conversation, seq, float32 bytes), so that each turn is encoded once."""
        if not vectors:
            return
        change = (
            update(candidates)
            .where(candidates.c.conversation_id == bindparam("of"), candidates.c.seq == bindparam("at_seq"))
            .values(encoder=encoder, vector=bindparam("made"))
        )
        values = [{"of": conversation, "at_seq": seq, "made": made} for conversation, seq, made in vectors]
        for start in range(0, len(values), WRITTEN_AT_ONCE):
            async with self._database.writing() as connection:
                await connection.execute(change, values[start : start + WRITTEN_AT_ONCE])

    async def add(self, rows: Sequence[CandidateRow]) -> int:
        """Keep turns of the history that are no candidates yet; returns how many were new."""
        added = 0
        for start in range(0, len(rows), WRITTEN_AT_ONCE):
            added += await self._add(rows[start : start + WRITTEN_AT_ONCE])
        return added

    async def _add(self, rows: Sequence[CandidateRow]) -> int:
        added = 0
        async with self._database.writing() as connection:
            for row in rows:
                added += await insert_if_new(
                    connection,
                    candidates,
                    conversation_id=row.conversation_id,
                    seq=row.seq,
                    at=row.at,
                    channel=row.channel,
                    line_of_business=row.line_of_business,
                    text=row.text,
                    nearest=row.nearest,
                    score=row.score,
                    is_doubtful=False,
                )
        return added

    async def forget(self, before: datetime) -> int:
        """Delete those from before; returns how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(candidates).where(candidates.c.at < before))).rowcount
