"""What routing looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OperatorView:
    id: str
    name: str
    queues: tuple[str, ...]
    skills: Mapping[str, int]
    """Skill to proficiency, 1 to 5."""
    load: int
    """Conversations held, offered and in wrap-up."""
    capacity: int
    is_available: bool
    """Connected, and presence says so."""
    idle_since: datetime
    languages: tuple[str, ...] = ()
    """ISO codes."""


@dataclass(frozen=True)
class Refused:
    operator_id: str
    count: int
    at: datetime


@dataclass(frozen=True)
class WaitingItem:
    conversation_id: str
    queue: str
    skills: tuple[str, ...]
    priority: int
    queued_at: datetime
    ready_at: datetime
    """Not offered before."""
    refusals: tuple[Refused, ...] = ()
    language: str = ""
    """Of the customer, where it is not the centre's own."""
    is_offered: bool = False
    """True while an operator is deciding."""
    is_absent: bool = False
    """The customer is not there: served behind all who are."""
