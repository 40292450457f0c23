"""Where a conversation stands: the small, bounded value its events fold to.

It never holds the transcript, so a turn costs the same in a long conversation as in a short one. Lists keep their
newest `KEPT` entries; the events keep all.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversation.events import Fact, Question, ToolUsed
from conversation.handover import (
    ActionTaken,
    ArticleShown,
    HandoverContext,
    Identity,
    IntentSeen,
    QuotedTurn,
    ShownFact,
)
from conversation.words import (
    HUMAN_STAGES,
    LIVE_STAGES,
    WAITING_STAGES,
    CallbackStatus,
    Channel,
    ConsultStatus,
    Stage,
)

KEPT = 12
"""Newest entries kept of each list in the state."""

MOOD_WINDOW = 6
"""Customer turns the mood is averaged over (contact-centre.md 1.F: the last six customer messages)."""

SLOTS_KEPT = 40
"""Newest values kept, of the customer and of all topics."""

STEPS_KEPT = 60
"""Newest steps kept of one topic; a procedure that does more is handed to a person before."""

TURNS_KEPT = 6
"""Newest turns kept word for word."""

CLIENT_IDS_KEPT = 64
"""Message ids remembered to drop repeats; more than a client may have unacknowledged."""


@dataclass(frozen=True)
class Slot:
    name: str
    label: str
    value: str
    said_seq: int
    topic: str = ""
    """The topic it belongs to; empty for what is true of the customer whatever the topic."""


@dataclass(frozen=True)
class Step:
    """A step of a procedure that was done."""

    step: str
    inputs: str
    result: dict[str, Any] | None


@dataclass(frozen=True)
class Topic:
    """One goal being worked on: a frame of the procedure that serves it."""

    intent: str
    name: str
    said_seq: int
    words: str = ""
    """What the customer said when it was opened."""
    procedure: str = ""
    """Which procedure carries it out, as id and version; empty in old records."""
    steps: tuple[Step, ...] = ()
    """Done so far; each step once, with its newest inputs."""

    def step(self, place: str) -> Step | None:
        return next((one for one in self.steps if one.step == place), None)


@dataclass(frozen=True)
class Offer:
    offer_id: str
    operator_id: str
    operator_name: str
    expires_at: datetime


@dataclass(frozen=True)
class PassedOn:
    """Who passed the conversation on, and what they want the next operator to know."""

    operator_id: str
    operator_name: str
    note: str


@dataclass(frozen=True)
class Refusal:
    """An operator declined this conversation, or let its offer run out."""

    operator_id: str
    count: int
    at: datetime


@dataclass(frozen=True)
class Callback:
    callback_id: str
    phone: str
    when: str
    status: CallbackStatus
    operator_id: str | None = None
    """Who took it."""


@dataclass(frozen=True)
class Consult:
    """A colleague asked into the call."""

    operator_id: str
    operator_name: str
    by: str
    """Id of the operator who asked."""
    note: str
    status: ConsultStatus


@dataclass(frozen=True)
class Call:
    """The open voice call of a conversation."""

    call_id: str
    since: datetime
    is_recording: bool
    is_held: bool = False
    consult: Consult | None = None


@dataclass(frozen=True)
class Talk:
    """Who speaks with us, and the newest of what was said."""

    channel: Channel = Channel.CHAT
    language: str = "en"
    device: str = ""
    pre_chat: tuple[Fact, ...] = ()
    started_at: datetime | None = None
    last_at: datetime | None = None
    """Time of the newest event."""
    last_customer_at: datetime | None = None
    last_turns: tuple[QuotedTurn, ...] = ()
    last_agent_text: str = ""
    client_ids: tuple[str, ...] = ()
    """Message ids seen, to drop repeats."""


@dataclass(frozen=True)
class Dialogue:
    """What the agent understood, works on and waits for."""

    topics: tuple[Topic, ...] = ()
    """Open topics, the current one last."""
    declined: tuple[str, ...] = ()
    """Intents whose topic the customer gave up or refused, until they are wished again."""
    slots: tuple[Slot, ...] = ()
    question: Question | None = None
    misses: int = 0
    """Turns in a row the agent could not use."""
    unmatched: int = 0
    """Turns in a row no intent covered."""
    intents: tuple[IntentSeen, ...] = ()
    moods: tuple[int, ...] = ()


@dataclass(frozen=True)
class Record:
    """What was looked up, told or done about the customer."""

    identity: Identity = field(default_factory=Identity)
    last_tool: ToolUsed | None = None
    facts: tuple[ShownFact, ...] = ()
    actions: tuple[ActionTaken, ...] = ()
    articles: tuple[ArticleShown, ...] = ()
    callbacks: tuple[Callback, ...] = ()


@dataclass(frozen=True)
class Owner:
    """Who has the conversation, and the way there."""

    stage: Stage = Stage.AGENT
    handover: HandoverContext | None = None
    is_handover_confirmed: bool = False
    """The customer has said that the summary is right, or an operator has it: there is nothing left to ask."""
    queue: str | None = None
    skills: tuple[str, ...] = ()
    priority: int = 0
    queued_at: datetime | None = None
    """The place in the queue; kept when an offer fails or an operator is lost."""
    ready_at: datetime | None = None
    offer: Offer | None = None
    refusals: tuple[Refusal, ...] = ()
    passed_on: PassedOn | None = None
    """Until the next operator takes it."""
    operator_id: str | None = None
    operator_name: str | None = None
    lost_until: datetime | None = None
    transfers: int = 0
    accepted_at: datetime | None = None
    """When a person first took it."""
    ended_at: datetime | None = None
    ended_by: str | None = None
    disposition: str | None = None

    @property
    def is_with_human(self) -> bool:
        return self.stage in HUMAN_STAGES


@dataclass(frozen=True)
class State:
    """The folded conversation; `seq` says after which event. One sub-value a family of events."""

    conversation_id: str
    seq: int = 0
    talk: Talk = field(default_factory=Talk)
    dialogue: Dialogue = field(default_factory=Dialogue)
    record: Record = field(default_factory=Record)
    owner: Owner = field(default_factory=Owner)
    call: Call | None = None
    """The voice call that is open now."""

    @property
    def is_live(self) -> bool:
        """True until someone ends it: a live conversation always has an owner."""
        return self.owner.stage in LIVE_STAGES

    @property
    def is_with_human(self) -> bool:
        return self.owner.is_with_human

    @property
    def is_waiting(self) -> bool:
        return self.owner.stage in WAITING_STAGES

    @property
    def topic(self) -> Topic | None:
        """The topic being worked on."""
        return self.dialogue.topics[-1] if self.dialogue.topics else None

    def slot(self, name: str) -> Slot | None:
        """The current topic's value of that name, else the customer's own; never another topic's."""
        own = self.topic.intent if self.topic else ""
        return next(
            (
                slot
                for scope in dict.fromkeys((own, ""))
                for slot in self.dialogue.slots
                if (slot.name, slot.topic) == (name, scope)
            ),
            None,
        )

    def value(self, name: str) -> str | None:
        found = self.slot(name)
        return found.value if found else None
