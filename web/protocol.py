"""The websocket messages, version 1: what a browser may send and what it receives.

Text frames of JSON, one message a frame. docs/reference/websocket-protocol.md is written from these models.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

PROTOCOL_VERSION = 1
MAX_TEXT = 4_000
"""Characters of one message; longer ones are refused with `too_long`, the draft stays with the sender."""
MAX_FRAME_BYTES = 65_536
MAX_SEQ = 2**31 - 1
HEARTBEAT_SECONDS = 20
"""The server sends `heartbeat` this often; a client that hears nothing for twice as long reconnects."""

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Text = Annotated[str, Field(min_length=1)]


class Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------- customer to server, /ws/chat


class ChatHello(Message):
    """First message of every chat socket, answered with `welcome`. Without `conversation_id` a new one starts."""

    type: Literal["hello"]
    v: Literal[1]
    conversation_id: Id | None = None
    token: Annotated[str, Field(max_length=128)] | None = None
    """The secret from the first `welcome`; proves the conversation is this browser's."""
    last_seq: Annotated[int, Field(ge=0, le=MAX_SEQ)] = 0
    """Newest sequence number the page has; it gets what came after."""
    wants_person: bool = False
    """Ask for a person from the start."""
    name: Annotated[str, Field(max_length=120)] | None = None
    page: Annotated[str, Field(max_length=500)] = ""
    pre_chat: dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=500)]] = Field(
        default_factory=dict, max_length=10
    )
    """Values the embedding page knows, by name."""


class ChatSay(Message):
    """The customer's message, answered with `ack` once on disk. Sending the same `client_id` again is harmless."""

    type: Literal["say"]
    client_id: Id
    text: Text


class ChatTyping(Message):
    type: Literal["typing"]
    is_typing: bool


class ChatRead(Message):
    """The customer has seen everything up to `seq`."""

    type: Literal["read"]
    seq: Annotated[int, Field(ge=0, le=MAX_SEQ)]


class ChatConfirm(Message):
    """The hand-over summary is right: pass it on now."""

    type: Literal["confirm_handover"]


class ChatEnd(Message):
    """The customer ends the conversation."""

    type: Literal["end"]


FromCustomer = Annotated[
    ChatHello | ChatSay | ChatTyping | ChatRead | ChatConfirm | ChatEnd, Field(discriminator="type")
]
from_customer: TypeAdapter[ChatHello | ChatSay | ChatTyping | ChatRead | ChatConfirm | ChatEnd] = TypeAdapter(
    FromCustomer
)


# ---------------------------------------------------------------- server to customer


class EventOut(Message):
    """One event. `data` is the event as docs/reference/events.md describes it, its `kind` inside."""

    type: Literal["event"] = "event"
    conversation_id: str
    seq: int
    at: datetime
    data: dict[str, Any]


class Welcome(Message):
    """The conversation as it stands: `stage` plus the events after `last_seq`."""

    type: Literal["welcome"] = "welcome"
    v: Literal[1] = 1
    conversation_id: str
    token: str | None
    """Present once, when the conversation starts."""
    seq: int
    stage: str
    agent_name: str
    brand: str
    events: list[EventOut]
    waiting: "WaitingOut | None" = None
    max_text: int = MAX_TEXT
    heartbeat_seconds: int = HEARTBEAT_SECONDS


class Ack(Message):
    """The message is on disk."""

    type: Literal["ack"] = "ack"
    client_id: str
    seq: int


class StageOut(Message):
    """Who has the conversation now."""

    type: Literal["stage"] = "stage"
    conversation_id: str
    stage: str
    operator_name: str | None = None
    seq: int


class WaitingOut(Message):
    """The customer's place in the queue."""

    type: Literal["waiting"] = "waiting"
    position: int
    """1 is next."""
    estimate_seconds: int | None
    """None when no honest estimate exists (nobody on duty)."""
    is_confirmed: bool
    ready_at: datetime | None = None
    """Until then the summary may be corrected before it goes."""


