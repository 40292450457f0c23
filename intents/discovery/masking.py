"""Hides personal data before anything is stored, shown or compared."""

import re
from collections.abc import Callable

_NUMBER_WORD = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    # Only from where a word begins: tried from every letter, a text without spaces took the square of its length.
    ("email", r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("email", r"\b\w+(?: dot \w+){0,5} at \w+ dot (?:com|org|net|co dot uk)\b"),
    ("link", r"\bhttps?://\S+"),
    ("postcode", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    ("date", r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"),
    ("date", r"\b\d{4}-\d{2}-\d{2}\b"),
    ("money", r"[£$€] ?\d[\d,]*(?:\.\d+)?"),
    ("address", r"\b\d{1,4}[a-z]? (?:[A-Z][a-z]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|close|way|court)\b"),
    ("phone", r"(?<![\w£$€.])\+?\(?\d(?:[\d ().-]{7,}\d)\b"),
    ("number", r"\b[A-Za-z]{0,4}-?\d[\dA-Za-z-]{3,}\b"),
    ("number", rf"\b{_NUMBER_WORD}(?:[ -]{_NUMBER_WORD}){{3,}}\b"),
    (
        "name",
        r"(?<=my name is )(?:(?!and\b|i\b|but\b)\w+)(?: (?!and\b|i\b|but\b|my\b)[A-Z]\w+)?",
    ),
    ("name", r"(?<=\bthis is )[A-Z]\w+(?: [A-Z]\w+)?"),
    ("name", r"(?<=\bI'm )[A-Z][a-z]+(?: [A-Z][a-z]+)?\b"),
    ("name", r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]\w+"),
)


def _mask(kind: str) -> Callable[[re.Match[str]], str]:
    return lambda _: f"[{kind}]"


_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE if kind in ("email", "address", "number") else 0), _mask(kind))
    for kind, pattern in _PATTERNS
)


def mask_personal_data(text: str) -> str:
    """The text with e-mail addresses, telephone and reference numbers, dates, sums, postcodes and names replaced.

    Each becomes its kind in square brackets: "my claim is [number]". Works on written and on spoken forms ("oh seven
    seven double nine"). Patterns miss what no pattern shows, such as a name in the middle of a sentence: what is kept
    is kept for few and for a limited time all the same.
    """
    for pattern, replacement in _COMPILED:
        text = pattern.sub(replacement, text)
    return text
