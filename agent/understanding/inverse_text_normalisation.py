"""A transcript as the caller would have typed it: spelled codes, figures and dates of birth closed up.

    "Hotel Mike 1-double-0-0-7"  ->  "HM10007"        "It's 40 for 91."  ->  "It's 4491."
    "MR-1 for WP"                ->  "MR14WP"         "It's 15.582."     ->  "It's 15/5/82."

Transcripts only; typed text needs none of it. What was asked decides how far it goes: "for" is a four only where that
gives a number of the length that was asked for, and an answer to any other question stays as it was said.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase

from speech import Expectation

# fmt: off
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# fmt: on
_NUMBERS = {
    **{word: str(value) for value, word in enumerate([*_UNITS, *_TEENS])},
    **{word: str(value) for value, word in zip(range(20, 100, 10), _TENS, strict=True)},
    **dict.fromkeys(("nought", "naught"), "0"),
    "niner": "9",
}
_ALPHABET = {
    word: word[0].upper()
    for word in (  # noqa: SIM905 - words read best as words
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa"
        " quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu zed zee"
    ).split()
}
"""The spelling alphabet of radio and telephone (ICAO), with the spellings Whisper uses."""

_SOUNDS_LIKE = {
    "for": "4",
    "or": "4",
    "to": "2",
    "too": "2",
    "won": "1",
    "ate": "8",
    "and": "N",
    "are": "R",
    "see": "C",
    "you": "U",
}
"""What a lone figure or letter is often written as; taken so only between two others."""
_ZERO = frozenset({"oh", "o"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_NO_LETTERS = frozenset(
    "am as at be by do go he hi i if in is it me my no of ok on pm so tv uk up us we id pin yes".split()  # noqa: SIM905
)
"""Short words that are words."""

_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|\d+")
_BETWEEN = re.compile(r"[\s,.\-–]{0,3}")
_AS_IN = re.compile(r"\b([A-Za-z])[,.]? (?:for|as in|like|is for) ([A-Za-z])[a-z]+\b", re.IGNORECASE)
_X_RAY = re.compile(r"\bx-ray\b", re.IGNORECASE)

_SHAPES = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}"  # a postcode
    r"|[A-Z]{2,3}\d{5,6}"  # a claim, an application, a customer
    r"|0\d{9,10}|\d{7}|\d{4}"  # a phone number, a policy, a case
)
"""What a spelled answer may be where the number of its figures is not known."""

_CODE_IN_A_SENTENCE = re.compile(r"[A-Z]{2,3}\d{4,6}")
SHORTEST_RUN = 3
"""Characters; less is left as it was said ("one of two")."""

_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_FIGURES = re.compile(r"\d+(?:st|nd|rd|th)?")


@dataclass(frozen=True)
class _Piece:
    """One word or group of figures that may be part of something spelled."""

    start: int
    end: int
    chars: str
    """what it stands for"""
    is_guess: bool = False
    """a word that only sounds like it"""
    times: int = 1
    """how often its first character is said: "double 4" """


def as_written(text: str, expectation: Expectation = Expectation.OPEN, digits: tuple[int, ...] = ()) -> str:
    """The transcript with what was spelled closed up.

    `expectation` and `digits` (numbers of figures a right answer may have, () when unknown) are what the agent had just
    asked for. Idempotent.
    """
    if expectation is Expectation.DATE:
        return _with_date(text)
    if not expectation.is_spelled and expectation is not Expectation.OPEN:
        return text
    text = _X_RAY.sub("xray", _AS_IN.sub(_same_letter, text))
    written, at = [], 0
    for run in _runs(text):
        for start, end, chars in _readings(run, expectation, digits):
            written += [text[at:start], chars]
            at = end
    return "".join([*written, text[at:]])


def _same_letter(match: re.Match[str]) -> str:
    return match[1].upper() if match[1].lower() == match[2].lower() else match[0]


def _runs(text: str) -> list[list[_Piece]]:
    """Pieces that follow each other with nothing but a rest between them."""
    runs: list[list[_Piece]] = [[]]
    times, times_from = 1, 0
    end = 0
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        if not _BETWEEN.fullmatch(text, end, token.start()):
            runs.append([])
            times = 1
        end = token.end()
        if word in _TIMES:
            times, times_from = _TIMES[word], token.start()
            continue
        if times == 2 and word in ("u", "you"):
            runs[-1].append(_Piece(times_from, end, "W"))
        elif chars := _chars(token[0], is_beside_figures=_is_beside_figures(text, token)):
            start = times_from if times > 1 else token.start()
            runs[-1].append(_Piece(start, end, chars, word in _SOUNDS_LIKE or word in _ZERO, times))
        else:
            runs.append([])
        times = 1
    return [run for run in runs if run]


def _is_beside_figures(text: str, token: re.Match[str]) -> bool:
    return text[token.start() - 1 : token.start()].isdigit() or text[token.end() : token.end() + 1].isdigit()


def _chars(token: str, *, is_beside_figures: bool) -> str | None:
    """What one token may stand for; None for a word that is a word."""
    word = token.lower()
    if token.isdigit():
        return token
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in _ZERO:
        return "0"
    if word in _ALPHABET:
        return _ALPHABET[word]
    if word in _SOUNDS_LIKE:
        return _SOUNDS_LIKE[word]
    if not token.isalpha() or word in _NO_LETTERS:
        return None
    is_spelled = len(token) <= 2 or (len(token) <= 4 and (token.isupper() or is_beside_figures))
    return token.upper() if is_spelled else None


def _readings(run: list[_Piece], expectation: Expectation, digits: tuple[int, ...]) -> list[tuple[int, int, str]]:
    """(start, end, characters) of what is replaced in one run."""
    if complete := _complete(run, digits):
        return [complete]
    if expectation is Expectation.OPEN:
        chars = _join(run)
        return [(run[0].start, run[-1].end, chars)] if _CODE_IN_A_SENTENCE.fullmatch(chars) else []
    if whole := _whole(run, digits):
        return [whole]
    readings = []
    for sure in _without_guesses(run):
        chars = _join(sure)
        if len(chars) >= SHORTEST_RUN and any(char.isdigit() for char in chars):
            readings.append((sure[0].start, sure[-1].end, chars))
    return readings


def _complete(run: list[_Piece], digits: tuple[int, ...]) -> tuple[int, int, str] | None:
    """A number that is whole in one piece, with the letters before it; what follows is another: "CL52318, 2 weeks"."""
    for index, piece in enumerate(run):
        if len(piece.chars) < SHORTEST_RUN or not piece.chars.isdigit() or piece.times > 1:
            continue
        if index and run[index - 1].chars.isdigit():
            continue
        letters = next((at for at in range(index) if all(one.chars.isalpha() for one in run[at:index])), index)
        pieces = run[letters : index + 1]
        if not any(one.is_guess for one in pieces) and _fits(_join(pieces), digits):
            return pieces[0].start, piece.end, _join(pieces)
    return None


def _whole(run: list[_Piece], digits: tuple[int, ...]) -> tuple[int, int, str] | None:
    """The run with its guesses, if that is what was asked for. A guess at an end may be a word all the same."""
    for first, last in ((0, len(run)), (1, len(run)), (0, len(run) - 1)):
        pieces, left_out = run[first:last], [*run[:first], *run[last:]]
        if not pieces or not all(piece.is_guess for piece in left_out):
            continue
        if any(piece.is_guess and piece.chars != "0" for piece in (pieces[0], pieces[-1])):
            continue
        for chars in (_join(pieces), _join(_tens_joined(pieces))):
            if _fits(chars, digits):
                return pieces[0].start, pieces[-1].end, chars
    return None


def _fits(chars: str, digits: tuple[int, ...]) -> bool:
    if not digits:
        return bool(_SHAPES.fullmatch(chars))
    figures = chars.lstrip(ascii_uppercase)
    return figures.isdigit() and len(figures) in digits and len(chars) - len(figures) != 1


def _without_guesses(run: list[_Piece]) -> list[list[_Piece]]:
    parts: list[list[_Piece]] = [[]]
    for piece in run:
        if piece.is_guess:
            parts.append([])
        else:
            parts[-1].append(piece)
    return [part for part in parts if part]


def _tens_joined(run: list[_Piece]) -> list[_Piece]:
    """ "40 4" as 44: a two-figure number heard as two."""
    joined = list(run[:1])
    for before, piece in pairwise(run):
        is_unit = len(piece.chars) == 1 and piece.chars in "123456789" and piece.times == 1
        if is_unit and re.fullmatch(r"[2-9]0", before.chars) and joined[-1] is before:
            joined[-1] = _Piece(before.start, piece.end, before.chars[0] + piece.chars)
        else:
            joined.append(piece)
    return joined


def _join(run: list[_Piece]) -> str:
    chars = "".join(piece.chars[0] * piece.times + piece.chars[1:] for piece in run)
    return re.sub(r"(?<=\d)O(?![A-Z])", "0", chars)


def _with_date(text: str) -> str:
    """Three numbers, or figures that can be read as a day, month and year in one way only: "8883" is 8/8/83."""
    found = list(_FIGURES.finditer(text))
    if not found or _MONTH.search(text):
        return text
    numbers = [re.sub(r"\D", "", match[0]) for match in found]
    days = [tuple(numbers)] if len(numbers) == 3 and _is_day(*numbers) else _days("".join(numbers))
    if len(days) != 1:
        return text
    return text[: found[0].start()] + "/".join(days[0]) + text[found[-1].end() :]


def _days(figures: str) -> list[tuple[str, ...]]:
    cuts = [(one, one + two) for one in (1, 2) for two in (1, 2)]
    days = [(figures[:one], figures[one:two], figures[two:]) for one, two in cuts]
    return [day for day in days if _is_day(*day)]


def _is_day(day: str, month: str, year: str) -> bool:
    """Day before month; the year in two figures or four."""
    if not (day.isdigit() and month.isdigit() and year.isdigit()):
        return False
    is_year = len(year) == 2 or (len(year) == 4 and year[:2] in ("19", "20"))
    return is_year and 1 <= int(day) <= 31 and 1 <= int(month) <= 12
