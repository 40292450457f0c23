"""A past small enough to count on one's fingers, written into a centre's event store.

6 asked about points: nobody understood; 4 of them were put through to a person, 2 gave up without one
4 asked where their claim is: told, without a person
2 asked the same and wanted a person afterwards
1 asked about points, 40 days ago
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from conversation import Channel, ClosureReason, State, TopicOutcome
from conversation.events import (
    AgentSaid,
    ConversationStarted,
    CustomerSaid,
    Ended,
    Event,
    IntentRecognised,
    TopicClosed,
    TopicOpened,
    UtteranceUnmatched,
)
from storage.conversation import EventStore
from tests.support.happenings import handed_off
from tests.support.learning import POINTS

CLAIMS = (
    "where is my claim",
    "where is my claim please",
    "what is happening with my claim",
    "any news on my claim",
    "how is my claim going",
    "can you check on my claim",
)


async def write_past(store: EventStore, now: datetime) -> list[str]:
    """All of it, three days ago; returns the ids of the conversations about points."""
    at = now - timedelta(days=3)
    points = []
    for number, text in enumerate(POINTS[:6]):
        ending: list[Event] = [handed_off(at)] if number < 4 else [Ended("customer", ClosureReason.CUSTOMER_ENDED)]
        unmatched = UtteranceUnmatched(3, "payment_due", -3.0, text, "personal")
        points.append(f"points-{number}")
        await _write(store, points[-1], text, [unmatched, AgentSaid("I'm not sure."), *ending], at)
    for number, text in enumerate(CLAIMS):
        ending = [handed_off(at)] if number >= 4 else [Ended("agent", ClosureReason.RESOLVED)]
        await _write(store, f"claims-{number}", text, [*_claim_told(), *ending], at)
    old = UtteranceUnmatched(3, "payment_due", -3.0, POINTS[6], "personal")
    await _write(store, "points-old", POINTS[6], [old, handed_off(at)], now - timedelta(days=40))
    return points


def _claim_told() -> Sequence[Event]:
    return (
        IntentRecognised("claim_status", "Check on a claim", "claims", 0.9, "accept", ("report_claim",), 3, 1),
        TopicOpened("claim_status", "Check on a claim", 3),
        AgentSaid("It is in progress."),
        TopicClosed("claim_status", TopicOutcome.DONE),
    )


async def _write(store: EventStore, conversation_id: str, text: str, rest: Sequence[Event], at: datetime) -> None:
    said = (ConversationStarted(Channel.CHAT, "en"), AgentSaid("Hello."), CustomerSaid(text, "m1"))
    await store.append(State(conversation_id), [*said, *rest], at, token_hash=conversation_id)
