"""Times and dates: "14:30" is "two thirty P M", "2026-11-28" is "the twenty-eighth of November twenty twenty-six"."""

import re

from speech.normalise.numbers import cardinal, ordinal, year

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_CLOCK = re.compile(r"\b([01]?\d|2[0-4])[:.]([0-5]\d)(?:\s?([ap])(?:m\b|\.m\.))?(?![\d:])", re.IGNORECASE)
_HOUR = re.compile(r"\b(1[0-2]|[1-9])\s?([ap])(?:m\b|\.m\.)", re.IGNORECASE)
_TIME_RANGE = re.compile(r"(?<=[apAP]m)\s?[-\u2013]\s?(?=\d)|(?<=:\d\d)\s?[-\u2013]\s?(?=\d)")
_DAY = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
_DAY_RANGE = re.compile(rf"\b{_DAY}\s?[-\u2013]\s?{_DAY}\b")
_DAY_NAMES = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SLASHED_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_DAY_MONTH = re.compile(rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (\d{{4}})\b)?")
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (\d{{4}})\b)?")


def say_times(text: str) -> str:
    """The text with clock times in words. "14.30" counts as a time only with am or pm, else it is a number."""
    text = _DAY_RANGE.sub(lambda match: f"{_DAY_NAMES[match[1]]} to {_DAY_NAMES[match[2]]}", text)
    text = _CLOCK.sub(_clock, _TIME_RANGE.sub(" to ", text))
    return _HOUR.sub(lambda match: f"{cardinal(int(match[1]))} {match[2].upper()} M", text)


def say_dates(text: str, *, is_day_first: bool = True) -> str:
    """The text with dates in words; `is_day_first` reads 03/04/2026 as the third of April."""
    text = _ISO_DATE.sub(lambda match: _date(match, match[3], match[2], match[1]), text)
    day, month = (1, 2) if is_day_first else (2, 1)
    text = _SLASHED_DATE.sub(lambda match: _date(match, match[day], match[month], match[3]), text)
    text = _DAY_MONTH.sub(lambda match: _date(match, match[1], match[2], match[3]), text)
    return _MONTH_DAY.sub(lambda match: _date(match, match[2], match[1], match[3]), text)


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match[1]), int(match[2]), match[3]
    if "." in match[0][:3] and not half:
        return match[0]
    if not half:
        if (hour, minute) in ((0, 0), (24, 0)):
            return "midnight"
        if (hour, minute) == (12, 0):
            return "noon"
        half = "p" if 12 <= hour < 24 else "a"
    words = cardinal((hour - 1) % 12 + 1)
    if minute:
        words += f" oh {cardinal(minute)}" if minute < 10 else f" {cardinal(minute)}"
    return f"{words} {half.upper()} M"


def _date(match: re.Match[str], day: str, month: str, in_year: str | None) -> str:
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month[:3].lower()]
    if not (1 <= int(day) <= 31 and 1 <= number <= 12):
        return match[0]
    words = f"the {ordinal(int(day))} of {_MONTHS[number - 1]}"
    return f"{words} {year(int(in_year))}" if in_year else words
