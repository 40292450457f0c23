"""Whether what is kept is lawful: every conversation's events are numbered without a gap and fold to its state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from pydantic import ValidationError

from conversation.fold import IllegalEvent, fold
from storage.conversation import EventStore, Lists
from storage.kit import Database

AT_ONCE = 200
MOST_NAMED = 20


@dataclass(frozen=True)
class Verdict:
    conversations: int
    events: int
    broken: tuple[str, ...]
    """What is wrong with which conversation; the first twenty."""
    count: int
    """Of all that are wrong."""


async def verify(database: Database, tell: Callable[[str], None] = lambda _: None) -> Verdict:
    """Look at every conversation. Reads alone: it may run beside the server, on a machine with time to spare."""
    store, lists = EventStore(database, idle=timedelta(0)), Lists(database)
    conversations = events = 0
    broken: list[str] = []
    after = ""
    while some := await lists.page(after=after, limit=AT_ONCE):
        for state in some:
            conversations += 1
            kept = (await store.read(state.conversation_id, limit=1_000_000))[: state.seq]
            events += len(kept)
            if [one.seq for one in kept] != list(range(1, state.seq + 1)):
                broken.append(f"{state.conversation_id}: its events have a gap")
                continue
            try:
                is_same = fold(state.conversation_id, kept) == state
            except (IllegalEvent, ValidationError) as error:
                broken.append(f"{state.conversation_id}: its events can't be folded ({type(error).__name__})")
                continue
            if not is_same:
                broken.append(f"{state.conversation_id}: its state is not what its events say")
        after = some[-1].conversation_id
        tell(f"{conversations} conversations")
    return Verdict(conversations, events, tuple(broken[:MOST_NAMED]), len(broken))
