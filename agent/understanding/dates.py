"""Days and times as people say them, found anywhere in a text, with where they stand.

"born on the 14th of September 1987", "last Tuesday at half past nine", "a fortnight ago", "14/9/87": a day that was
not said is never made up ("in March" is no day), and a day that cannot be (31 February) is not taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = {name[:size]: number for number, name in enumerate(_MONTH_NAMES, 1) for size in range(3, len(name) + 1)}
_MONTHS |= {
    "sept": 9,
    "septmber": 9,
    "setember": 9,
    "febuary": 2,
    "janurary": 1,
    "agust": 8,
    "decmber": 12,
    "novmber": 11,
    "octber": 10,
}
_FOREIGN = {
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9,
    "octubre": 10, "noviembre": 11, "diciembre": 12, "janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6,
    "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "januar": 1, "februar": 2,
    "märz": 3, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12, "stycznia": 1, "lutego": 2, "marca": 3, "kwietnia": 4,
    "maja": 5, "czerwca": 6, "lipca": 7, "sierpnia": 8, "września": 9, "października": 10, "listopada": 11, "grudnia": 12,
}  # fmt: skip
_MONTHS |= _FOREIGN
_WEEKDAYS = {"mon": 0, "monday": 0, "tue": 1, "tues": 1, "tuesday": 1, "wed": 2, "weds": 2, "wednesday": 2, "thu": 3, "thur": 3, "thurs": 3, "thursday": 3, "fri": 4, "friday": 4, "sat": 5, "saturday": 5, "sun": 6, "sunday": 6}  # fmt: skip
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_ORDINAL_DAYS = {word: number for number, word in enumerate(_ORDINALS, 1)}
_ORDINAL_DAYS |= {
    f"twenty{gap}{word}": 20 + number for number, word in enumerate(_ORDINALS[:9], 1) for gap in (" ", "-")
}
_ORDINAL_DAYS |= {"thirtieth": 30, "thirty first": 31, "thirty-first": 31}

_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_WORD = "(?:" + "|".join(sorted(_ORDINAL_DAYS, key=len, reverse=True)) + ")"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?|{_DAY_WORD})"
_TEEN = r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_UNIT = r"one|two|three|four|five|six|seven|eight|nine"
_SPOKEN_YEAR = (
    rf"(?:nineteen|twenty) (?:(?:oh|o)[ -](?:{_UNIT})|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_UNIT}))?|{_TEEN}|hundred(?: and (?:{_UNIT}))?)"
    rf"|two thousand(?: and)?(?: (?:{_TEEN}|{_UNIT}|twenty(?:[ -](?:{_UNIT}))?))?"
)
_YEAR = rf"(?:\d{{4}}|'?\d{{2}}(?![:\d]|\.\d|\s?[ap]m)|{_SPOKEN_YEAR})"
_WEEKDAY = "(?:" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b\.?"

_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[./ -]\s?(\d{1,2})\s?[./ -]\s?(\d{4}|\d{2})(?![\d/-])")
_NO_YEAR = re.compile(r"(?<![\d/.£-])(\d{1,2})/(\d{1,2})(?![\d/])")
_COMPACT = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_COMPACT_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_OF_MONTH = re.compile(rf"\b(?:the )?({_DAY}) of (this|next|last) month\b", re.IGNORECASE)
_WEEK_ON = re.compile(rf"\ba week on ({_WEEKDAY})|\b({_WEEKDAY}) week\b", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"\b(?:the )?({_DAY}) (?:day )?(?:of |de |d')?({_MONTH})(?:,? (?:of |de |in |year )?({_YEAR}))?(?!\w)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH}) (?:the )?({_DAY})(?!\d|[:.]\d|\s?[ap]m)(?:,? (?:of )?({_YEAR}))?(?!\w)", re.IGNORECASE
)
_DAY_OF_NUMBER = re.compile(
    rf"\b(?:the )?({_DAY}) (?:of )?the ({_DAY_WORD}|\d{{1,2}}(?:st|nd|rd|th))[, ]+(?:of )?({_YEAR}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:{_UNIT}))?)(?!\w)",
    re.IGNORECASE,
)
_HOLIDAYS = {
    "halloween": (10, 31), "bonfire night": (11, 5), "guy fawkes": (11, 5), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1),
    "valentine's day": (2, 14), "valentines day": (2, 14), "april fool's day": (4, 1),
}  # fmt: skip
_HOLIDAY = re.compile(rf"\b({'|'.join(_HOLIDAYS)})\b(?:( last year)|,? (?:of |in )?({_YEAR})(?!\w))?", re.IGNORECASE)
_WORDED_YEAR = re.compile(
    rf"((?:{_MONTH}|\b{_DAY_WORD}\b|\d(?:st|nd|rd|th)|\b(?:in|born|no),?)[, ]+(?:of )?(?:in )?)({_SPOKEN_YEAR})\b",
    re.IGNORECASE,
)
_WEEK_BEFORE = re.compile(
    rf"\b(?:a|one|two|three) weeks? (?:ago )?(?:from |last )?(yesterday|today|tomorrow)\b|\bthe ({_WEEKDAY}) before last\b|\b(two|three) weeks ago (?:on|last) ({_WEEKDAY})",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"\b({'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d{{1,3}}) (day|week|fortnight|month)s? (ago|back|from now|later)\b"
    rf"|\bin ({'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d{{1,3}}) (day|week|fortnight)s?(?:'s? time)?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(the day before yesterday|day before yesterday|the day after tomorrow|yesterday|last night|this morning|this afternoon|this evening"
    r"|tonight|earlier today|today|just now|right now|a (?:few )?(?:minute|hour)s? ago|(?:\d+|ten|five|twenty|half an?) (?:minute|hour|min|hr)s? ago|tomorrow|tmrw|tomoz|tomm?or+ow|tomoro|2moro|tommorow|yday|aujourd'hui|hier|demain|heute|gestern|morgen|hoy|ayer|mañana|dzisiaj|wczoraj|jutro)\b",
    re.IGNORECASE,
)
_NAMED_DAYS = {"the day before yesterday": -2, "day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "yday": -1, "last night": -1, "tomorrow": 1, "tmrw": 1, "tomoz": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tomorrrow": 1, "tomoro": 1, "2moro": 1, "hier": -1, "demain": 1, "gestern": -1, "morgen": 1, "ayer": -1, "mañana": 1, "wczoraj": -1, "jutro": 1}  # fmt: skip
_WEEKDAY_SAID = re.compile(
    rf"\b(last|this|next|on|the|every|coming|past)?\s?({_WEEKDAY})(?: (gone|last|just gone|past|next|week|coming))?(?!\w)",
    re.IGNORECASE,
)
_WITH_WEEKDAY = re.compile(
    rf"\b{_WEEKDAY},? (?=(?:the )?{_DAY} (?:of )?{_MONTH}|{_MONTH} (?:the )?{_DAY}|\d{{1,2}}[./-]\d{{1,2}}\b)",
    re.IGNORECASE,
)
"""A weekday said with its date: the date counts."""
_ONLY_DAY = re.compile(
    rf"\b(?:{_WEEKDAY},? )?(?:on |by |from |since |was |it's |it is |meant |no,? )?the (\d{{1,2}}(?:st|nd|rd|th)|{_DAY_WORD})\b(?! (?:of|floor|time|party|one|person|claim|payment|policy|car|driver|half|week))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:at |about |around |by |after |before |till |until )?(?:(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm|a\.m\.?|p\.m\.?|o'?clock|uhr)"
    r"|(\d{1,2}):(\d{2})|(half|quarter) (?:(past|to) )?(\w+)|(noon|midday|midnight))(?!\w)",
    re.IGNORECASE,
)
_HOURS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_EVENING = re.compile(r"\b(?:evening|night|tonight|afternoon)\b", re.IGNORECASE)
_MORNING = re.compile(r"\bmorning\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(\d{1,2})\.([0-5]\d)(?![\d.])(?! ?(?:pounds?|miles?|%))", re.IGNORECASE)
_AT_HOUR = re.compile(
    r"\b(?:at|about|around|after|before|till|until) (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! (?:days?|weeks?|months?|years?|people|times))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A day that was said."""

    day: date
    start: int
    end: int
    has_year: bool
    """False when the year was not said and is a guess."""


