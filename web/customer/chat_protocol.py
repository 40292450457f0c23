"""The websocket messages, version 1: what a browser may send and what it receives.

Text frames of JSON, one message a frame. docs/reference/websocket-protocol.md is written from these models.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from web.kit.protocol import HEARTBEAT_SECONDS, MAX_SEQ, MAX_TEXT, EventOut, Id, Line, Message, Text

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


Welcome.model_rebuild()
