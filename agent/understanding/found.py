"""A value found in a turn: what kind it is, where it stands and whose it is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of value; a reference has its own name as kind ("policy_number")."""

    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    MONEY = "money"
    DATE = "date"
    BIRTH_DATE = "date_of_birth"
    REGISTRATION = "registration"
    NAME = "name"
    ADDRESS = "address"


class Owner(StrEnum):
    """Whose value it is, as far as the words say."""

    CUSTOMER = "customer"
    OTHER = "other"
    """A driver's, a relative's, the one who died."""
    NEW = "new"
    """What is to replace what we hold."""
    NOBODY = "nobody"
    """Another company's, ours, a number that stands for nothing here."""


@dataclass(frozen=True)
class Found:
    """One value."""

    kind: str
    value: str
    """Canonical: ISO dates, E.164 phones, lower-case e-mail addresses, figures closed up."""
    start: int
    end: int
    """Where it stands in the turn with its numbers written as figures."""
    owner: Owner = Owner.CUSTOMER
    is_bare: bool = False
    """Only figures, without a word that says what they are."""