def find_days(text: str, today: date, *, future: bool = False) -> tuple[Day, ...]:
    """Every day in the text, in the order said, none twice.

    A day without a year is the nearest one behind; with `future`, ahead. "Tuesday" is the last one, or the next.
    """
    found: list[Day] = []
    text = _WITH_WEEKDAY.sub(lambda match: " " * len(match[0]), text)
    for one in _all(text, today, future=future):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def with_years(text: str) -> str:
    """The text with years in words as figures: "September nineteen eighty seven" to "September 1987"."""
    return _WORDED_YEAR.sub(lambda match: match[1] + str(_spoken_year(match[2].lower())), text)


def find_time(text: str) -> str | None:
    """The first time of day, "HH:MM"."""
    text = _DOTTED.sub(r"\1:\2", text)
    match = _TIME.search(text)
    if match is None:
        at = _AT_HOUR.search(text)
        if at is None:
            return None
        hour = _HOURS.get(at[1].lower()) or int(at[1])
        is_late = hour < 8 or bool(_EVENING.search(text))
        return (
            f"{hour + 12 if is_late and hour < 12 and not _MORNING.search(text) else hour:02}:00" if hour < 24 else None
        )
    if match[1]:
        return _clock(int(match[1]), int(match[2] or 0), match[3].lower().replace(".", ""))
    if match[4]:
        return _clock(int(match[4]), int(match[5]), "")
    if match[6]:
        hour = _HOURS.get(match[8].lower(), 0)
        if not hour:
            return None
        if match[6].lower() == "quarter" and not match[7]:
            return None
        minutes = 30 if match[6].lower() == "half" else 15
        if (match[7] or "").lower() == "to":
            hour, minutes = (hour - 1) or 12, 60 - minutes
        return _clock(hour, minutes, "", is_evening=bool(_EVENING.search(text)))
    return "00:00" if match[9].lower() == "midnight" else "12:00"


