"""Reports for supervisors, as JSON and as CSV. What they measure is worked out in `reports`."""

import csv
import io
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import AwareDatetime

from reports import STEPS, answer_ms, latency_of
from storage.conversation import TurnTimes
from storage.people import Person
from web.kit.answers import Answer
from web.kit.auth import Auth

CSV_COLUMNS = ("conversation_id", "call_id", "said_seq", "at", "speech_end_ms", *STEPS, "answer_ms")


Hours = Annotated[float, Query(gt=0, le=24 * 90)]
"""How far back a report looks."""


class StepOut(Answer):
    step: str
    p50_ms: float
    p95_ms: float


class LatencyOut(Answer):
    """Speech end to the first sound of the answer, over all turns of the time."""

    since: AwareDatetime
    turns: int
    calls: int
    p50_ms: float | None
    p95_ms: float | None
    steps: list[StepOut]
    """How long each part took; they add up turn by turn, their percentiles don't."""


def report_doors(auth: Auth, times: TurnTimes, clock: Callable[[], datetime]) -> APIRouter:
    """The router; for supervisors."""
    router = APIRouter(prefix="/api/reports", tags=["reports"])

    @router.get("/latency")
    async def latency(_: Annotated[Person, Depends(auth.supervisor)], hours: Hours = 24) -> LatencyOut:
        since = clock() - timedelta(hours=hours)
        return LatencyOut.model_validate(asdict(latency_of(await times.since(since), since)))

    @router.get("/latency.csv")
    async def latency_csv(_: Annotated[Person, Depends(auth.supervisor)], hours: Hours = 24) -> Response:
        """A row a turn, the newest 20,000."""
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(CSV_COLUMNS)
        for one in await times.since(clock() - timedelta(hours=hours)):
            moments = [getattr(one, step) for step in STEPS]
            named = [one.conversation_id, one.call_id, one.seq, one.at.isoformat(), one.speech_end_ms]
            lines.writerow([*named, *moments, answer_ms(one)])
        headers = {"Content-Disposition": 'attachment; filename="latency.csv"'}
        return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    return router
