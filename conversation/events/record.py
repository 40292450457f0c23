"""What was looked up or done about the customer: identity, tools, callbacks."""

from dataclasses import dataclass
from typing import Any, Literal

from conversation.words import Assurance, CallbackStatus


@dataclass(frozen=True)
class IdentityChecked:
    is_ok: bool
    assurance: Assurance
    method: str
    customer_id: str | None = None
    name: str | None = None
    checked: tuple[tuple[str, str], ...] = ()
    """What was compared with the record, by slot name and value."""
    kind: Literal["identity_checked"] = "identity_checked"


@dataclass(frozen=True)
class ToolUsed:
    tool: str
    is_ok: bool
    summary: str
    """One customer-safe sentence of what came of it."""
    result: dict[str, Any]
    """The typed result as JSON; only what this customer may see."""
    was_told: bool = True
    """False for a step the customer is not told of, such as the identity check."""
    kind: Literal["tool_used"] = "tool_used"


@dataclass(frozen=True)
class CallbackRequested:
    callback_id: str
    phone: str
    when: str
    about: str
    queue: str
    name: str = ""
    due: str = ""
    """The day, and the hour where one was named, in the tenant's time: "2026-11-30T09:00" or "2026-11-30"."""
    kind: Literal["callback_requested"] = "callback_requested"


@dataclass(frozen=True)
class CallbackUpdated:
    callback_id: str
    status: CallbackStatus
    operator_id: str
    outcome: str = ""
    kind: Literal["callback_updated"] = "callback_updated"


RecordEvent = IdentityChecked | ToolUsed | CallbackRequested | CallbackUpdated