_WHEN_PART = (
    rf"(?:(?:on |this |next |the )?{_WEEKDAY}|(?:on )?(?:the )?{_DAY} (?:of )?{_MONTH}|(?:on )?{_MONTH} (?:the )?{_DAY}|today|tonight|tomorrow|tmrw|this (?:morning|afternoon|evening)|next week|(?:this |next |at the )?weekend"
    r"|(?:in the |first thing in the |late |at )?(?:mornings?|afternoons?|evenings?|lunch ?time|noon|midday)|any ?time|asap|as soon as (?:possible|you can)|now|straight away|later(?: today)?"
    r"|(?:at |about |around |after |before |by |from |between |until |till )?\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|o'?clock)(?! ?\d)|(?:at |about |around |after |before |from |between |and |to |until )\d{1,2}(?:[:.]\d{2})?(?!\d)"
    rf"|\d{{1,2}}:\d{{2}}(?!\d)|\d{{1,2}}-?ish\b|(?:at )?half (?:{_UNIT}|ten|eleven|twelve)|(?:half|quarter) (?:past|to) \w+|(?:at|about|around|after|before|between|from|until|till|and|to|by) (?:{_UNIT}|ten|eleven|twelve)(?: o'?clock)?(?! (?:days?|weeks?|months?|of))|(?:{_UNIT}|ten|eleven|twelve) o'?clock|(?:before|after|by|around|until) (?:noon|midday|lunch ?time)|(?:on )?the \d{{1,2}}(?:st|nd|rd|th))"
)
_WHEN = re.compile(rf"\b{_WHEN_PART}(?:(?: please)?,? (?:and |or |in |on |not )?{_WHEN_PART})*", re.IGNORECASE)
_DENIED = re.compile(
    rf"\b(?:not|isn't|wasn't|instead of|rather than|(?:don'?t|do not) want (?:it|that)?) ?(?:on |for |the )*"
    rf"(?:{_WEEKDAY}|{_DAY} (?:of )?{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)|today|tomorrow|at \w+)(?: at \w+)?"
    rf"|\b(?:away|abroad|on holiday|not (?:here|back|home)|in (?!the\b)\w+) (?:till|until) (?:the )?"
    rf"(?:{_WEEKDAY}|{_DAY} (?:of )?{_MONTH}|\d{{1,2}}(?:st|nd|rd|th))",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(r"(?<=\w) (?:at )?(\d{1,2})(?![\d/.:-])(?= ?(?:sharp|please|ish)?[.,!]?$)", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:between|after|before|from|until|till|by|around|about|ish|to|or|any)\b|ish\b", re.IGNORECASE)


def find_when(text: str) -> str | None:
    """The longest phrase that says when, as it was said: "Tuesday at 4.30pm", "5 December at 10am", "tomorrow morning"."""
    text = _DENIED.sub(lambda match: "·" * len(match[0]), text)
    found = max(_WHEN.finditer(text), key=lambda match: len(match[0]), default=None)
    if found is None:
        return None
    hour = _BARE_HOUR.match(text, found.end()) if not find_time(found[0]) else None  # "tomorrow 9"
    words = [word for word in found[0].split() if not word.lower().startswith("please")]
    return " ".join([*words, "at", hour[1]] if hour else words)


def find_due(said: str, today: date) -> tuple[date, str | None] | None:
    """The day a phrase of find_when means and, where it names one hour and no span, the time "HH:MM"."""
    days = {one.day for one in find_days(said, today, future=True)}
    if len(days) != 1:
        return None
    return days.pop(), None if _SPAN.search(said) else find_time(said)


def _clock(hour: int, minute: int, half: str, *, is_evening: bool = False) -> str | None:
    if hour > 23 or minute > 59:
        return None
    if (half.startswith("p") or is_evening) and hour < 12:
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"


def _all(text: str, today: date, *, future: bool) -> Iterator[Day]:
    yield from _in_figures(text, today, future=future)
    yield from _in_words(text, today, future=future)
    yield from _from_today(text, today, future=future)


def _in_figures(text: str, today: date, *, future: bool) -> Iterator[Day]:
    """14/09/1987, 1987-09-14, 14.9."""
    for match in _ISO.finditer(text):
        yield from _at(match, _made(int(match[1]), int(match[2]), int(match[3])))
    for match in _COMPACT.finditer(text):
        yield from _at(match, _made(int(match[3]), int(match[2]), int(match[1])))
    for match in _COMPACT_ISO.finditer(text):
        yield from _at(match, _made(int(match[1]), int(match[2]), int(match[3])))
    for match in _NUMERIC.finditer(text):
        year = _year(match[3], today, future=future)
        day, month = int(match[1]), int(match[2])
        if month > 12 >= day:
            day, month = month, day  # 09/14/1987 can only be the American order
        yield from _at(match, _made(year, month, day))
    for match in _NO_YEAR.finditer(text):
        yield from _at(match, _nearest(int(match[1]), int(match[2]), today, future=future), has_year=False)


def _in_words(text: str, today: date, *, future: bool) -> Iterator[Day]:
    """The 14th of September, September 14th 1987, the fourteenth of the ninth, Christmas Eve."""
    for match in _DAY_MONTH.finditer(text):
        yield from _named(match, match[1], match[2], match[3], today, future=future)
    for match in _MONTH_DAY.finditer(text):
        if match[1] == "may" and text[: match.start()].rstrip().lower().endswith(
            ("i", "we", "you", "it", "they", "he", "she")
        ):
            continue
        yield from _named(match, match[2], match[1], match[3], today, future=future)
    for match in _DAY_OF_NUMBER.finditer(text):
        month = _number_of(match[2])
        if 1 <= month <= 12:
            yield from _at(match, _made(_year(match[3], today, future=future), month, _number_of(match[1])))
    for match in _HOLIDAY.finditer(text):
        month, number = _HOLIDAYS[match[1].lower()]
        if match[3]:
            yield from _at(match, _made(_year(match[3], today, future=future), month, number))
            continue
        found = _made(today.year - 1, month, number) if match[2] else _nearest(number, month, today, future=future)
        yield from _at(match, found, has_year=False)


def _from_today(text: str, today: date, *, future: bool) -> Iterator[Day]:
    """Tomorrow, last Tuesday, three weeks ago, the 5th of next month."""
    for match in _OF_MONTH.finditer(text):
        month = today.month + {"this": 0, "next": 1, "last": -1}[match[2].lower()]
        year = today.year + (month > 12) - (month < 1)
        yield from _at(match, _made(year, (month - 1) % 12 + 1, _number_of(match[1])))
    for match in _WEEK_ON.finditer(text):
        ahead = (_WEEKDAYS[(match[1] or match[2]).lower().rstrip(".")] - today.weekday()) % 7 or 7
        yield from _at(match, today + timedelta(ahead + 7))
    for match in _WEEK_BEFORE.finditer(text):
        yield from _at(match, _week_before(match, today), has_year=False)
    for match in _AGO.finditer(text):
        yield from _at(match, _ago(match, today))
    for match in _NAMED.finditer(text):
        yield from _at(match, today + timedelta(_NAMED_DAYS.get(match[1].lower(), 0)))
    for match in _ONLY_DAY.finditer(text):
        yield from _at(match, _day_of_month(_number_of(match[1]), today, future=future), has_year=False)
    for match in _WEEKDAY_SAID.finditer(text):
        yield from _at(match, _weekday(match, today, future=future), has_year=False)


def _at(match: re.Match[str], day: date | None, *, has_year: bool = True) -> Iterator[Day]:
    if day is not None:
        yield Day(day, match.start(), match.end(), has_year)


def _named(match: re.Match[str], day: str, month: str, year: str | None, today: date, *, future: bool) -> Iterator[Day]:
    number = _MONTHS[month.lower().rstrip(".")]
    if year is None:
        yield from _at(match, _nearest(_number_of(day), number, today, future=future), has_year=False)
    else:
        yield from _at(match, _made(_year(year, today, future=future), number, _number_of(day)))


def _number_of(day: str) -> int:
    figures = re.match(r"\d{1,2}", day)
    return int(figures[0]) if figures else _ORDINAL_DAYS[day.lower()]


def _year(said: str, today: date, *, future: bool) -> int:
    plain = said.strip("' ").lower()
    if not plain[0].isdigit():
        return _spoken_year(plain)
    year = int(plain)
    if year >= 100:
        return year
    limit = today.year % 100 + (10 if future else 0)
    return year + (2_000 if year <= limit else 1_900)


def _spoken_year(said: str) -> int:
    words = [word for word in re.split(r"[ -]", said) if word not in ("and", "oh", "o", "hundred")]
    units = {
        word: number
        for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1)
    }
    teens = {word: number for number, word in enumerate(_TEEN.split("|"), 10)}
    tens = {
        word: number
        for number, word in zip(
            range(20, 100, 10),
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
            strict=True,
        )
    }
    if words[0] in tens and len(words) <= 2 and (words[0] != "twenty" or len(words) == 1):
        return 1_900 + sum(units.get(word, 0) + tens.get(word, 0) for word in words)
    century = 2_000 if words[0] in ("twenty", "two") else 1_900
    rest = words[2:] if words[:2] == ["two", "thousand"] else words[1:]
    return century + sum(units.get(word, 0) + teens.get(word, 0) + tens.get(word, 0) for word in rest)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int, today: date, *, future: bool) -> date | None:
    """That day of the year nearest to today, on the wished side; a week over the line still counts."""
    candidates = [_made(today.year + step, month, day) for step in (-1, 0, 1)]
    week = timedelta(7)
    fitting = [one for one in candidates if one and (one >= today - week if future else one <= today + week)]
    return min(fitting, key=lambda one: abs(one - today), default=None)


