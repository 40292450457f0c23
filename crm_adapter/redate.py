"""A demonstration's records moved to the day they are loaded, so that what lay ahead still lies ahead."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_IN_TEXT = re.compile(rf"\b(?:({'|'.join(_WEEKDAYS)}) )?(\d{{1,2}}) ({'|'.join(_MONTHS)})(?: (\d{{4}}))?\b")

KEPT = frozenset({"date_of_birth", "since"})
"""Days of a life; they do not move."""


def redated(row: Mapping[str, object], by: timedelta, written: date) -> dict[str, object]:
    """The row with its dates moved, in fields and in sentences; `written` is the day its sentences were written for."""
    if not by:
        return dict(row)
    return {name: value if name in KEPT else _moved(value, by, written) for name, value in row.items()}


def _moved(value: object, by: timedelta, written: date) -> object:
    if isinstance(value, date):
        return value + by
    if isinstance(value, str):
        return _IN_TEXT.sub(lambda match: _said(match, by, written), value)
    if isinstance(value, list):
        return [_moved(one, by, written) for one in value]
    return redated(value, by, written) if isinstance(value, dict) else value


def _said(match: re.Match[str], by: timedelta, written: date) -> str:
    weekday, day, month, year = match[1], int(match[2]), _MONTHS.index(match[3]) + 1, match[4]
    years = [int(year)] if year else [written.year - 1, written.year, written.year + 1]
    days = [found for one in years if (found := _day(one, month, day)) is not None]
    if not days:
        return match[0]
    moved = min(days, key=lambda one: abs(one - written)) + by
    said = f"{moved.day} {_MONTHS[moved.month - 1]}" + (f" {moved.year}" if year else "")
    return f"{_WEEKDAYS[moved.weekday()]} {said}" if weekday else said


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
