"""Numbers in words to figures, so that what was spoken is found like what was typed."""

import re

from text_to_num import alpha2digit

from agent.understanding.dates import with_years

_REPEATED = re.compile(r"\b(double|triple|treble) (\w+)\b", re.IGNORECASE)
_ZERO = re.compile(r"(?<=\d )(?:oh|o)\b|\b(?:oh|o)(?= \d)|\b(?:nought|naught|zero)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|(?:four|six|seven|eight|nine)teen|ten|eleven|twelve|thirteen|fifteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)\b",
    re.IGNORECASE,
)
_SINGLE = {
    word: str(figure)
    for figure, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_SINGLES = re.compile(
    r"\b(?:" + "|".join(_SINGLE) + r"|oh|o|\d)(?:[ ,-]+(?:" + "|".join(_SINGLE) + r"|oh|o|\d)\b){2,}", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_LETTERS = {
    "see": "C",
    "sea": "C",
    "cee": "C",
    "el": "L",
    "ell": "L",
    "ay": "A",
    "pee": "P",
    "aitch": "H",
    "haitch": "H",
    "em": "M",
    "bee": "B",
    "dee": "D",
    "gee": "G",
    "jay": "J",
    "kay": "K",
    "en": "N",
    "ess": "S",
    "tee": "T",
    "vee": "V",
}
_LETTER = r"(?:[A-Za-z]|see|sea|cee|el|ell|ay|pee|aitch|haitch|em|bee|dee|gee|jay|kay|en|ess|tee|vee)"
_SPELLED = re.compile(rf"\b{_LETTER}(?:[ .,-]+{_LETTER}){{1,2}}(?=[ .,-]+\d)", re.IGNORECASE)


def with_figures(text: str) -> str:
    """ "see el double five one oh seven" to "CL 55107": words to figures, spelled letters closed up."""
    text = with_years(text)
    repeated = _REPEATED.sub(lambda match: " ".join([match[2]] * (2 if match[1].lower() == "double" else 3)), text)
    singles = _SINGLES.sub(_closed, repeated)
    counted = alpha2digit(singles, "en") if _FIGURE.search(singles) else singles
    return _SPELLED.sub(_letters, _ZERO.sub("0", counted))


def compact(written: str) -> str:
    """The figures alone."""
    return re.sub(r"\D", "", written)


def _closed(match: re.Match[str]) -> str:
    return "".join(
        "0" if word.lower() in ("oh", "o") else _SINGLE.get(word.lower(), word) for word in _WORD.findall(match[0])
    )


def _letters(match: re.Match[str]) -> str:
    return "".join(_LETTERS.get(word.lower(), word).upper() for word in _WORD.findall(match[0]))
