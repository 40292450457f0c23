"""Amounts: "£1,249.50" is "one thousand two hundred and forty-nine pounds fifty"."""

import re

from speech.normalise.numbers import cardinal, decimal

_UNITS = {"£": ("pound", "pounds", "p"), "$": ("dollar", "dollars", "cents"), "€": ("euro", "euros", "cents")}
_AMOUNT = re.compile(
    r"([£$€])\s?(\d[\d,]*)(?:\.(\d{1,2}))?(?!\d)(?:\s?(k|m|bn|thousand|million|billion)\b)?", re.IGNORECASE
)
_PENCE = re.compile(r"\b(\d{1,2})p\b")
_SCALES = {"k": "thousand", "m": "million", "bn": "billion"}


def say_money(text: str) -> str:
    """The text with its amounts in words."""
    return _PENCE.sub(lambda match: f"{cardinal(int(match[1]))} p", _AMOUNT.sub(_amount, text))


def _amount(match: re.Match[str]) -> str:
    one, many, small = _UNITS[match[1]]
    whole, fraction, scale = int(match[2].replace(",", "")), match[3], match[4]
    if scale:
        figures = f"{whole}.{fraction}" if fraction else str(whole)
        return f"{decimal(figures)} {_SCALES.get(scale.lower(), scale.lower())} {many}"
    cents = int((fraction or "0").ljust(2, "0"))
    if not whole and cents:
        return f"{cardinal(cents)} {small}"
    words = f"{cardinal(whole)} {one if whole == 1 else many}"
    if not cents:
        return words
    return f"{words} {cardinal(cents)}" if match[1] == "£" else f"{words} and {cardinal(cents)} {small}"
