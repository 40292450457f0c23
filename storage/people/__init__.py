"""How people are kept: logins, sessions, tokens, failed identity checks."""

from storage.people.checks import FailedChecks
from storage.people.people import EmailTaken, People, Person, Presence, Role
from storage.people.tokens import TokenHasher

__all__ = [
    "EmailTaken",
    "FailedChecks",
    "People",
    "Person",
    "Presence",
    "Role",
    "TokenHasher",
]
