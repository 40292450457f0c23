"""What crosses between processes, as bytes: who sends it, and a message of the feed."""

import json
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from conversation import (
    AccessEnded,
    Appended,
    CrewChanged,
    CustomerOnline,
    Message,
    SeenUpTo,
    Signal,
    SourceSpent,
    TypingChanged,
    ViewersChanged,
)
from storage.conversation import event_to_json, recorded_from_row, state_from_json, state_to_json

MOST_BYTES = 900_000
"""A NATS server takes a megabyte; what is larger is only announced."""

_SIGNALS = (TypingChanged, SeenUpTo, ViewersChanged, CustomerOnline, CrewChanged, AccessEnded, SourceSpent)
_ADAPTERS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in _SIGNALS}


class Unreadable(Exception):
    """Another version's message, or nobody's."""


def to_bytes(process: str, topic: str, message: Message | None) -> bytes:
    """`message` None: something was missed in `topic`; in all of them where that is empty."""
    head: dict[str, object] = {"process": process, "topic": topic}
    match message:
        case None:
            pass
        case Appended(events=events, state=state):
            rows = [(one.seq, one.at.isoformat(), event_to_json(one.event)) for one in events]
            head |= {"events": rows, "state": state_to_json(state)}
        case _:
            kind = type(message).__name__
            head |= {"signal": kind, "data": _ADAPTERS[kind].dump_python(message, mode="json")}
    encoded = json.dumps(head, separators=(",", ":")).encode()
    return encoded if len(encoded) <= MOST_BYTES else to_bytes(process, topic, None)


def from_bytes(data: bytes) -> tuple[str, str, Message | None]:
    """Process, topic and message. Raises Unreadable."""
    try:
        found = json.loads(data)
        process, topic = str(found["process"]), str(found["topic"])
        if "state" in found:
            events = tuple(
                recorded_from_row(topic, seq, datetime.fromisoformat(at), event) for seq, at, event in found["events"]
            )
            return process, topic, Appended(events, state_from_json(found["state"]), is_from_elsewhere=True)
        if "signal" in found:
            signal: Signal = _ADAPTERS[found["signal"]].validate_python(found["data"])
            return process, topic, signal
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise Unreadable from error
    return process, topic, None
