"""The values in a turn, of every kind, asked for or not: what it is, where it stands and whose it is.

Kinds are looked for from the most to the least certain, and what one has taken the next cannot take again: the figures
of a phone number are no policy number, those of a sum are no case. Two values of one kind are both kept unless the
customer took one back in the same breath ("CL52319, no wait, CL52318").
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import phonenumbers

from agent.understanding.dates import find_days
from agent.understanding.found import Found, Kind, Owner
from agent.understanding.inverse_text_normalisation import as_written
from agent.understanding.reference_kinds import ReferenceKinds
from agent.understanding.spoken_numbers import with_figures
from speech import Expectation

REGION = "GB"
"""Where a phone number without a country code is dialled."""

ADULT_YEARS = 16
"""A full date so long ago is a birth date, unless it is said to be something else."""


_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_SPOKEN_AT = re.compile(r"(?<![\w.+'-])(\w[\w.+'-]*+)\s+at\s+(?=[a-z][\w-]*(?:\.| dot )[a-z])", re.IGNORECASE)
_SPOKEN_MARK = re.compile(r"(?<=\w) (dot|underscore|hyphen|dash) (?=\w)", re.IGNORECASE)
_MARKS = {"dot": ".", "underscore": "_", "hyphen": "-", "dash": "-"}
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?P<pounds>\d[\d,]{0,9}) (?:pounds?|quid)(?: and)? (?P<pence>\d{1,2})(?: p(?:ence)?)?(?!\w)|(?:£|€|\$|gbp|eur)\s?(\d[\d,]{0,12}(?:\.\d{1,2})?)(k\b)?|\b(\d[\d,]{0,12}(?:\.\d{1,2})?)(k)?\s?(?:pounds?|quid|euros?|gbp|eur|pence|p\b|€|£|million|thousand|grand)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?<![\w,.])\d[\d,.]*+\s?(?:miles?|km|kilomet\w+|mph|%|per ?cent|years?|days?|weeks?|months?|minutes?|mins?|hours?|hrs?|metres?|meters?|m\b|cm|kg|times|people|adults|kids|children|am\b|pm\b)",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(r"\b([A-Z]{2}\d{2}) ?([A-Z]{3})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])(?:\+|00|0)(?:[ ()./-]{0,2}\d){8,13}(?![\d])")
_BARE_PHONE = re.compile(r"(?<![\w+])7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)")
_OTHER_FIRM = re.compile(
    r"\b(?:crime|police|booking|order|tracking|flight|reg|invoice|their|airline|hospital|garage|reference from|ref from|serial"
    r"|(?:old|other|previous|last|former) (?:insurer|company|provider))\b[^,;]{0,24}$",
    re.IGNORECASE,
)
_RANG_FROM = re.compile(
    r"\b(?:rang|called|texted|phoned|emailed|messaged|message|text|email|call)\b[^.]{0,20}\bfrom\s*$", re.IGNORECASE
)
_TAKEN_BACK = re.compile(
    r"^[\s,.;:!?-]*(?:(?:oh|er|um|ah|oops|sorry|no|wait|hang on|hold on|actually|rather|scratch that|correction|my mistake|i mean|i meant|make that|that's wrong)\b[\s,.;:!?-]*)+"
    r"(?:(?:it's|it is|its|the|that's|should be|was|is|my|number|for)\b[\s,.;:-]*)*$",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"\b(?:not|isn't|wasn't|instead of|rather than|used to be|mine was|old (?:one|number|address|postcode|email)(?: (?:is|was))?)\s+(?:the\s*|my\s*)?$|\bnot$",
    re.IGNORECASE,
)
_TYPED_BEFORE = re.compile(r"\b(?:typed|said|put|wrote|gave|told you|have it as|had it as)\b[^.]{0,12}$", re.IGNORECASE)
_RELATIVE = (
    r"(?:daughter|son|wife|husband|partner|mum|mother|mam|dad|father|brother|sister|girlfriend|boyfriend|fianc[ée]e?|baby|kid|child|nan|gran\w*|uncle|aunt\w*"
    r"|nephew|niece|friend|lad|boss|driver|tenant|landlord|neighbour|mate|cousin|spouse|client|patient|lodger|dog|cat|puppy|kitten|pet)"
)
_OTHER = re.compile(
    rf"\b(?:my|our|the|named|his|her|their|new)?\s?{_RELATIVE}(?:'?s)?\b|\b(?:his|her|their|she|he|they|she's|he's|hers|policyholder's)\b",
    re.IGNORECASE,
)
_OTHER_CAR = re.compile(
    r"\b(?:other|lorry|van|truck|his|her|their|that|which|who)\b[^,;]{0,30}(?:hit|crashed|drove|bumped|ran|was|is|reg\w*)[^,;]{0,20}$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:i'm|i am|i was|mine|me|my (?:dob|date|birth\w*|d\.o\.b)|myself|it's|this is|i)\b", re.IGNORECASE
)
_BIRTH = re.compile(
    r"\b(?:born|dob|d\.o\.b\.?|birth ?(?:date|day)?s?|date of birth|née?|geboren|geburtsdatum|naissance|nacimiento|nac[íi]|urodzon\w*|urodzenia|bday|b-day)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:new|change(?:d)? (?:it )?to|update(?:d)? (?:it )?to|moving to|moved to|move to|instead|from now on|nouvelle|neue|nueva)\b",
    re.IGNORECASE,
)


_AHEAD = re.compile(
    r"\b(?:from|starting|starts?|completion|moving|we'll|i'll|will|going to|don't know yet|any time after)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\b(?:was|were|had|since|happened|ago|did|came|got|moved)\b", re.IGNORECASE)
"""A day without its year lies ahead by the first words, and behind by the second."""


def find_values(text: str, today: date, references: ReferenceKinds, *, asked: str = "") -> tuple[Found, ...]:
    """Every value in a plain text, in the order said.

    `asked` is the kind just asked for: then bare figures of its length are enough, and a day is a birth date.
    """
    written = with_figures(text)
    taken = bytearray(len(written))
    found: list[Found] = []
    for finder in _finders(references, today, asked):
        for one in finder(written):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one)
    owned = [_owned(one, written) for one in found]
    kept = meant(sorted(owned, key=lambda one: one.start), written)
    said = tuple(one for one in kept if one.kind)
    return said if any(one.kind == asked for one in said) else _spelled(text, asked) or said


def _spelled(text: str, asked: str) -> tuple[Found, ...]:
    """A postcode or number plate spelled out: "Hotel Bravo three, seven Papa Lima"."""
    if asked not in (Kind.POSTCODE, Kind.REGISTRATION):
        return ()
    closed = as_written(re.sub(r"(?<=\w)\.{2,} ?", "", text.upper()), Expectation.CODE)
    return tuple((_postcodes if asked == Kind.POSTCODE else _registrations)(closed))


def _finders(references: ReferenceKinds, today: date, asked: str) -> Iterator[Callable[[str], Iterator[Found]]]:
    yield _emails
    yield references.find_named
    yield lambda text: references.find_whole(text, asked)
    yield lambda text: _days(text, today, asked)
    yield _phones
    if asked == Kind.PHONE:
        yield _bare_phones
    yield _sums
    yield _measures
    yield _registrations
    yield _postcodes
    yield lambda text: references.find_bare(text, asked)


def _emails(text: str) -> Iterator[Found]:
    # The same length is kept, so that places stay right: " at " becomes "@" padded on the left.
    marked = _SPOKEN_MARK.sub(lambda match: _MARKS[match[1].lower()], text) if " at " in text else text
    joined = _SPOKEN_AT.sub(lambda match: match[1] + "@", marked)
    for match in _EMAIL.finditer(joined):
        value = match[0].lower().strip("'").rstrip(".")
        if joined == text:
            yield Found(Kind.EMAIL, value, match.start(), match.end())
            continue
        start = max(text.lower().find(re.split(r"[.@_+-]", value)[0]), 0)
        spread = len(match[0]) + (len(text) - len(joined))
        yield Found(Kind.EMAIL, value, start, min(start + spread, len(text)))


def _days(text: str, today: date, asked: str) -> Iterator[Found]:
    future = asked.startswith("future") or bool(_AHEAD.search(text) and not _BEHIND.search(text))
    for one in find_days(text, today, future=future):
        is_birth = _is_birth(text, one.start, one.end, one.day, one.has_year, today, asked)
        if is_birth and (not one.has_year or one.day >= today or one.day.year < today.year - 120):
            continue
        yield Found(Kind.BIRTH_DATE if is_birth else Kind.DATE, one.day.isoformat(), one.start, one.end)


def _is_birth(text: str, start: int, end: int, day: date, has_year: bool, today: date, asked: str) -> bool:
    if asked == Kind.BIRTH_DATE:
        return True
    if _BIRTH.search(text[max(0, start - 45) : start]) or _BIRTH.search(text[end : end + 20]):
        return has_year
    return has_year and day.year <= today.year - ADULT_YEARS


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        number = _dialled(match[0])
        # What cannot be dialled is still no reference: it is taken, and stands for nothing.
        yield Found(Kind.PHONE if number else "", number or "", match.start(), match.end())


def _bare_phones(text: str) -> Iterator[Found]:
    for match in _BARE_PHONE.finditer(text):
        number = _dialled("0" + match[0])
        if number:
            yield Found(Kind.PHONE, number, match.start(), match.end())


def _dialled(written: str) -> str | None:
    try:
        number = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or (
        number.country_code == 44 and len(str(number.national_number)) < 10
    ):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _sums(text: str) -> Iterator[Found]:
    for match in _MONEY.finditer(text):
        yield Found(Kind.MONEY, f"£{_pounds(match):,.2f}", match.start(), match.end())


def _pounds(match: re.Match[str]) -> float:
    if match["pounds"]:
        return float(match["pounds"].replace(",", "")) + int(match["pence"]) / 100
    sum_said = float((match[3] or match[5]).replace(",", "").rstrip("."))
    unit = match[0].lower()
    if re.search(r"\d\s?(?:pence|p)$", unit):
        return sum_said / 100
    times = (
        1_000_000
        if unit.endswith("million")
        else 1_000
        if match[4] or match[6] or unit.endswith(("thousand", "grand"))
        else 1
    )
    return sum_said * times


def _measures(text: str) -> Iterator[Found]:
    for match in _MEASURE.finditer(text):
        yield Found("", "", match.start(), match.end())


def _registrations(text: str) -> Iterator[Found]:
    for match in _REGISTRATION.finditer(text):
        yield Found(Kind.REGISTRATION, f"{match[1]} {match[2]}".upper(), match.start(), match.end())


def _postcodes(text: str) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        yield Found(Kind.POSTCODE, f"{match[1]} {match[2]}".upper(), match.start(), match.end())


def _owned(one: Found, text: str) -> Found:
    """The value with its owner, by the nearest word before it in the same sentence."""
    before = re.split(r"(?<!\bno)[.;!?\n]\s", text[: one.start])[-1][-70:]
    if one.is_bare and _OTHER_FIRM.search(before):
        return replace(one, owner=Owner.NOBODY, kind="")
    other = [match.end() for match in _OTHER.finditer(before)]
    own = [match.end() for match in _OWN.finditer(before)]
    if one.kind == Kind.REGISTRATION and _OTHER_CAR.search(before):
        return replace(one, owner=Owner.OTHER)
    if one.kind == Kind.BIRTH_DATE and other and (not own or other[-1] > own[-1]):
        return replace(one, owner=Owner.OTHER)
    if one.kind in (Kind.PHONE, Kind.EMAIL) and _RANG_FROM.search(before):
        return replace(one, owner=Owner.NOBODY)
    if one.kind in (Kind.PHONE, Kind.EMAIL) and other and (not own or other[-1] > own[-1]):
        return replace(one, owner=Owner.OTHER)
    if one.kind in (Kind.PHONE, Kind.EMAIL, Kind.POSTCODE) and _NEW.search(before):
        return replace(one, owner=Owner.NEW)
    return one


def meant(found: list[Found], text: str) -> list[Found]:
    """Without the values that were taken back as soon as they were said."""
    kept: list[Found] = []
    for number, one in enumerate(found):
        later = [other for other in found[number + 1 :] if other.kind == one.kind and one.kind]
        between = text[one.end : later[0].start] if later else ""
        is_withdrawn = bool(later) and (bool(_TAKEN_BACK.match(between)) or _is_retracted(between))
        before = text[max(0, one.start - 24) : one.start]
        others = [other for other in found if other.kind == one.kind and other is not one]
        is_denied = bool(others) and bool(_NOT_THIS.search(before) or _TYPED_BEFORE.search(before))
        if not is_withdrawn and not is_denied:
            kept.append(one)
    return kept


def _is_retracted(between: str) -> bool:
    return (
        len(between) < 45
        and re.search(
            r"^\.\.\.\s?(?:no,? )?$|^[\s,.]*(?:now (?:it'?s|its|at)?|so)\b|\b(?:no|sorry|scrap that|tell a lie|my own|put the wrong|altogether|in total|use the new)\b|\b(?:swapped|wait\b|no,? wait|no sorry|sorry,? no|i mean|i meant|oops|scratch that|make that|correction|no\.\.\.)",
            between,
            re.IGNORECASE,
        )
        is not None
    )