def _ago(match: re.Match[str], today: date) -> date | None:
    count_said, unit, way = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], "from now")
    count = _COUNTS.get(count_said.lower()) or int(count_said)
    if unit.lower() == "month":
        return None  # nobody means the day
    days = count * {"day": 1, "week": 7, "fortnight": 14}[unit.lower()]
    return today + timedelta(days if way.lower() in ("from now", "later") else -days)


def _weekday(match: re.Match[str], today: date, *, future: bool) -> date | None:
    said = match[2].lower().rstrip(".")
    before, after = (match[1] or "").lower(), (match[3] or "").lower()
    if before == "every" or (len(said) < 4 and not before and not after and said in ("sun", "sat", "mon", "wed")):
        return None
    ahead = (_WEEKDAYS[said] - today.weekday()) % 7
    if before in ("last", "past") or "gone" in after or after in ("last", "past"):
        return today - timedelta((7 - ahead) % 7 or 7)
    if before in ("next", "coming") or after in ("next", "week", "coming"):
        return today + timedelta(ahead or 7)
    return today + timedelta(ahead or 7) if future else today - timedelta((7 - ahead) % 7)


def _week_before(match: re.Match[str], today: date) -> date:
    if match[1]:
        weeks = {"two": 2, "three": 3}.get(match[0].split()[0].lower(), 1)
        return today - timedelta(7 * weeks) + timedelta({"yesterday": -1, "today": 0, "tomorrow": 1}[match[1].lower()])
    number = _WEEKDAYS[(match[2] or match[4]).lower().rstrip(".")]
    weeks = {"two": 2, "three": 3}.get((match[3] or "").lower(), 1)
    if match[3]:  # "two weeks ago on Friday": the Friday nearest to a fortnight ago
        then = today - timedelta(7 * weeks)
        return min((then + timedelta(step) for step in range(-3, 4)), key=lambda day: (day.weekday() - number) % 7)
    last = today - timedelta((today.weekday() - number) % 7 or 7)
    return last - timedelta(7)


def _day_of_month(day: int, today: date, *, future: bool) -> date | None:
    """ "the 24th": of this month, or of the one before or after it."""
    this = _made(today.year, today.month, day)
    if this and (this >= today if future else this <= today):
        return this
    month = today.month + (1 if future else -1)
    year = today.year + (month > 12) - (month < 1)
    return _made(year, (month - 1) % 12 + 1, day)
