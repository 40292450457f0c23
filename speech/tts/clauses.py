"""Cuts a reply into pieces to be spoken one after another: the first as short as sense allows, then whole sentences.

The first sound may start when the first piece is rendered: 15-45 ms for a clause, 100 ms for a long sentence.
"""

import re

from speech.normalise import spoken_text
from speech.tts.values import Clause

_SENTENCE_END = re.compile(r"(?<=[.!?\u2026])[\"'\u201d\u2019)]*\s+(?=[^\sa-z])|\n+")
_NOT_AN_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|approx|e\.g|i\.e|[A-Z])\.$")
_CLAUSE_END = re.compile(r"(?<=[,;:\u2014])\s+")
_LEAST_FIRST_WORDS = 3
_LONGEST_CHARACTERS = 180
"""a longer sentence is cut at its commas, so that an interruption never has to wait for it to be rendered"""
SENTENCE_PAUSE_SECONDS = 0.32
CLAUSE_PAUSE_SECONDS = 0.12


def clauses(reply: str, *, is_day_first: bool = True) -> tuple[Clause, ...]:
    """The pieces of a reply in order; () for a reply without words."""
    pieces: list[str] = []
    for sentence in _sentences(reply):
        is_first = not pieces
        if is_first:
            head, rest = _first_clause(sentence)
            pieces.append(head)
            sentence = rest
        if sentence:
            pieces += _short_enough(sentence)
    found = [(piece, spoken_text(piece, is_day_first=is_day_first)) for piece in pieces]
    return tuple(Clause(text, words, _pause(text)) for text, words in found if re.search(r"\w", words))


def _sentences(reply: str) -> list[str]:
    found: list[str] = []
    at = 0
    for end in _SENTENCE_END.finditer(reply):
        sentence = reply[at : end.start()].strip()
        if "\n" not in end[0] and _NOT_AN_END.search(sentence):
            continue
        if sentence:
            found.append(sentence)
        at = end.end()
    last = reply[at:].strip()
    return [*found, last] if last else found


def _first_clause(sentence: str) -> tuple[str, str]:
    """(head, rest) cut at the first comma, colon or semicolon that leaves three words before and after it."""
    for end in _CLAUSE_END.finditer(sentence):
        head, rest = sentence[: end.start()], sentence[end.end() :]
        if len(head.split()) >= _LEAST_FIRST_WORDS and len(rest.split()) >= _LEAST_FIRST_WORDS:
            return head, rest
    return sentence, ""


def _short_enough(sentence: str) -> list[str]:
    if len(sentence) <= _LONGEST_CHARACTERS:
        return [sentence]
    pieces, line = list[str](), ""
    for part in _CLAUSE_END.split(sentence):
        joined = f"{line} {part}" if line else part
        if line and len(joined) > _LONGEST_CHARACTERS:
            pieces.append(line)
            joined = part
        line = joined
    return [*pieces, line]


def _pause(text: str) -> float:
    return CLAUSE_PAUSE_SECONDS if text.rstrip().endswith((",", ";", ":", "\u2014")) else SENTENCE_PAUSE_SECONDS
