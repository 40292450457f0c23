"""Sentences with values in them: "Your claim {claim.number} is {claim.status | word}." Computed, never generated.

Between braces stands an expression and, after a bar, how to write its value. What is said of a record is therefore
what the record says; a value that is not there makes the sentence fail, it is never left out silently.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import phonenumbers

from agent.procedures.expressions import Expression, ExpressionFailed, Language


class TextInvalid(Exception):
    """A sentence cannot be read; the message says why."""


_HOLE = re.compile(r"\{([^{}]+)\}")


def money(value: object) -> str:
    """Pence as £42.10, and £250 for round sums."""
    pence = int(value) if isinstance(value, int | float | str) else int(str(value))
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"


def day(value: object) -> str:
    """An ISO date as "3 December 2026"."""
    found = value if isinstance(value, (date, datetime)) else datetime.fromisoformat(str(value))
    return f"{found.day} {found:%B %Y}"


def weekday(value: object) -> str:
    """An ISO date as "Thursday 3 December"."""
    found = date.fromisoformat(str(value)[:10])
    return f"{found:%A} {found.day} {found:%B}"


def day_of_month(value: object) -> str:
    """An ISO date as "16th": the day a monthly payment is taken."""
    number = int(str(value)[8:10])
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def phone(value: object) -> str:
    """An E.164 number in the national form, grouped."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(str(value)), phonenumbers.PhoneNumberFormat.NATIONAL)
    except phonenumbers.NumberParseException:
        return str(value)


def word(value: object) -> str:
    """A code as words: "waiting_on_customer" to "waiting on customer"."""
    return str(value).replace("_", " ")


def lower(value: object) -> str:
    """Without the capital a sentence begins with."""
    text = str(value)
    return text[:1].lower() + text[1:] if not text[:2].isupper() else text


def listed(value: object) -> str:
    """ "a, b and c"."""
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is no list")
    parts = [str(one) for one in value]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def first(value: object) -> str:
    """The first word: a first name."""
    return str(value).split()[0] if str(value).split() else ""


def written(value: object) -> str:
    """A value as people write it: dates in words, phone numbers in groups, yes and no for truth."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day(text)
    return phone(text) if re.fullmatch(r"\+\d{8,15}", text) else text


FORMATS: dict[str, Callable[[object], str]] = {
    "money": money,
    "date": day,
    "weekday": weekday,
    "day_of_month": day_of_month,
    "phone": phone,
    "word": word,
    "lower": lower,
    "list": listed,
    "first": first,
    "text": str,
}


@dataclass(frozen=True)
class Text:
    """A sentence, compiled."""

    source: str
    parts: tuple[str | tuple[Expression, Callable[[object], str]], ...]

    def filled(self, names: Mapping[str, object]) -> str:
        """The sentence with its values; raises ExpressionFailed when one is missing."""
        return "".join(part if isinstance(part, str) else _filled(part, names) for part in self.parts)


def compile_text(source: str, language: Language) -> Text:
    """Raises TextInvalid and ExpressionInvalid."""
    parts: list[str | tuple[Expression, Callable[[object], str]]] = []
    at = 0
    for hole in _HOLE.finditer(source):
        expression, bar, form = hole[1].rpartition(" | ")
        if not bar:
            expression, form = hole[1], ""
        if form and form.strip() not in FORMATS:
            raise TextInvalid(f"no format {form.strip()!r}; there are {', '.join(FORMATS)}")
        parts += [
            source[at : hole.start()],
            (language.compiled(expression.strip()), FORMATS.get(form.strip(), written)),
        ]
        at = hole.end()
    parts.append(source[at:])
    if any("{" in part or "}" in part for part in parts if isinstance(part, str)):
        raise TextInvalid("a brace without its other half")
    return Text(source, tuple(part for part in parts if part != ""))


def _filled(part: tuple[Expression, Callable[[object], str]], names: Mapping[str, object]) -> str:
    expression, form = part
    value = expression.value(names)
    if value is None:
        raise ExpressionFailed(f"{expression.source!r} has no value")
    try:
        return form(value)
    except (ValueError, TypeError, IndexError) as error:
        raise ExpressionFailed(f"{expression.source!r}: {value!r} cannot be written so") from error
