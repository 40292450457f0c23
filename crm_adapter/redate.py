"""Records of a demonstration moved to the day they are loaded, so that "next Tuesday" lies ahead whenever it is tried.

Dates move by whole weeks: what was a Tuesday stays one, in the fields and in the sentences that name it.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_IN_TEXT = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\b")

KEPT = frozenset({"date_of_birth", "since"})
"""Days of a life; they do not move."""


def weeks_between(written: date, loaded: date) -> timedelta:
    """How far to move: whole weeks, at most what has passed."""
    return timedelta(7 * ((loaded - written).days // 7))


def redated(row: Mapping[str, Any], by: timedelta, written: date) -> dict[str, Any]:
    """The row with its dates moved; `written` is the day its sentences were written for."""
    if not by:
        return dict(row)
    return {name: value if name in KEPT else _moved(value, by, written) for name, value in row.items()}


def _moved(value: Any, by: timedelta, written: date) -> Any:
    if isinstance(value, date):
        return value + by
    if isinstance(value, str):
        return _IN_TEXT.sub(lambda match: _said(match, by, written), value)
    if isinstance(value, list):
        return [_moved(one, by, written) for one in value]
    return redated(value, by, written) if isinstance(value, dict) else value


def _said(match: re.Match[str], by: timedelta, written: date) -> str:
    day, month = int(match[1]), _MONTHS.index(match[2]) + 1
    years = [int(match[3])] if match[3] else [written.year - 1, written.year, written.year + 1]
    days = [found for year in years if (found := _day(year, month, day)) is not None]
    if not days:
        return match[0]
    moved = min(days, key=lambda one: abs(one - written)) + by
    return f"{moved.day} {_MONTHS[moved.month - 1]}" + (f" {moved.year}" if match[3] else "")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
