"""One pass over a written sentence: markup off, special forms into words, left-over numbers last."""

import re

from speech.normalise.money import say_money
from speech.normalise.numbers import LARGEST, cardinal, decimal, ordinal, year
from speech.normalise.references import say_references
from speech.normalise.times import say_dates, say_times

_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
_MARKUP = re.compile(r"[*_`#>]+|^[^\S\n]*[-\u2022]\s+", re.MULTILINE)
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")
_ABBREVIATIONS = (
    (re.compile(r"\be\.g\.,?", re.IGNORECASE), "for example,"),
    (re.compile(r"\bi\.e\.,?", re.IGNORECASE), "that is,"),
    (re.compile(r"\betc\.", re.IGNORECASE), "and so on"),
    (re.compile(r"\band/or\b"), "or"),
    (re.compile(r"\b24/7\b"), "twenty-four seven"),
    (re.compile(r"\bNo\. ?(?=\d)"), "number "),
    (re.compile(r"\s*&\s*"), " and "),
)
_RANGE = re.compile(r"(?<![\w.,])(\d{1,4})\s?[-\u2013]\s?(\d{1,4})(?![\w.-])")
_PERCENT = re.compile(r"(?<![\d,])(\d[\d,]*+(?:\.\d++)?)\s?%")
_ORDINAL = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)\b")
_YEAR = re.compile(r"\b(in|since|until|by|from|of|year) ((?:19|20)\d{2})\b(?!,\d)")
_NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?![A-Za-z])")
_EITHER = re.compile(r"(?<=[A-Za-z])/(?=[a-z])")
_SPACES = re.compile(r"[ \t]*\n[ \t]*|[ \t]{2,}")


def spoken_text(text: str, *, is_day_first: bool = True) -> str:
    """The words a voice reads for this text; punctuation stays, it carries the melody.

    Idempotent: words stay words. `is_day_first` reads 03/04/2026 as the third of April.
    """
    text = _PICTURES.sub("", _MARKUP.sub("", _LINK.sub(r"\1", text)))
    for pattern, words in _ABBREVIATIONS:
        text = pattern.sub(words, text)
    text = say_dates(say_money(text), is_day_first=is_day_first)
    text = _EITHER.sub(" or ", say_references(say_times(text)))
    text = _RANGE.sub(lambda match: f"{cardinal(int(match[1]))} to {cardinal(int(match[2]))}", text)
    text = _PERCENT.sub(lambda match: f"{decimal(match[1])} percent", text)
    text = _ORDINAL.sub(lambda match: ordinal(int(match[1])), text)
    text = _YEAR.sub(lambda match: f"{match[1]} {year(int(match[2]))}", text)
    text = _NUMBER.sub(_number, text)
    return _SPACES.sub(" ", text).strip()


def _number(match: re.Match[str]) -> str:
    figures = match[0].rstrip(",")
    tail = match[0][len(figures) :]
    sign = "minus " if figures.startswith("-") else ""
    if int(figures.lstrip("-").replace(",", "").partition(".")[0]) > LARGEST:
        return match[0]
    return sign + decimal(figures.lstrip("-")) + tail
