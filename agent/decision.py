"""What the agent may decide, as values. Control is a type, never hidden in text."""

from dataclasses import dataclass

from conversation import ClosureReason, EscalationReason
from conversation.events import Event, Source
from json_object import JsonObject


@dataclass(frozen=True)
class Say:
    """One line for the customer."""

    text: str
    sources: tuple[Source, ...] = ()
    choices: tuple[str, ...] = ()
    question: str = ""
    """The customer's question when the text quotes passages: a language model may put the quote into a sentence."""


@dataclass(frozen=True)
class Reply:
    """Say something and wait."""

    says: tuple[Say, ...]
    notes: tuple[Event, ...] = ()
    """What was learnt on the way: slots, topics, the question now open."""


@dataclass(frozen=True)
class Clarify:
    """Ask which of a few things is meant."""

    says: tuple[Say, ...]
    notes: tuple[Event, ...] = ()


@dataclass(frozen=True)
class UseTool:
    """Run a tool, then decide again with its result in the state."""

    tool: str
    arguments: JsonObject
    notes: tuple[Event, ...] = ()
    step: str = ""
    """Place of the step that uses it."""
    inputs: str = ""
    """Digest of the arguments."""
    says: tuple[Say, ...] = ()
    """What was already to be said before it."""


@dataclass(frozen=True)
class HandOff:
    """Give the conversation to a person."""

    reason: EscalationReason
    is_requested: bool = False
    intent: str | None = None
    """Whose queue and skills; None: the current topic's, else the first queue."""
    queue: str | None = None
    """The queue, whatever the intent's is."""
    urgent: str = ""
    """Why it is urgent, for the operator; empty for an ordinary one."""
    says: tuple[Say, ...] = ()
    notes: tuple[Event, ...] = ()
    extra_priority: int = 0


@dataclass(frozen=True)
class AdjustHandOff:
    """While waiting for a person: correct, confirm or withdraw what will be passed on."""

    says: tuple[Say, ...] = ()
    notes: tuple[Event, ...] = ()
    customer_note: str = ""
    extra_priority: int = 0
    is_confirmed: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Close:
    """End the conversation."""

    reason: ClosureReason
    says: tuple[Say, ...] = ()
    notes: tuple[Event, ...] = ()


Decision = Reply | Clarify | UseTool | HandOff | AdjustHandOff | Close
