"""What a customer wrote, made plain and bounded before any rule or model reads it."""

import re
import unicodedata

from agent.understanding.masking import CARD, SECRET

LONGEST = 4_000
"""Characters read of one turn; the widget sends no more."""

MOST_WORDS = 400
"""Words that rules and models read; an essay's wish stands in its first page."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_QUOTES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "…": "...",
        "–": "-",
        "—": "-",
        "−": "-",
    }
)
_REPEATED = re.compile(r"([^\w\s])\1{3,}")
"""Four or more of one mark say no more than three, and rules take long over thousands."""
_LONG_WORD = re.compile(r"(\w{60})\w+")
_LONG_RUN = re.compile(r"(\S{250})\S+")
"""No address on the web that a customer means is longer; rules look at every place of a run."""
_FORWARDED = re.compile(
    r"^\s*(?:>|(?:from|sent|to|subject|date|von|gesendet|de|envoyé)\s?:\s|on .{4,80} wrote:\s*$|-{2,}\s*(?:original|forwarded)"
    r"|_{5,}|begin forwarded message)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^--\s*$|^sent from my \w+", re.IGNORECASE)


def plain(text: str) -> str:
    """One line of ordinary characters: full-width folded, marks that cannot be seen taken out, quotes straight.

    Quoted lines of an older mail are left out, unless nothing else was said.
    """
    text = text.replace(CARD, "").replace(SECRET, "")
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:LONGEST])).translate(_QUOTES)
    own = _own_lines(folded)
    words = " ".join(own).split() or folded.split()
    short = " ".join(words[:MOST_WORDS])
    return _LONG_RUN.sub(r"\1", _LONG_WORD.sub(r"\1", _REPEATED.sub(r"\1\1\1", short)))


def _own_lines(text: str) -> list[str]:
    """The lines the customer wrote themself, as far as that can be seen."""
    kept: list[str] = []
    for line in text.split("\n"):
        if _SIGNATURE.match(line.strip()):
            break
        if not _FORWARDED.match(line):
            kept.append(line)
    return kept


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a plain text, in order."""
    return tuple(one.strip() for one in re.split(r"(?<=[.?!])\s+(?=\S)", text) if one.strip())


def is_empty_talk(text: str) -> bool:
    """Only marks, emoji or nothing: there is nothing to understand."""
    return not any(character.isalnum() for character in text)
