"""Values out of what was said, by attribute type. Digits are always read by rules, never by a model.

llm.md 3.2: small models lose and invent digits; rules with a pattern per field do neither.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import dateparser
import phonenumbers
from text_to_num import alpha2digit

from intents.intent import Attribute, AttributeType

REGION = "GB"
"""Where a phone number without a country code is dialled."""

LONGEST_TEXT = 600
"""Characters looked at for a value: an essay holds none, and patterns take long over it."""

LONGEST_DATE = 120

SHORTEST_PHONE = 9
"""National digits; shorter runs are policy or claim numbers."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
_NAME_LEAD = re.compile(
    r"^(?:(?:it'?s|i'?m|i am|my name is|the name is|this is|name'?s|call me|his name is|her name is)\s+)", re.I
)
_DOUBLES = re.compile(r"\b(double|triple) (\w+)\b", re.IGNORECASE)
_SPOKEN_ZERO = re.compile(r"\b(?:oh|nought|naught|zero)\b", re.IGNORECASE)
_DATE_LEAD = re.compile(
    r"^(?:no|sorry|actually|it'?s|it is|it was|that'?s|i was born(?: on)?|born(?: on)?"
    r"|my (?:date of birth|dob|birthday) is|on|the|i meant?)[, ]+",
    re.IGNORECASE,
)
_DATE_HINT = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\w*"
    r"|\b(?:today|tonight|yesterday|tomorrow|day|week|weeks|month|months|ago|last|next|first|second|third|\w+th)\b",
    re.IGNORECASE,
)
"""Text without any of these holds no date; the parser's long search is spared."""
_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|(?:on |next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|this|in the"
    r"|after|before|at)"
    r"(?: (?:morning|afternoon|evening|lunchtime|noon|\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?)| (?:at|after|before|around)"
    r" \d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?)*",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})\b")
"""Day before month, as it is written here."""
_GAP = r"[\s-]*"


def spoken_to_digits(text: str) -> str:
    """ "double four seven one" to "4471": number words become digits, neighbouring digits close up."""
    repeated = _DOUBLES.sub(lambda m: " ".join([m[2]] * (2 if m[1].lower() == "double" else 3)), text)
    zeros = _SPOKEN_ZERO.sub("0", repeated)
    if re.search(
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundred|thousand)\b", zeros, re.I
    ):
        zeros = alpha2digit(zeros, "en")
    return re.sub(r"(?<=\d) (?=\d\b|\d )", "", zeros)


def _digits(count: int, prefix: str = "") -> re.Pattern[str]:
    lead = rf"\b{_GAP.join(prefix)}{_GAP}" if prefix else r"(?<![\d+])"
    return re.compile(rf"{lead}((?:\d{_GAP}){{{count - 1}}}\d)(?!\d)", re.IGNORECASE)


_CLAIM, _APPLICATION, _CUSTOMER = _digits(5, "CL"), _digits(6, "APP"), _digits(5, "HM")
_FOUR, _FIVE, _SIX, _SEVEN = _digits(4), _digits(5), _digits(6), _digits(7)
_CASE_NAMED = re.compile(
    r"\b(?:case|ticket|reference|ref|request)(?: (?:number|no\.?|id))?(?: is|:|#)? *#?(\d{4})\b(?!\d)", re.I
)


def _compact(found: str) -> str:
    return re.sub(r"\D", "", found)


def _number(named: re.Pattern[str], bare: re.Pattern[str] | None, prefix: str) -> Callable[[str, bool], str | None]:
    def read(text: str, is_asked: bool) -> str | None:
        spoken = spoken_to_digits(text)
        match = named.search(spoken) or (bare.search(spoken) if bare and is_asked else None)
        return prefix + _compact(match[1]) if match else None

    return read


def _email(text: str, _asked: bool) -> str | None:
    match = _EMAIL.search(re.sub(r"\s+at\s+(?=\w+(?:\.| dot ))", "@", text.replace(" dot ", ".")))
    return match[0].lower().rstrip(".") if match else None


def _phone(text: str, _asked: bool) -> str | None:
    matches = phonenumbers.PhoneNumberMatcher(spoken_to_digits(text), REGION, phonenumbers.Leniency.POSSIBLE)
    for match in matches:
        if len(str(match.number.national_number)) < SHORTEST_PHONE:
            continue
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _postcode(text: str, _asked: bool) -> str | None:
    match = _POSTCODE.search(text)
    return f"{match[1]} {match[2]}".upper() if match else None


def _name(text: str, is_asked: bool) -> str | None:
    lead = _NAME_LEAD.match(text.strip())
    if not lead and not is_asked:
        return None
    words = re.findall(r"[^\W\d_][\w'’-]*", text.strip()[lead.end() if lead else 0 :])
    if not 1 <= len(words) <= 5:
        return None
    return " ".join(word if word[:1].isupper() else word.capitalize() for word in words)


def _money(text: str, is_asked: bool) -> str | None:
    match = re.search(r"(?:£|gbp)\s*(\d[\d,]*(?:\.\d{2})?)|(\d[\d,]*(?:\.\d{2})?)\s*(?:pounds?|quid)", text, re.I)
    if not match and is_asked:
        match = re.search(r"(\d[\d,]*(?:\.\d{2})?)()", text)
    return f"£{match[1] or match[2]}" if match else None


