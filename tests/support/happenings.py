"""Events of an ordinary conversation, to build others from."""

from datetime import UTC, datetime, timedelta

from conversation import Assurance, Channel, CollectedAttribute, EscalationReason, HandoverContext, Mood, QuotedTurn
from conversation.events import (
    AgentSaid,
    ConversationStarted,
    CustomerSaid,
    Event,
    HandOffRequested,
    IdentityChecked,
    OfferAccepted,
    Offered,
)
from conversation.handover import Identity
from storage.people import Person, Presence, Role

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday."""

MAYA, NOOR = ("op-maya", "Maya Lindqvist"), ("op-noor", "Noor Haddad")


def operator(who: tuple[str, str], *, capacity: int = 3, queues: tuple[str, ...] = ("claims", "general")) -> Person:
    """At the desk and available since noon."""
    person_id, name = who
    return Person(
        id=person_id,
        name=name,
        email=f"{person_id}@harbour.example",
        password_hash="no password opens this",
        role=Role.OPERATOR,
        skills={"claims": 3},
        queues=queues,
        languages=("en",),
        capacity=capacity,
        presence=Presence.AVAILABLE,
        presence_set_by="person",
        presence_at=NOON,
        idle_since=NOON,
        is_connected=True,
    )


def started() -> tuple[Event, ...]:
    return (ConversationStarted(Channel.CHAT, "en"), AgentSaid("Hello, I'm the AI assistant."))


def said(text: str, client_id: str = "m1") -> CustomerSaid:
    return CustomerSaid(text, client_id)


def checked() -> IdentityChecked:
    return IdentityChecked(True, Assurance.VERIFIED, "claim number, date of birth", "HM10001", "Priya Shah")


def card(headline: str = "Priya Shah asks about a claim") -> HandoverContext:
    return HandoverContext(
        version=1,
        reason=EscalationReason.CUSTOMER_REQUEST,
        is_requested_by_customer=True,
        headline=headline,
        issue="Water came through the ceiling.",
        tried="Looked up the claim.",
        needed="A person.",
        intent=None,
        earlier_intents=(),
        attributes=(CollectedAttribute("claim_number", "claim number", "CL52318", 3, True),),
        open_attributes=(),
        identity=Identity("HM10001", "Priya Shah", Assurance.VERIFIED, "claim number, date of birth"),
        facts=(),
        actions=(),
        articles=(),
        mood=Mood(-1, 0),
        language="en",
        channel="chat",
        device="",
        started_at=NOON,
        requested_at=NOON,
        transfers=0,
        wish=None,
        suggested_step="Tell the next step of the claim.",
        suggested_reply="",
        has_recording_consent=False,
        has_ai_notice=True,
        cases=("CL52318",),
        leads=(),
        last_turns=(QuotedTurn(3, "customer", "a person, please"),),
    )


def handed_off(at: datetime = NOON, *, queue: str = "claims", priority: int = 0) -> HandOffRequested:
    return HandOffRequested(card(), queue, ("claims",), priority, at)


def offered(offer_id: str = "o-1", to: tuple[str, str] = MAYA, at: datetime = NOON) -> Offered:
    return Offered(offer_id, *to, at + timedelta(seconds=60))


def accepted(offer_id: str = "o-1", by: tuple[str, str] = MAYA) -> OfferAccepted:
    return OfferAccepted(offer_id, *by)
