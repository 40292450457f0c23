"""Does the text so far answer what was asked, or does it break off? Judged from words alone, English."""

import re
from enum import StrEnum

from speech.expectation import Expectation
from speech.turns.word_lists import (
    ALWAYS_OPEN,
    ANSWER_PADDING,
    FIGURES,
    GREETINGS,
    NO,
    OPEN_IN_STATEMENTS,
    OPEN_TAILS,
    YES,
)


class Completeness(StrEnum):
    """What the words say about the end of the turn."""

    ANSWERED = "answered"
    """exactly the answer that was asked for: a yes, all seven figures, a date"""
    SENTENCE = "sentence"
    """a sentence that can stand alone, though another may follow"""
    UNKNOWN = "unknown"
    """nothing either way"""
    FIGURES = "figures"
    """it ends in a number that nobody asked for: how long it will be is not known"""
    TRAILING = "trailing"
    """whole but for its last mark, a comma or dots, which a transcriber guesses from the sound"""
    UNFINISHED = "unfinished"
    """it breaks off: more is coming"""


_NUMBER_OF = re.compile(r"\b(number|reference|code|policy|claim|account|case|phone|mobile|pin)\b", re.IGNORECASE)
SHORTEST_NUMBER = 4
"""figures: no reference people read out has fewer"""
_OPEN_MARKS = (",", "-", "\u2013", "\u2014", "...", "\u2026", ":")
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_NUMBER = re.compile(r"\d|\b(first|second|third|\w+th)\b", re.IGNORECASE)
_DAY = re.compile(r"\b(today|yesterday|tomorrow|(mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)


def judge(text: str, expectation: Expectation, expected_digits: tuple[int, ...] = ()) -> Completeness:
    """What these words say, given what the agent asked and how many figures a right answer may have."""
    words = re.findall(r"[a-z0-9'/]+", text.lower().replace("\u2019", "'"))
    if not words:
        return Completeness.UNKNOWN
    if _is_yes_or_no(words):
        return Completeness.ANSWERED if expectation is Expectation.YES_NO else Completeness.UNKNOWN
    if breaks_off(text, words):
        return Completeness.UNFINISHED
    if text.strip().endswith(_OPEN_MARKS):
        return Completeness.TRAILING if expectation is Expectation.OPEN else Completeness.UNFINISHED
    match expectation:
        case Expectation.DIGITS | Expectation.CODE:
            return _judge_figures(text, words, expected_digits)
        case Expectation.DATE:
            has_date = _MONTH.search(text) and _NUMBER.search(text)
            return Completeness.ANSWERED if has_date or _DAY.search(text) else Completeness.UNKNOWN
        case Expectation.ADDRESS:
            return Completeness.ANSWERED if _POSTCODE.search(text) else Completeness.UNKNOWN
        case Expectation.OPEN:
            return _judge_sentence(text, words)
        case Expectation.YES_NO | Expectation.NAME | Expectation.CHOICE | Expectation.MONEY:
            return Completeness.UNKNOWN


def breaks_off(text: str, words: list[str]) -> bool:
    """True for words that end in the middle of something: "I'd like to change my"."""
    stripped = text.strip()
    last = words[-1]
    if last in ALWAYS_OPEN and not stripped.endswith("?"):
        return True
    if stripped.endswith("?"):
        return False
    tail = " ".join(words[-3:])
    return last in OPEN_IN_STATEMENTS or any(tail.endswith(open_tail) for open_tail in OPEN_TAILS)


def figure_count(words: list[str]) -> int:
    """How many figures these words spell: "four seven double two" has four, "nineteen 84" too."""
    total, times = 0, 1
    for word in words:
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        figures = sum(character.isdigit() for character in word) or FIGURES.get(word, 0)
        total += figures * times
        times = 1
    return total


def _judge_figures(text: str, words: list[str], expected: tuple[int, ...]) -> Completeness:
    count = figure_count(words)
    if not count:
        return _judge_sentence(text, words)
    if not expected:
        return Completeness.UNKNOWN
    if count in expected:
        return Completeness.ANSWERED
    return Completeness.UNFINISHED if count < max(expected) else Completeness.UNKNOWN


def _is_yes_or_no(words: list[str]) -> bool:
    """True for "yes", "no thank you", "yes it is": nothing but the answer."""
    answers = YES | NO
    return words[0] in answers and all(word in answers or word in ANSWER_PADDING for word in words)


def _ends_in_figures(text: str, words: list[str]) -> bool:
    """Figures and nothing else, or figures at the end of what names a number: "my policy number is 7 1 0"."""
    is_figure = [bool(figure_count([word])) or word in ("double", "triple") for word in words]
    return all(is_figure) or (is_figure[-1] and bool(_NUMBER_OF.search(text)))


def _judge_sentence(text: str, words: list[str]) -> Completeness:
    """A sentence with its mark and at least four words stands; a bare greeting promises more, as does a number."""
    if all(word in GREETINGS for word in words):
        return Completeness.UNFINISHED
    is_marked = text.strip().endswith((".", "?", "!"))
    if _ends_in_figures(text, words):
        # "7 1" hangs; "Two." may be how many there are.
        is_short = figure_count(words) < SHORTEST_NUMBER and not is_marked
        return Completeness.UNFINISHED if is_short else Completeness.FIGURES
    return Completeness.SENTENCE if is_marked and len(words) >= 4 else Completeness.UNKNOWN
