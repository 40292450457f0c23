"""What is said, and by whom."""

from dataclasses import dataclass
from typing import Any, Literal

from conversation.words import Channel


@dataclass(frozen=True)
class Spoken:
    """Where in a call something was said."""

    call_id: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Fact:
    """A value known before the conversation began, for example from a pre-chat form."""

    name: str
    value: str
    description: str = ""


@dataclass(frozen=True)
class Source:
    """The approved text a sentence comes from."""

    article_id: str
    title: str
    section: str = ""


@dataclass(frozen=True)
class ConversationStarted:
    channel: Channel
    language: str
    pre_chat: tuple[Fact, ...] = ()
    device: str = ""
    page: str = ""
    kind: Literal["conversation_started"] = "conversation_started"


@dataclass(frozen=True)
class CustomerSaid:
    text: str
    client_id: str
    """The customer's own id of the message; a repeat of it is not recorded twice."""
    voice: Spoken | None = None
    """Where in the call it was said; None when it was typed."""
    kind: Literal["customer_said"] = "customer_said"


@dataclass(frozen=True)
class AgentSaid:
    text: str
    sources: tuple[Source, ...] = ()
    choices: tuple[str, ...] = ()
    """Answers the customer can press instead of typing."""
    card: dict[str, Any] | None = None
    """A structured part beside the text, for example the hand-over summary; JSON."""
    quote: str = ""
    """The approved words the text was put together from, when a language model worded it."""
    kind: Literal["agent_said"] = "agent_said"


@dataclass(frozen=True)
class OperatorSaid:
    operator_id: str
    name: str
    text: str
    client_id: str
    voice: Spoken | None = None
    """Where in the call it was said; None when it was typed."""
    kind: Literal["operator_said"] = "operator_said"


@dataclass(frozen=True)
class Notice:
    """A line both sides see that nobody said: "Maya has joined"."""

    code: str
    text: str
    kind: Literal["notice"] = "notice"


@dataclass(frozen=True)
class NoteAdded:
    """A private note: never shown to the customer."""

    operator_id: str
    name: str
    text: str
    client_id: str
    kind: Literal["note_added"] = "note_added"


TalkEvent = ConversationStarted | CustomerSaid | AgentSaid | OperatorSaid | Notice | NoteAdded
