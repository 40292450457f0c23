"""The websocket messages, version 1: what a browser may send and what it receives.

Text frames of JSON, one message a frame. docs/reference/websocket-protocol.md is written from these models.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from conversation.plain_text import plain, plain_line

PROTOCOL_VERSION = 1
MAX_TEXT = 4_000
"""Characters of one message; longer ones are refused with `too_long`, the draft stays with the sender."""
MAX_FRAME_BYTES = 65_536
MAX_SEQ = 2**31 - 1
HEARTBEAT_SECONDS = 20
"""The server sends `heartbeat` this often; a client that hears nothing for twice as long reconnects."""

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


def _written(text: str) -> str:
    if not (kept := plain(text)):
        raise ValueError("there is nothing in it")
    return kept


Text = Annotated[str, Field(min_length=1), AfterValidator(_written)]
Line = Annotated[str, AfterValidator(plain_line)]
"""A name, a page: one line."""


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
    name: Annotated[Line, Field(max_length=120)] | None = None
    page: Annotated[Line, Field(max_length=500)] = ""
    pre_chat: dict[Annotated[Line, Field(max_length=60)], Annotated[Line, Field(max_length=500)]] = Field(
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


Welcome.model_rebuild()
