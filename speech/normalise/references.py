"""What is read character by character: phone numbers, reference codes, postcodes, e-mail addresses.

Figures come in groups with a short rest after each, as people read them out: "zero eight zero eight, one five seven".
"""

import re

from speech.normalise.numbers import digit_by_digit

_EMAIL = re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b")
_WEB = re.compile(
    r"(?<![a-z0-9.-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:com|org|net|co\.uk|uk|example|io|eu))((?:/[\w-]+)*)/?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w£$€.,])\+?\d{2,5}(?:[ -]\d{3,6}){1,3}(?![\w.,]\d)\b")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b")
_CODE = re.compile(r"\b(?=[A-Z-]*\d)[A-Z]{1,4}-?\d[A-Z0-9-]*\b|\b\d[\d-]*[A-Z][A-Z0-9-]*\b")
_LONG_NUMBER = re.compile(r"(?<![\w£$€.,])\d{5,}(?![\w,]|\.\d)")
_NAMED_NUMBER = re.compile(
    r"\b(case|claim|policy|reference|ref|number|code|pin|extension|account|ticket|ending|ending in|ending with)"
    r"( number| no\.?| is|:)? (\d{3,4})\b(?![.,]\d)",
    re.IGNORECASE,
)


def say_references(text: str) -> str:
    """The text with everything that must be spelled in words, letters as capitals with spaces."""
    text = _EMAIL.sub(lambda match: f"{_dotted(match[1])} at {_dotted(match[2])}", text)
    text = _WEB.sub(lambda match: _dotted(match[1]) + match[2].replace("/", " slash "), text)
    text = _POSTCODE.sub(lambda match: f"{_spell(match[1], joint=' ')}, {_spell(match[2], joint=' ')}", text)
    text = _CODE.sub(lambda match: _spell(match[0]), text)
    text = _PHONE.sub(lambda match: _phone(match[0]), text)
    text = _NAMED_NUMBER.sub(lambda match: f"{match[1]}{match[2] or ''} {digit_by_digit(match[3])}", text)
    return _LONG_NUMBER.sub(lambda match: _grouped(match[0]), text)


def _dotted(text: str) -> str:
    return text.replace(".", " dot ").replace("-", " dash ").replace("_", " underscore ").replace("+", " plus ")


def _phone(text: str) -> str:
    figures = [_grouped(part) for part in re.split(r"[ -]", text.lstrip("+"))]
    return ("plus " if text.startswith("+") else "") + ", ".join(figures)


def _spell(code: str, joint: str = ", ") -> str:
    """Letters one by one, then figures in groups: "C L, five two three, one eight"."""
    parts = re.findall(r"[A-Z]+|\d+", code)
    if len(code) <= 3:
        joint = " "
    return joint.join(" ".join(part) if part.isalpha() else _grouped(part) for part in parts)


def _grouped(figures: str) -> str:
    """Up to four figures in one breath, else threes with a last group of two to four."""
    groups = []
    while len(figures) > 4:
        groups.append(figures[:3])
        figures = figures[3:]
    return ", ".join(digit_by_digit(group) for group in [*groups, figures])
