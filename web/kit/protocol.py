"""What every socket speaks: its limits, and the messages both sides of the house share.

Text frames of JSON, one message a frame. docs/reference/websocket-protocol.md is written from these models.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from conversation import plain, plain_line
from conversation.events import Event, Recorded

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


EventData = Annotated[Event, Field(discriminator="kind")]


class EventOut(Message):
    """One event. `data` is one of docs/reference/events.md, its `kind` inside."""

    type: Literal["event"] = "event"
    conversation_id: str
    seq: int
    at: datetime
    data: EventData


class Ack(Message):
    """The message is on disk."""

    type: Literal["ack"] = "ack"
    client_id: str
    seq: int


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


def event_out(recorded: Recorded) -> EventOut:
    """An event as the wire carries it."""
    return EventOut(
        conversation_id=recorded.conversation_id,
        seq=recorded.seq,
        at=recorded.at,
        data=recorded.event,
    )
