"""What the agent's last question makes likely in the caller's answer."""

from enum import StrEnum


class Expectation(StrEnum):
    """Shape of the answer the dialogue state waits for; turn timing and transcription both follow it."""

    OPEN = "open"
    """anything: an opening sentence, a reason for calling"""
    YES_NO = "yes_no"
    """a confirmation"""
    CHOICE = "choice"
    """one of a few named options"""
    NAME = "name"
    """a person's name, perhaps spelled"""
    DIGITS = "digits"
    """a number read out digit by digit: policy, phone, card"""
    CODE = "code"
    """letters and digits mixed: claim number, postcode"""
    DATE = "date"
    """a day, a month, a year"""
    MONEY = "money"
    """an amount"""
    ADDRESS = "address"
    """a street address, spoken in pieces"""

    @property
    def is_spelled(self) -> bool:
        """True where single characters carry the meaning, so a mis-heard one changes it."""
        return self in (Expectation.DIGITS, Expectation.CODE)
