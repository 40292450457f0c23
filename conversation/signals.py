"""Fleeting things that are no events: nobody reads them later, and a lost one does no harm."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["customer", "agent", "operator"]
LimitName = Literal["chat", "call", "identity", "sign_in", "account"]


@dataclass(frozen=True)
class TypingChanged:
    """Somebody began or stopped writing."""

    conversation_id: str
    who: Side
    is_typing: bool
    operator_id: str = ""
    name: str = ""
    """Of the operator."""


@dataclass(frozen=True)
class SeenUpTo:
    """One side has everything up to `seq` before its eyes."""

    conversation_id: str
    who: Literal["customer", "operator"]
    seq: int


@dataclass(frozen=True)
class ViewersChanged:
    """Other colleagues have the conversation open now."""

    conversation_id: str
    names: tuple[str, ...] = ()
    """Who has it open in that process."""
    process: str = ""
    asks: bool = False
    """Whoever has it open elsewhere shall say so."""


@dataclass(frozen=True)
class CustomerOnline:
    """The customer's page or line opened or closed."""

    conversation_id: str
    is_online: bool
    process: str = ""
    """Where it opened or closed."""


@dataclass(frozen=True)
class CrewChanged:
    """Presence, load or people are others than before."""


@dataclass(frozen=True)
class AccessEnded:
    """A session of somebody of ours is over: what was opened from it closes."""

    session: str
    """As it is kept, hashed."""


@dataclass(frozen=True)
class SourceSpent:
    """A source has used up one of what it may ask for, see sources.py."""

    limit: LimitName
    source: str


Signal = TypingChanged | SeenUpTo | ViewersChanged | CustomerOnline | CrewChanged | AccessEnded | SourceSpent
ConversationSignal = TypingChanged | SeenUpTo | ViewersChanged
"""What those who have a conversation open are told."""