class TypingOut(Message):
    type: Literal["typing"] = "typing"
    conversation_id: str
    who: Literal["customer", "agent", "operator"]
    name: str = ""
    is_typing: bool


class ReadOut(Message):
    """The other side has seen everything up to `seq`."""

    type: Literal["read"] = "read"
    conversation_id: str
    who: Literal["customer", "operator"]
    seq: int


class ErrorOut(Message):
    """What went wrong, in words for people, and whether trying again can help."""

    type: Literal["error"] = "error"
    code: Literal[
        "bad_json",
        "unknown_message",
        "too_long",
        "too_large",
        "too_fast",
        "not_welcome",
        "not_yours",
        "conversation_closed",
        "conflict",
        "unavailable",
        "not_allowed",
    ]
    message: str
    client_id: str | None = None
    """The message concerned, when it had one."""
    retry_after_seconds: float | None = None


class Heartbeat(Message):
    type: Literal["heartbeat"] = "heartbeat"
    now: datetime


# ---------------------------------------------------------------- operator or supervisor to server, /ws/desk


class DeskHello(Message):
    """First message of every desk socket, answered with `desk`. POST /api/ticket gives the ticket: one use, 30 s."""

    type: Literal["hello"]
    v: Literal[1]
    ticket: Annotated[str, Field(max_length=128)]


class SetPresence(Message):
    type: Literal["presence"]
    presence: Literal["available", "busy", "away", "offline"]


class Accept(Message):
    type: Literal["accept"]
    conversation_id: Id
    offer_id: Id
    greet: bool = False
    """Also send "I have your details, no need to repeat"."""


class Decline(Message):
    type: Literal["decline"]
    conversation_id: Id
    offer_id: Id


class Pick(Message):
    """Take a waiting conversation out of turn."""

    type: Literal["pick"]
    conversation_id: Id


class Open(Message):
    """Follow a conversation: answered with `conversation`, then its events as they come."""

    type: Literal["open"]
    conversation_id: Id
    last_seq: Annotated[int, Field(ge=0, le=MAX_SEQ)] = 0


class Shut(Message):
    """Stop following a conversation."""

    type: Literal["shut"]
    conversation_id: Id


class DeskSay(Message):
    type: Literal["say"]
    conversation_id: Id
    client_id: Id
    text: Text


class Note(Message):
    """A private note; answered with `ack`."""

    type: Literal["note"]
    conversation_id: Id
    client_id: Id
    text: Text


class DeskTyping(Message):
    type: Literal["typing"]
    conversation_id: Id
    is_typing: bool


class DeskRead(Message):
    type: Literal["read"]
    conversation_id: Id
    seq: Annotated[int, Field(ge=0, le=MAX_SEQ)]


class HandBack(Message):
    """Give the conversation back to the agent; `note` says what changed."""

    type: Literal["hand_back"]
    conversation_id: Id
    note: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class Transfer(Message):
    type: Literal["transfer"]
    conversation_id: Id
    queue: Id
    note: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class Release(Message):
    """Back to the queue at its old place."""

    type: Literal["release"]
    conversation_id: Id


class DeskEnd(Message):
    type: Literal["end"]
    conversation_id: Id


class WrapUp(Message):
    type: Literal["wrap_up"]
    conversation_id: Id
    disposition: Id
    summary: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class TakeCallback(Message):
    type: Literal["callback"]
    callback_id: Id
    status: Literal["taken", "done", "cancelled"]
    outcome: Annotated[str, Field(max_length=MAX_TEXT)] = ""


FromDesk = Annotated[
    DeskHello
    | SetPresence
    | Accept
    | Decline
    | Pick
    | Open
    | Shut
    | DeskSay
    | Note
    | DeskTyping
    | DeskRead
    | HandBack
    | Transfer
    | Release
    | DeskEnd
    | WrapUp
    | TakeCallback,
    Field(discriminator="type"),
]
from_desk: TypeAdapter[FromDesk] = TypeAdapter(FromDesk)


