"""What the past would have been with another library."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from intents import Difference, Library, Mistake, ReplayResult, ReplayTurn, Share
from learning.history.past_conversations import PastConversation, PastTurn, conversations
from storage.conversation import ConversationHistory
from storage.learning import DifferenceData, MistakeData, ReplayData, ShareData

MOST_TURNS = 20_000
"""The newest so many of the window are replayed: a minute of one core, nearly all of it encoding."""


@dataclass(frozen=True)
class History:
    """The wishes of a window, with what came of them."""

    turns: tuple[ReplayTurn, ...]
    said: tuple[PastTurn, ...]
    """Parallel to `turns`."""
    conversations: dict[str, PastConversation]
    """By conversation."""


async def read_history(history: ConversationHistory, now: datetime, days: int) -> History:
    """The customers' wishes of the last days, personal data masked; answers and talk with people are left out."""
    past: dict[str, PastConversation] = {}
    async for one in conversations(history, now - timedelta(days=days)):
        past[one.id] = one
    said = [turn for one in past.values() for turn in one.said if not turn.is_answer and turn.text.strip()]
    said = sorted(said, key=lambda turn: turn.at)[-MOST_TURNS:]
    turns = tuple(
        ReplayTurn(
            id=turn_id(turn.conversation_id, turn.seq),
            conversation=turn.conversation_id,
            text=turn.text,
            intent=turn.done,
            is_contained=past[turn.conversation_id].is_contained,
        )
        for turn in said
    )
    return History(turns, tuple(said), past)


def turn_id(conversation_id: str, seq: int) -> str:
    """Points at a turn of a transcript."""
    return f"{conversation_id}/{seq}"


def turn_of(identity: str) -> tuple[str, int]:
    """The conversation and sequence number a turn's id points at."""
    conversation_id, _, seq = identity.rpartition("/")
    return conversation_id, int(seq)


def replay_out(found: ReplayResult, days: int, library: Library, before: Library, at: datetime) -> ReplayData:
    """The comparison as plain values, with names for people; `library` is that of after."""
    known = {intent.id: intent.name for intent in (*before.intents, *library.intents)}

    def name(intent: str | None) -> str | None:
        return known.get(intent, intent) if intent is not None else None

    return {
        "days": days,
        "turns": found.turns,
        "changed": found.changed,
        "caught": share_out(found.caught),
        "confusion": [
            {
                "before": row.before,
                "before_name": name(row.before),
                "after": row.after,
                "after_name": name(row.after),
                "count": row.count,
                "examples": list(row.examples),
            }
            for row in found.confusion
        ],
        "containment_before": share_out(found.containment_before),
        "containment_after": share_out(found.containment_after),
        "correct_before": share_out(found.correct_before),
        "correct_after": share_out(found.correct_after),
        "worst": [_mistake_out(one, name) for one in found.worst],
        "library_version": before.version,
        "at": at.isoformat(),
    }


def share_out(share: Share) -> ShareData:
    """A share as the wire has it."""
    return {"part": share.part, "whole": share.whole, "value": share.value, "low": share.low, "high": share.high}


def difference_out(apart: Difference | None) -> DifferenceData | None:
    """A difference as the wire has it."""
    return {"value": apart.value, "low": apart.low, "high": apart.high} if apart else None


def _mistake_out(one: Mistake, name: Callable[[str | None], str | None]) -> MistakeData:
    conversation_id, seq = turn_of(one.turn.id)
    before = one.before.candidates[0].intent if one.before.zone == "accept" else None
    after = one.after.candidates[0]
    return {
        "conversation_id": conversation_id,
        "seq": seq,
        "text": one.turn.text,
        "before": before,
        "before_name": name(before),
        "after": after.intent,
        "after_name": name(after.intent),
        "intent": one.turn.intent,
        "probability": after.probability,
    }
