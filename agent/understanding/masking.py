"""What must never be kept: payment cards, their codes and passwords are taken out before anything is stored."""

import re

CARD, SECRET = "[card number removed]", "[removed]"

_CARD = re.compile(r"(?<![\w+])\d(?:[ -]?\d){12,18}(?!\w)")
_CODE = re.compile(r"\b(cvv2?|cvc2?|security code|card code)(\s*(?:is|:|=|number|-)?\s*)\d{3,4}\b", re.IGNORECASE)
_EXPIRY = re.compile(r"\b(exp(?:iry|ires|\.)?(?: date)?)(\s*(?:is|:|=)?\s*)\d{1,2}\s?[/-]\s?\d{2,4}\b", re.IGNORECASE)
_PASSWORD = re.compile(
    r"\b(password|passwort|passcode|one[- ]time code|otp|pin(?: number| code)?)(\s*(?:is|:|=)\s*)(?=\S*[\d!@#$%^&*]|\S+$)(\S{3,64})",
    re.IGNORECASE,
)


def mask_secrets(text: str) -> str:
    """The text without card numbers (13 to 19 figures that pass the Luhn check), card codes, passwords and PINs."""
    without_cards = _CARD.sub(lambda match: CARD if _is_card(match[0]) else match[0], text)
    if CARD in without_cards:
        without_cards = _EXPIRY.sub(rf"\1\2{SECRET}", without_cards)
    without_codes = _CODE.sub(rf"\1\2{SECRET}", without_cards)
    return _PASSWORD.sub(rf"\1\2{SECRET}", without_codes)


def was_masked(text: str) -> bool:
    return CARD in text or SECRET in text


def _is_card(written: str) -> bool:
    """ISO/IEC 7812: the sum of the figures, every second one from the right doubled, ends in 0."""
    figures = [int(one) for one in written if one.isdigit()]
    if len(set(figures)) == 1:
        return False
    doubled = [sum(divmod(2 * one, 10)) if place % 2 else one for place, one in enumerate(reversed(figures))]
    return sum(doubled) % 10 == 0
