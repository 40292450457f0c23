"""Sudden topics: the last hour of every proposal against its hours before."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from intents.discovery import Alarm, Proposal, alarms

HOUR = timedelta(hours=1)
MOST_HOURS = 24 * 7
LEAST_HOURS = 6
"""Of history before anything can be called sudden: in a centre's first hours everything is new."""
FALSE_ALARMS_AN_HOUR = 0.05
LOOKS_AN_HOUR = 60
"""The last hour is judged up to so often while it slides on; by the union bound each look may spend its share."""


def alarms_of(found: Sequence[Proposal], times: Sequence[datetime], now: datetime) -> dict[str, Alarm]:
    """The proposals whose last hour is beyond chance, by id; `times` are those of all candidates.

    An hour without an outbreak raises one with at most 5 % probability, whatever the number of proposals.
    """
    if not times:
        return {}
    hours = min(int((now - min(times)) / HOUR), MOST_HOURS + 1) - 1
    if hours < LEAST_HOURS:
        return {}
    history, latest = {}, {}
    for proposal in found:
        ages = Counter(int((now - one.at) / HOUR) for one in proposal.evidence if one.at is not None)
        latest[proposal.id] = ages[0]
        history[proposal.id] = [ages[age] for age in range(hours, 0, -1)]
    raised = alarms(history, latest, false_alarms=FALSE_ALARMS_AN_HOUR / LOOKS_AN_HOUR)
    return {alarm.topic: alarm for alarm in raised}