# ---------------------------------------------------------------- server to operator or supervisor


class WorkItem(Message):
    """A conversation in a list."""

    conversation_id: str
    stage: str
    channel: str
    seq: int
    customer: str
    is_verified: bool
    queue: str | None
    intent: str
    headline: str
    reason: str | None
    priority: int
    started_at: datetime
    queued_at: datetime | None
    last_at: datetime
    last_text: str
    last_speaker: str
    operator_id: str | None
    operator_name: str | None
    mood: int
    mood_trend: int
    is_customer_online: bool


class OfferOut(Message):
    """A conversation offered to this operator: a toast with a countdown."""

    type: Literal["offer"] = "offer"
    offer_id: str
    expires_at: datetime
    offer_seconds: int
    item: WorkItem
    card: dict[str, Any]


class OfferGone(Message):
    type: Literal["offer_gone"] = "offer_gone"
    offer_id: str
    why: Literal["accepted", "expired", "withdrawn"]
    """`expired` also for one this operator declined."""


class OperatorOut(Message):
    operator_id: str
    name: str
    role: str
    presence: str
    presence_set_by: str
    presence_at: datetime
    load: int
    capacity: int
    skills: dict[str, int]
    queues: list[str]


class CallbackOut(Message):
    callback_id: str
    conversation_id: str
    name: str
    phone: str
    wanted_when: str
    about: str
    queue: str
    status: str
    operator_id: str | None
    created_at: datetime


class QueueOut(Message):
    queue_id: str
    name: str
    is_open: bool
    waiting: int
    longest_wait_since: datetime | None
    on_duty: int


class QuickReply(Message):
    id: str
    shortcut: str
    title: str
    text: str


class Disposition(Message):
    id: str
    name: str
    category: str


class DeskOut(Message):
    """The whole desk: sent after `hello` and again whenever the client fell behind."""

    type: Literal["desk"] = "desk"
    v: Literal[1] = 1
    me: OperatorOut
    now: datetime
    operators: list[OperatorOut]
    queues: list[QueueOut]
    work: list[WorkItem]
    """Mine: active, lost and in wrap-up."""
    waiting: list[WorkItem]
    live: list[WorkItem]
    """Every live conversation; empty for operators."""
    callbacks: list[CallbackOut]
    offers: list[OfferOut]
    quick_replies: list[QuickReply]
    dispositions: list[Disposition]
    brand: str
    agent_name: str
    heartbeat_seconds: int = HEARTBEAT_SECONDS
    max_text: int = MAX_TEXT


class ItemOut(Message):
    """One conversation changed; the client puts it into the lists its stage and owner belong to."""

    type: Literal["item"] = "item"
    item: WorkItem


class PeopleOut(Message):
    """Presence and load changed."""

    type: Literal["people"] = "people"
    operators: list[OperatorOut]
    queues: list[QueueOut]


class CallbacksOut(Message):
    type: Literal["callbacks"] = "callbacks"
    callbacks: list[CallbackOut]


class ConversationOut(Message):
    """A followed conversation: state, card and the events after `last_seq`; `event` messages follow."""

    type: Literal["conversation"] = "conversation"
    item: WorkItem
    card: dict[str, Any] | None
    """The hand-over card, if it was handed over."""
    record: dict[str, Any] | None
    """The CRM record of the identified customer: customer, policies, cases, leads."""
    suggestions: list[str]
    viewers: list[str]
    """Names of colleagues who have it open, so that nobody works on it unknowingly together."""
    events: list[EventOut]


class ViewersOut(Message):
    """Who else has a followed conversation open."""

    type: Literal["viewers"] = "viewers"
    conversation_id: str
    viewers: list[str]


Welcome.model_rebuild()
