"""How people are kept: logins, sessions, tokens, failed identity checks."""

from storage.people.checks import FailedChecks
from storage.people.desks import OpenDesks
from storage.people.people import EmailTaken, NotTheFirst, People, Person, Presence, Role
from storage.people.tokens import TokenHasher

__all__ = [
    "EmailTaken",
    "FailedChecks",
    "NotTheFirst",
    "OpenDesks",
    "People",
    "Person",
    "Presence",
    "Role",
    "TokenHasher",
]
