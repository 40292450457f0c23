"""Reports over many conversations. Today: how long callers waited for an answer, and where the time went."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel

from storage.conversation import TurnTime, TurnTimes
from storage.people import Person
from web.kit.auth import Auth

STEPS = ("decided_ms", "transcript_ms", "decision_ms", "first_audio_ms", "played_ms")
"""The moments of the waterfall in order; a step lasts from the latest moment before it to its own."""

CSV_COLUMNS = ("conversation_id", "call_id", "said_seq", "at", "speech_end_ms", *STEPS, "answer_ms")


Hours = Annotated[float, Query(gt=0, le=24 * 90)]
"""How far back a report looks."""


class StepOut(BaseModel):
    step: str
    p50_ms: float
    p95_ms: float


class LatencyOut(BaseModel):
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
        return latency_of(await times.since(since), since)

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


def latency_of(turns: list[TurnTime], since: datetime) -> LatencyOut:
    """The report of these turns."""
    answers = [answer_ms(one) for one in turns]
    stretches = [stretches_of(one) for one in turns]
    steps = [
        StepOut(step=step.removesuffix("_ms"), p50_ms=_percentile(column, 50), p95_ms=_percentile(column, 95))
        for step, column in zip(STEPS, zip(*stretches, strict=True), strict=False)
    ]
    return LatencyOut(
        since=since,
        turns=len(turns),
        calls=len({one.call_id for one in turns}),
        p50_ms=_percentile(answers, 50) if answers else None,
        p95_ms=_percentile(answers, 95) if answers else None,
        steps=steps,
    )


def answer_ms(one: TurnTime) -> int:
    """What the caller waited: until the first sound was played, or sent where the device does not tell."""
    return (one.played_ms if one.played_ms is not None else one.first_audio_ms) - one.speech_end_ms


def stretches_of(one: TurnTime) -> list[int]:
    """Milliseconds of each step; what was ready before its turn came takes none."""
    reached, stretches = one.speech_end_ms, []
    for step in STEPS:
        moment = getattr(one, step)
        after = max(reached, moment) if moment is not None else reached
        stretches.append(after - reached)
        reached = after
    return stretches


def _percentile(values: Sequence[int], share: float) -> float:
    return round(float(np.percentile(values, share)), 1)
