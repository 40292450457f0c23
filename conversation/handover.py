"""The hand-over card: everything the operator needs so that the customer repeats nothing.

One versioned value. `storage.conversation` validates it against its schema on the way in and out; the JSON schema is
printed in docs/reference/handover-context.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from conversation.words import Assurance, EscalationReason

MAX_HANDOVER_BYTES = 28_000
"""Serialised size cap; the smallest limit met in the field (contact-centre platforms' context payloads)."""


@dataclass(frozen=True)
class CollectedAttribute:
    """One thing the customer told us."""

    name: str
    label: str
    value: str
    said_seq: int
    """Sequence number of the customer's turn it came from."""
    is_verified: bool
    """True when the CRM record agrees with it."""


@dataclass(frozen=True)
class OpenAttribute:
    """One thing still to be asked."""

    name: str
    label: str
    prompt: str
    is_mandatory: bool


@dataclass(frozen=True)
class Identity:
    """Who we believe the customer is, and how we know."""

    customer_id: str | None = None
    name: str | None = None
    assurance: Assurance = Assurance.UNKNOWN
    method: str | None = None
    """For example "claim number and date of birth"."""
    failed_checks: int = 0
    checked: tuple[tuple[str, str], ...] = ()
    """Names and values the record agreed with; nothing else the customer named is verified by it."""


@dataclass(frozen=True)
class ShownFact:
    """Something the agent told the customer, so that the operator does not contradict it."""

    text: str
    seq: int


@dataclass(frozen=True)
class ActionTaken:
    """One tool the agent used, and what came of it."""

    tool: str
    is_ok: bool
    summary: str
    seq: int


@dataclass(frozen=True)
class ArticleShown:
    """A knowledge article the customer has already read."""

    article_id: str
    title: str
    seq: int
    section: str = ""
    """The section read last."""


@dataclass(frozen=True)
class IntentSeen:
    """One goal of the customer, in the order they came up."""

    intent: str
    name: str
    group: str
    confidence: float
    """Calibrated probability, 0 to 1."""
    said_seq: int
    words: str = ""
    """How the customer put it."""


@dataclass(frozen=True)
class Mood:
    """How the customer sounds, on seven levels from -3 (very negative) to 3 (very positive)."""

    level: int = 0
    """Mean over the last six customer turns, rounded."""
    trend: int = 0
    """-1 getting worse, 0 steady, 1 getting better."""


@dataclass(frozen=True)
class QuotedTurn:
    """A recent turn word for word."""

    seq: int
    speaker: Literal["customer", "agent", "operator"]
    text: str


@dataclass(frozen=True)
class CallbackWish:
    """The customer would rather be called."""

    phone: str
    when: str


@dataclass(frozen=True)
class HandoverContext:
    """Version 1 of the card. Lines the agent knows nothing about are empty, never invented."""

    version: Literal[1]
    reason: EscalationReason
    is_requested_by_customer: bool
    headline: str
    """One line: who wants what."""
    issue: str
    tried: str
    needed: str
    intent: IntentSeen | None
    earlier_intents: tuple[IntentSeen, ...]
    attributes: tuple[CollectedAttribute, ...]
    open_attributes: tuple[OpenAttribute, ...]
    identity: Identity
    facts: tuple[ShownFact, ...]
    actions: tuple[ActionTaken, ...]
    articles: tuple[ArticleShown, ...]
    mood: Mood
    language: str
    channel: str
    device: str
    started_at: datetime
    requested_at: datetime
    """When the hand-over was asked for: waiting time counts from here."""
    transfers: int
    """How often this customer was passed on before."""
    wish: CallbackWish | None
    suggested_step: str
    suggested_reply: str
    has_recording_consent: bool
    has_ai_notice: bool
    """True when the customer was told they talk to an AI."""
    cases: tuple[str, ...]
    leads: tuple[str, ...]
    last_turns: tuple[QuotedTurn, ...]
    customer_note: str = ""
    """What the customer corrected or added when shown this summary."""
    agent_summary: str = ""
    """A sentence from a language model, labelled as such on the card; empty when none is configured."""
