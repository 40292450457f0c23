"""How every intent does: traffic, confidence, confusion, containment, escalation."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from typing_extensions import TypedDict

from intents import Library, share_of
from learning.history.past_conversations import PastConversation, conversations
from learning.history.replaying import share_out
from learning.values import names
from storage.conversation import ConversationHistory
from storage.learning import ShareData


class ConfusedWith(TypedDict):
    """Another intent that turns were nearly taken for."""

    intent: str
    name: str
    count: int


class IntentHealth(TypedDict):
    """How one intent does."""

    turns: int
    conversations: int
    share: float
    confidence: float | None
    unsure: ShareData
    confused_with: list[ConfusedWith]
    containment: ShareData
    escalation: ShareData
    per_day: list[int]
    """Oldest first."""


class Health(TypedDict):
    """How every intent does, by its id."""

    days: int
    conversations: int
    intents: dict[str, IntentHealth]


@dataclass
class Tally:
    """What was counted of one intent."""

    conversations: set[str] = field(default_factory=set)
    confidences: list[float] = field(default_factory=list)
    unsure: int = 0
    confused: Counter[str] = field(default_factory=Counter)
    contained: int = 0
    decided: int = 0
    """Conversations of which it is known whether a person was needed."""
    escalated: int = 0
    days: Counter[int] = field(default_factory=Counter)


async def health(history: ConversationHistory, library: Library, now: datetime, days: int) -> Health:
    """Per intent of the last days, as the wire has it; intents nobody asked for have zeros."""
    began = conversations(history, now - timedelta(days=days))
    tallies, count = await _tally(began, now)
    known = names(library)
    return {
        "days": days,
        "conversations": count,
        "intents": {
            intent.id: _shown(tallies[intent.id], known, count, days)
            for intent in library.intents
            if not intent.is_group
        },
    }


async def _tally(began: AsyncIterator[PastConversation], now: datetime) -> tuple[defaultdict[str, Tally], int]:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    count = 0
    async for one in began:
        count += 1
        for turn in one.said:
            if turn.intent is None:
                continue
            tally = tallies[turn.intent]
            tally.confidences.append(turn.confidence)
            tally.unsure += turn.is_unsure
            if turn.is_unsure:
                tally.confused.update(turn.alternatives[:1])
            tally.days[(now.date() - turn.at.date()).days] += 1
            if one.id not in tally.conversations:
                tally.conversations.add(one.id)
                tally.decided += one.is_contained is not None
                tally.contained += one.is_contained is True
                tally.escalated += one.escalated_at is not None and one.escalated_at > turn.seq
    return tallies, count


def _shown(tally: Tally, known: dict[str, str], count: int, days: int) -> IntentHealth:
    turns = len(tally.confidences)
    met = len(tally.conversations)
    return {
        "turns": turns,
        "conversations": met,
        "share": met / count if count else 0.0,
        "confidence": round(sum(tally.confidences) / turns, 3) if turns else None,
        "unsure": share_out(share_of(tally.unsure, turns)),
        "confused_with": [
            {"intent": intent, "name": known.get(intent, intent), "count": times}
            for intent, times in tally.confused.most_common(3)
        ],
        "containment": share_out(share_of(tally.contained, tally.decided)),
        "escalation": share_out(share_of(tally.escalated, met)),
        "per_day": [tally.days[age] for age in reversed(range(days))],
    }
