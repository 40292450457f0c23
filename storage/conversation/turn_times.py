"""How long callers waited for an answer: one row a turn, read for reports."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.kit.database import Database
from storage.kit.tables import turn_times

MOST_ROWS = 20_000


@dataclass(frozen=True)
class TurnTime:
    """One answered turn; milliseconds on its call's clock."""

    conversation_id: str
    seq: int
    call_id: str
    at: datetime
    speech_end_ms: int
    decided_ms: int
    transcript_ms: int
    decision_ms: int
    first_audio_ms: int
    played_ms: int | None


class TurnTimes:
    """Reads the projection of `turn_timed` events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, moment: datetime) -> list[TurnTime]:
        """Turns answered after a moment, newest first, the newest MOST_ROWS."""
        query = select(turn_times).where(turn_times.c.at >= moment).order_by(turn_times.c.at.desc()).limit(MOST_ROWS)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [TurnTime(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy documents it
