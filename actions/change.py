"""What every action needs, and the one way to change a conversation."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.agent_slot import AgentSlot
from actions.attendance import Attendance
from actions.membership import Membership
from actions.queue_snapshots import QueueSnapshots
from conversation import DESK_TOPIC, Appended, ConversationSignal, CrewChanged, Feed, Message, State
from conversation.events import OWNER_EVENTS, Event
from conversation.fold import IllegalEvent
from routing import Refused, WaitingItem
from storage.conversation import CapacityClaim, EventStore, Lists, Moved
from storage.people import OpenDesks, People, TokenHasher
from tenant import Tenant

Clock = Callable[[], datetime]
OFFER_SECONDS = 60
"""How long an operator has to take a chat (contact-centre.md 2.2)."""

LOST_GRACE = timedelta(seconds=150)
"""A lost operator's conversations wait this long for them to come back (2.5 minutes, contact-centre.md 2.7)."""

REVIEW_WINDOW = timedelta(seconds=20)
"""How long the customer may correct the hand-over summary before it goes without an answer."""


class NotAllowed(Exception):
    """The action is not this person's to take, or not now; the message says what to do."""


@dataclass(frozen=True)
class Timing:
    """The waits of hand-over; tests shorten them."""

    offer: timedelta = timedelta(seconds=OFFER_SECONDS)
    lost_grace: timedelta = LOST_GRACE
    reload_grace: timedelta = timedelta(seconds=10)
    """A desk that closes may be one that is loaded anew: for so long nobody is told."""
    review: timedelta = REVIEW_WINDOW
    call_review: timedelta = timedelta(seconds=8)
    """The same wait in a call, where a caller would hear it as dead time."""
    line_grace: timedelta = timedelta(seconds=30)
    """A caller whose line was lost may come back into the same call for so long."""
    idle: timedelta = timedelta(minutes=30)
    """A customer silent for so long while the agent holds the conversation has left."""


@dataclass
class Centre:
    """The running contact centre as actions see it."""

    store: EventStore
    lists: Lists
    people: People
    desks: OpenDesks
    membership: Membership
    queue_snapshots: QueueSnapshots
    feed: Feed
    attendance: Attendance
    tokens: TokenHasher
    tenant: Tenant
    clock: Clock
    new_id: Callable[[str], str]
    """A fresh id with a prefix."""
    timing: Timing
    agent_slot: AgentSlot = field(default_factory=AgentSlot)
    _appending: set[asyncio.Future[Appended]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.feed.arrivals.append(self._arrived)

    def _arrived(self, message: Message) -> None:
        """Another process went on with a conversation: what is cached of it is old."""
        if isinstance(message, Appended):
            self.store.remember(message.state)
            self._owner_may_have_changed(message)

    async def append(self, before: State, events: Sequence[Event], *, claim: CapacityClaim | None = None) -> Appended:
        """Append, commit, publish. Raises what EventStore.append raises."""
        # Whoever asked may be gone by the time it is on disk; what is on disk must still be told.
        work = asyncio.ensure_future(self._append_and_publish(before, events, claim))
        self._appending.add(work)
        work.add_done_callback(self._appended)
        return await asyncio.shield(work)

    async def _append_and_publish(
        self, before: State, events: Sequence[Event], claim: CapacityClaim | None
    ) -> Appended:
        appended = await self.store.append(before, events, self.clock(), claim=claim)
        self.publish(appended)
        return appended

    def _appended(self, work: asyncio.Future[Appended]) -> None:
        self._appending.discard(work)
        if not work.cancelled():
            work.exception()  # seen by the caller, or by nobody who is still there

    def publish(self, appended: Appended) -> None:
        """Tell the conversation's screens and the desk."""
        self.feed.publish(appended.state.conversation_id, appended)
        self.feed.publish(DESK_TOPIC, appended)
        self._owner_may_have_changed(appended)

    def _owner_may_have_changed(self, appended: Appended) -> None:
        if any(isinstance(one.event, OWNER_EVENTS) for one in appended.events):
            self.queue_snapshots.forget()

    def crew_changed(self) -> None:
        """Presence, load or people changed: tell every desk and the dispatcher."""
        self.queue_snapshots.forget()
        self.feed.publish(DESK_TOPIC, CrewChanged())

    def signal(self, signal: ConversationSignal) -> None:
        """Tell who has the conversation open something fleeting."""
        self.feed.publish(signal.conversation_id, signal)

    async def change(
        self, conversation_id: str, decide: Callable[[State], Sequence[Event]], *, claim: CapacityClaim | None = None
    ) -> Appended:
        """Decide on the newest state and append; decide anew when the conversation moved on meanwhile.

        `decide` returns no events for "nothing to do", or raises NotAllowed. A cached state may be stale, so only a
        fresh one is trusted for either.
        """
        state = await self.store.load(conversation_id)
        for is_fresh in (False, *[True] * 8):
            try:
                events = decide(state)
                if events:
                    return await self.append(state, events, claim=claim)
                if is_fresh:
                    return Appended((), state)
            except (NotAllowed, IllegalEvent):
                if is_fresh:
                    raise
            except Moved:
                pass
            state = await self.store.reload(conversation_id)
        raise Moved(conversation_id)


def waiting_item(state: State, now: datetime, own_language: str, *, is_absent: bool = False) -> WaitingItem:
    """A waiting conversation as routing sees it; `own_language` is the centre's."""
    return WaitingItem(
        conversation_id=state.conversation_id,
        queue=state.owner.queue or "",
        skills=state.owner.skills,
        priority=state.owner.priority,
        queued_at=state.owner.queued_at or now,
        ready_at=state.owner.ready_at or now,
        refusals=tuple(Refused(one.operator_id, one.count, one.at) for one in state.owner.refusals),
        is_offered=state.owner.offer is not None,
        is_absent=is_absent,
        language=state.talk.language if state.talk.language != own_language else "",
    )
