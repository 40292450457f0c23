"""Whether a topic grows, and whether it breaks out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from scipy.special import betainc

from intents.discovery.proposal import Trend

WEEK = timedelta(days=7)


def trend(times: Sequence[datetime], now: datetime) -> Trend:
    """The last seven days against the weeks before, from the times of a topic's turns; all aware."""
    recent = sum(1 for at in times if now - WEEK < at <= now)
    earlier = [at for at in times if at <= now - WEEK]
    weeks = max((now - WEEK - min(earlier)) / WEEK, 1.0) if earlier else 1.0
    before = len(earlier) / weeks
    # One turn more than seen, so that two mentions of something new are not an explosion.
    return Trend(recent, before, (recent - before) / float(np.sqrt(before + 1.0)))


@dataclass(frozen=True)
class Alarm:
    """A topic that breaks out."""

    topic: str
    count: int
    """Turns in the period judged."""
    expected: float
    """Turns a period before."""
    chance: float
    """Probability of so many or more by chance, for this topic alone."""


def alarms(
    history: Mapping[str, Sequence[int]], latest: Mapping[str, int], *, false_alarms: float = 0.05, least: int = 5
) -> tuple[Alarm, ...]:
    """The topics whose latest count is beyond chance, most surprising first.

    `history` holds the counts of equal earlier periods (hours or days) per topic, oldest first, at least one;
    `latest` those of the period that just ended. Counts are compared with a negative binomial whose rate is uncertain
    and whose spread is that of the topic's own history, and the level is shared out between the topics (Holm), so
    that whatever their number a period without an outbreak raises an alarm with at most `false_alarms` probability.
    Fewer than `least` turns never alarm.
    """
    judged = [_judge(topic, history.get(topic, ()), count) for topic, count in latest.items()]
    ordered = sorted(judged, key=lambda alarm: alarm.chance)
    raised = []
    for place, alarm in enumerate(ordered):
        if alarm.chance > false_alarms / (len(ordered) - place):
            break
        if alarm.count >= least:
            raised.append(alarm)
    return tuple(raised)


def _judge(topic: str, past: Sequence[int], count: int) -> Alarm:
    periods = len(past)
    mean = (sum(past) + 0.5) / max(periods, 1)
    variance = float(np.var(past, ddof=1)) if periods > 2 else mean
    # A quiet week can look steadier than chance allows; and a short history says little about the rate itself.
    spread = max(variance, mean) + mean / max(periods, 1) + 1e-6
    size = mean**2 / (spread - mean)
    # The negative binomial's upper tail; scipy.stats has it too, at 0.4 s and 30 MB for its import.
    chance = float(betainc(count, size, 1.0 - mean / spread)) if count else 1.0
    return Alarm(topic, count, mean, chance)
