"""The same customer, writing differently: eight seeded changes of what they say, their facts unchanged."""

import random
import re
import zlib
from collections.abc import Callable
from typing import Any

Change = Callable[[str, random.Random], str]

_WORD = re.compile(r"[a-zA-Z]{4,}")
_KEPT = re.compile(r"\d|@|^[A-Z]{2,}$")
_FILLERS = ("um, ", "er, ", "so, ", "like, ", "well, ", "you know, ")
_OPENINGS = ("hi there, ", "hello, ", "sorry to bother you, ", "quick one: ", "hiya, ")
_ENDINGS = (" thanks", " please", " cheers", " if you can", " ta")
_SMALL = re.compile(r"\b(?:the|a|an|is|are|am|to|of|please|you|do|does|have|has|been|that|it)\b ?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_DATE = re.compile(
    rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({'|'.join(_MONTHS)}),? (\d{{4}})\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w£.,/-])(\d{4,7})(?![\w.,/-])")
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def typos(text: str, draw: random.Random) -> str:
    """One slip in every sixth longer word: a letter doubled, dropped or swapped; never in a number or a name."""

    def slip(match: re.Match[str]) -> str:
        word = match[0]
        if word[0].isupper() or draw.random() > 1 / 6:
            return word
        at = draw.randrange(1, len(word) - 1)
        kind = draw.randrange(3)
        if kind == 0:
            return word[:at] + word[at] + word[at:]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return _WORD.sub(slip, text)


def lower_case(text: str, _: random.Random) -> str:
    """No capitals and no apostrophes, as typed on a telephone."""
    return re.sub(r"[’']", "", text.lower()).rstrip(".")


def telegram(text: str, _: random.Random) -> str:
    """Small words left out."""
    shorter = " ".join(_SMALL.sub("", text).split())
    return shorter if len(shorter.split()) > 2 else text


def fillers(text: str, draw: random.Random) -> str:
    """Hesitation and courtesy around the same words."""
    return draw.choice(_OPENINGS) + draw.choice(_FILLERS) + text + draw.choice(_ENDINGS)


def dates(text: str, draw: random.Random) -> str:
    """The same days in another form."""

    def other(match: re.Match[str]) -> str:
        day, month, year = int(match[1]), _MONTHS[match[2].lower()], match[3]
        name = match[2].capitalize()
        forms = (
            f"{day}/{month}/{year}",
            f"{day:02}.{month:02}.{year[2:]}",
            f"{day} {name[:3]} {year}",
            f"{name} {day}, {year}",
        )
        return draw.choice(forms)

    return _DATE.sub(other, text)


def misheard(text: str, _: random.Random) -> str:
    """As speech recognition writes it: numbers in words, no capitals, no punctuation but full stops."""

    def spoken(match: re.Match[str]) -> str:
        return " ".join(_DIGITS[int(digit)] for digit in match[1])

    plain = _NUMBER.sub(spoken, text)
    return re.sub(r"[,;:!?]", "", plain)


DISGUISES: dict[str, Change | None] = {
    "typos": typos,
    "lower case": lower_case,
    "telegram": telegram,
    "fillers": fillers,
    "split": None,
    "all up front": None,
    "dates": dates,
    "misheard": misheard,
}
"""By name; None where the order of saying changes and not the words."""


def disguised(script: dict[str, Any], disguise: str) -> dict[str, Any]:
    """The script as that disguise plays it; the same disguise gives the same words every time."""
    if not disguise:
        return script
    change = DISGUISES[disguise]
    if change is None:
        return _split(script) if disguise == "split" else _all_up_front(script)
    draw = random.Random(zlib.crc32(f"{script['id']}/{disguise}".encode()))

    def written(value: Any) -> Any:
        if isinstance(value, list):
            return [written(one) for one in value]
        return change(value, draw) if isinstance(value, str) and change is not None else value

    if script.get("lang") and disguise in ("telegram", "fillers"):
        return script
    facts = {
        name: value if name in ("pick", "email") else written(value)
        for name, value in (script.get("facts") or {}).items()
    }
    rules = [{"agent": rule["agent"], "say": written(rule["say"])} for rule in script["if_asked"]]
    return script | {"turns": written(script["turns"]), "if_asked": rules, "facts": facts}


def _split(script: dict[str, Any]) -> dict[str, Any]:
    """The first message in two, at a sentence's end: the second half comes after the first reply."""
    first, *rest = script["turns"]
    pieces = re.split(r"(?<=[.?!])\s+", first)
    if len(pieces) < 2:
        return script
    longer = {"turns": [pieces[0], " ".join(pieces[1:]), *rest], "max_turns": script["max_turns"] + 1}
    expect = dict(script["expect"])
    for name in ("solved_by", "max_customer_turns"):
        if name in expect:
            expect[name] += 1
    return script | longer | {"expect": expect}


def _all_up_front(script: dict[str, Any]) -> dict[str, Any]:
    """Everything that identifies them in the first message."""
    facts = script.get("facts") or {}
    if "restate" not in facts or script.get("kind") == "third_party" or script.get("lang"):
        return script

    def first(value: Any) -> str:
        return value if isinstance(value, str) else value[-1]

    parts = [first(facts[name]) for name in ("name", "policy", "claim", "case", "application") if name in facts]
    parts += [f"born {first(facts['born'])}"] if "born" in facts else []
    parts += [first(facts[name]) for name in ("postcode", "email") if name in facts]
    first_turn, *rest = script["turns"]
    known = [part for part in parts if part.lower() not in first_turn.lower()]
    return script | {"turns": [f"{first_turn} {', '.join(known)}" if known else first_turn, *rest]}