def _count(text: str, is_asked: bool) -> str | None:
    match = re.search(r"\d+", spoken_to_digits(text)) if is_asked else None
    return match[0] if match else None


def _yes_no(text: str, is_asked: bool) -> str | None:
    if not is_asked:
        return None
    plain = text.strip().lower()
    if re.match(r"(?:no|nope|nah|none|nobody|everyone'?s (?:fine|ok)|all (?:fine|ok)|not)\b", plain):
        return "no"
    if re.match(r"(?:yes|yep|yeah|yup|i did|i have|there (?:was|were)|one|two|a few|my)\b", plain):
        return "yes"
    return None


def _text(text: str, is_asked: bool) -> str | None:
    return " ".join(text.split()) if is_asked and text.strip() else None


_READERS: dict[AttributeType, Callable[[str, bool], str | None]] = {
    AttributeType.CLAIM_NUMBER: _number(_CLAIM, _FIVE, "CL"),
    AttributeType.CASE_NUMBER: _number(_CASE_NAMED, _FOUR, ""),
    AttributeType.APPLICATION_NUMBER: _number(_APPLICATION, _SIX, "APP"),
    AttributeType.POLICY_NUMBER: _number(_SEVEN, _SEVEN, ""),
    AttributeType.EMAIL: _email,
    AttributeType.PHONE: _phone,
    AttributeType.POSTCODE: _postcode,
    AttributeType.NAME: _name,
    AttributeType.MONEY: _money,
    AttributeType.NUMBER: _count,
    AttributeType.YES_NO: _yes_no,
    AttributeType.TEXT: _text,
}


def customer_number(text: str) -> str | None:
    """HM and five digits."""
    match = _CUSTOMER.search(spoken_to_digits(text))
    return f"HM{_compact(match[1])}" if match else None


def extract(attribute: Attribute, text: str, *, is_asked: bool, now: datetime) -> str | None:
    """The attribute's value in `text`, in its canonical form, or None.

    `is_asked` is true when the agent has just asked for it: then a bare "4471" or "Tuesday" is enough.
    Dates come as ISO, phone numbers as E.164.
    """
    plain = text[:LONGEST_TEXT].replace("’", "'")
    if attribute.type is AttributeType.CHOICE:
        return _choice(plain, attribute.options, is_asked)
    if attribute.type is AttributeType.DATE:
        found = find_date(plain, now, is_birth="birth" in attribute.name) if is_asked else None
        return found.isoformat() if found else None
    if attribute.type is AttributeType.TEXT and attribute.name.endswith("time") and not is_asked:
        found_time = _TIME.search(plain)
        return found_time[0] if found_time else None
    return _READERS[attribute.type](plain, is_asked)


def find_date(text: str, now: datetime, *, is_birth: bool) -> date | None:
    """A day in the text; day before month. A birth date lies in the past and needs a year."""
    if not _DATE_HINT.search(text):
        return None
    cleaned = _DATE_LEAD.sub("", text.strip()[:LONGEST_DATE])
    cleaned = re.sub(r"^(?:it'?s|it is|on|the)[, ]+", "", cleaned, flags=re.I).rstrip(" .!")
    written = _ISO.search(cleaned)
    if written:
        return _day(int(written[1]), int(written[2]), int(written[3]))
    numeric = _NUMERIC.search(cleaned)
    if numeric:
        return _day(_full_year(int(numeric[3]), now, is_birth=is_birth), int(numeric[2]), int(numeric[1]))
    if is_birth and not re.search(r"\d{2}", spoken_to_digits(cleaned)):
        return None
    settings = {
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past" if is_birth else "current_period",
        "REQUIRE_PARTS": ["day", "month", "year"] if is_birth else [],
    }
    parsed = dateparser.parse(cleaned, languages=["en"], settings=settings)
    if parsed is None:
        return None
    day: date = parsed.date()
    if is_birth and day >= now.date():
        day = day - timedelta(days=36_525)  # a two-digit year read into this century
    return day


def _full_year(year: int, now: datetime, *, is_birth: bool) -> int:
    """A two-digit year as this century's, or the last one's for a birth that would lie ahead."""
    if year >= 100:
        return year
    return year + (1_900 if is_birth and year + 2_000 >= now.year else 2_000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def warm_up(now: datetime) -> None:
    """Let the date parser build its tables, which takes up to a second, before a customer waits for it."""
    find_date("14 March 1985", now, is_birth=True)


def _choice(text: str, options: tuple[str, ...], is_asked: bool) -> str | None:
    plain = text.lower()
    whole = [option for option in options if re.search(rf"\b{re.escape(option.lower())}\b", plain)]
    if len(whole) == 1:
        return whole[0]
    if not is_asked:
        return None
    words = set(re.findall(r"\w{3,}", plain))
    scores = {option: len(words & set(re.findall(r"\w{3,}", option.lower()))) for option in options}
    best = max(scores.values(), default=0)
    winners = [option for option, score in scores.items() if score == best]
    return winners[0] if best and len(winners) == 1 else None
