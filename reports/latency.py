"""How long callers waited for an answer: from the end of their speech to its first sound, and where the time went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from storage.conversation import TurnTime

STEPS = ("decided_ms", "transcript_ms", "decision_ms", "first_audio_ms", "played_ms")
"""The moments of the waterfall in order; a step lasts from the latest moment before it to its own."""


@dataclass(frozen=True)
class StepLatency:
    """How long one part of the answers took, milliseconds over all turns."""

    step: str
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Latency:
    """Speech end to the first sound of the answer, over all turns of the time."""

    since: datetime
    turns: int
    """Answers that were timed; what the percentiles are taken over."""
    calls: int
    p50_ms: float | None
    """None without a turn."""
    p95_ms: float | None
    steps: tuple[StepLatency, ...]
    """How long each part took; they add up turn by turn, their percentiles don't."""


def latency_of(turns: Sequence[TurnTime], since: datetime) -> Latency:
    """The measure over these turns, which began from `since` on."""
    answers = [answer_ms(one) for one in turns]
    stretches = [stretches_of(one) for one in turns]
    steps = tuple(
        StepLatency(step.removesuffix("_ms"), _percentile(column, 50), _percentile(column, 95))
        for step, column in zip(STEPS, zip(*stretches, strict=True), strict=False)
    )
    return Latency(
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
    """Linear interpolation between the nearest ranks, as numpy has it."""
    return round(float(np.percentile(values, share)), 1)
