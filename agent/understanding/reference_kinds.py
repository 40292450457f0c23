"""The numbers a tenant's customers quote: how they are written, spoken and asked for. Data of the tenant's pack."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.understanding.found import Found
from agent.understanding.spoken_numbers import compact


@dataclass(frozen=True)
class ReferenceKind:
    """One kind of number."""

    name: str
    """The value's name: "policy_number"."""
    label: str
    prefix: str
    """Letters in front, upper case; empty for none."""
    digits: int
    words: tuple[str, ...]
    """What people call it; a bare number of `digits` beside one of these is it."""
    needs_word: bool
    """True for a number so short that, unasked, only a word beside it tells it from others."""


class ReferenceKinds:
    """All kinds of a tenant."""

    def __init__(self, kinds: tuple[ReferenceKind, ...]) -> None:
        self.kinds = kinds
        self.names = frozenset(kind.name for kind in kinds)
        self._named = [(kind, _named_pattern(kind)) for kind in kinds]
        self._bare = {kind.name: _bare_pattern(kind) for kind in kinds}

    def kind(self, name: str) -> ReferenceKind | None:
        return next((one for one in self.kinds if one.name == name), None)

    def find_named(self, text: str) -> Iterator[Found]:
        """Numbers with their prefix or with a word that names them."""
        for kind, pattern in self._named:
            for match in pattern.finditer(text):
                at = match.span("prefixed") if match["prefixed"] else match.span("worded")
                yield Found(kind.name, kind.prefix + compact(match["prefixed"] or match["worded"]), *at)

    def find_bare(self, text: str, asked: str) -> Iterator[Found]:
        """Figures of a kind's length without a word; of a short kind only when it was asked for."""
        for kind in sorted(self.kinds, key=lambda one: one.name != asked):
            if kind.name != asked and (kind.needs_word or kind.prefix):
                yield from self._alone(kind, text)
                continue
            for match in self._bare[kind.name].finditer(text):
                figures = compact(match[0])
                is_year = kind.digits == 4 and figures[:2] in ("19", "20")
                if not (is_year and (kind.name != asked or _YEAR_SAID.search(text[: match.start()]))):
                    yield Found(kind.name, kind.prefix + figures, match.start(), match.end(), is_bare=True)

    def find_whole(self, text: str, asked: str) -> Iterator[Found]:
        """All figures of a short answer together, when it was asked for: "44 10 5 61", "4.4.1.0.5.3.7"."""
        kind = self.kind(asked)
        if kind is None or len(compact(text)) != kind.digits or _DATED.search(text):
            return
        places = [match.start() for match in re.finditer(r"\d", text)]
        if len(re.findall(r"[^\W\d_]+", text)) <= MOST_WORDS and places[-1] - places[0] < 3 * kind.digits:
            yield Found(kind.name, kind.prefix + compact(text), places[0], places[-1] + 1, is_bare=True)

    def _alone(self, kind: ReferenceKind, text: str) -> Iterator[Found]:
        """A short number that is all of a sentence: "It's 4485." """
        if kind.prefix:
            return
        for match in re.finditer(
            rf"(?:^|[.;!?] )(?:it's|its|it is|number|no\.?|that's)? ?(\d{{{kind.digits}}})(?=[.!]|$)",
            text,
            re.IGNORECASE,
        ):
            if match[1][:2] not in ("19", "20"):
                yield Found(kind.name, match[1], match.start(1), match.end(1), is_bare=True)


_DATED = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})\b|\d(?:st|nd|rd|th)\b|£|\b(?:pounds?|quid|million|thousand)\b|\b(?:in|since|year) (?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_YEAR_SAID = re.compile(r"\b(?:in|since|of|year)\s+$", re.IGNORECASE)
MOST_WORDS = 6
"""Beside the figures of a short answer."""
NO_REFERENCES = ReferenceKinds(())


def _figures(count: int) -> str:
    """So many figures, and no telephone number's first ones: "the number on my account is 07700 900142"."""
    return rf"(?!0(?:[ -]?\d){{9,10}}(?!\d))(?:\d[ -]?){{{count - 1}}}\d(?![ -]?\d{{1,2}}(?!\d|[./:]|(?:st|nd|rd|th)|\s?[A-Za-z]))(?!\d)"


def _named_pattern(kind: ReferenceKind) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in kind.words) or "(?!)"
    figures = _figures(kind.digits)
    prefixed = rf"\b{r'[ .-]?'.join(kind.prefix)}[ .:#-]{{0,2}}{figures}" if kind.prefix else "(?!)"
    worded = (
        rf"\b(?:{words})(?: (?:number|no\.?|num|id|ref|reference))?(?: is| was|:|'s)?[ #]{{1,2}}(?P<worded>{figures})"
    )
    return re.compile(rf"(?P<prefixed>{prefixed})|{worded}", re.IGNORECASE)


def _bare_pattern(kind: ReferenceKind) -> re.Pattern[str]:
    whole = rf"(?<![\d+£€$.,/-])\d{{{kind.digits}}}(?![\d.,/-]*\d)"
    spread = rf"(?<![\d+£€$.,/-])(?<!\d[ -]){_figures(kind.digits)}"
    return re.compile(rf"{whole}|{spread}", re.IGNORECASE)
