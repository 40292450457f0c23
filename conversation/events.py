"""Everything that can happen to a conversation, one frozen dataclass per fact.

An event is recorded once, with a sequence number and a time, and never changed. `kind` names the event on the wire
and in the table; renaming one is a migration.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from conversation.call_events import (
    AgentHeard,
    CallEnded,
    CallEvent,
    CallStarted,
    HoldChanged,
    OperatorChanged,
    RecordingChanged,
    Spoken,
)
from conversation.handover import HandoverContext
from conversation.words import (
    Assurance,
    CallbackStatus,
    Channel,
    ClosureReason,
    QuestionKind,
    RequeueReason,
    TopicOutcome,
)


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
class Question:
    """What the agent waits for."""

    kind: QuestionKind
    slot: str | None = None
    """The attribute asked for, with kind `slot`."""
    options: tuple[str, ...] = ()
    """Intent ids with kind `clarify`; words the customer may press otherwise."""
    attempt: int = 1
    """1 for the first time it is asked."""


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
class IntentRecognised:
    intent: str
    name: str
    group: str
    confidence: float
    zone: str
    alternatives: tuple[str, ...]
    said_seq: int
    model_version: int
    kind: Literal["intent_recognised"] = "intent_recognised"


@dataclass(frozen=True)
class UtteranceUnmatched:
    """The customer said something no intent covers: raw material for discovery."""

    said_seq: int
    nearest: str
    score: float
    text: str = ""
    """What was said, personal data masked; empty in old records."""
    line_of_business: str = ""
    """That of the nearest intent."""
    is_doubtful: bool = False
    """The agent asks which of a few intents is meant: unmatched unless the customer says so."""
    kind: Literal["utterance_unmatched"] = "utterance_unmatched"


@dataclass(frozen=True)
class MoodNoted:
    said_seq: int
    level: int
    """-3 very negative to 3 very positive, of this turn alone."""
    kind: Literal["mood_noted"] = "mood_noted"


@dataclass(frozen=True)
class TurnUnderstood:
    """What the agent took a turn to mean, as commands: the first half of "why did it say that?"."""

    said_seq: int
    commands: tuple[str, ...]
    """One each, for people and tools: "start claim_status 0.93", "set policy_number", never a value."""
    kind: Literal["turn_understood"] = "turn_understood"


@dataclass(frozen=True)
class LanguageNoticed:
    """The customer writes another language than the conversation was in."""

    language: str
    """ISO 639-1."""
    kind: Literal["language_noticed"] = "language_noticed"


@dataclass(frozen=True)
class TopicOpened:
    intent: str
    name: str
    said_seq: int
    words: str = ""
    """What the customer said when it was opened, personal secrets masked; records are picked by it."""
    procedure: str = ""
    """Which procedure carries it out, as id and version; empty in old records."""
    kind: Literal["topic_opened"] = "topic_opened"


@dataclass(frozen=True)
class StepDone:
    """A step of a procedure that is not to be done again while its inputs stay the same."""

    intent: str
    """The topic it belongs to."""
    step: str
    """Its place in the procedure, for example "3.then.1"."""
    inputs: str
    """What it was done with, as a digest; another digest means it has to be done again."""
    result: dict[str, Any] | None = None
    """What a tool gave, as JSON; None for a step without one."""
    kind: Literal["step_done"] = "step_done"


@dataclass(frozen=True)
class TopicClosed:
    intent: str
    outcome: TopicOutcome
    kind: Literal["topic_closed"] = "topic_closed"


@dataclass(frozen=True)
class SlotFilled:
    name: str
    label: str
    value: str
    said_seq: int
    is_correction: bool = False
    topic: str = ""
    """The topic it belongs to; empty for what is true of the customer whatever the topic."""
    kind: Literal["slot_filled"] = "slot_filled"


@dataclass(frozen=True)
class SlotCleared:
    name: str
    topic: str = ""
    kind: Literal["slot_cleared"] = "slot_cleared"


@dataclass(frozen=True)
class QuestionAsked:
    question: Question | None
    """None: nothing is awaited any more."""
    kind: Literal["question_asked"] = "question_asked"


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
class HandOffRequested:
    context: HandoverContext
    queue: str
    skills: tuple[str, ...]
    priority: int
    """0 to 10,000; higher goes first."""
    ready_at: datetime
    """Offers start then: until it the customer may correct the summary. The place in the queue counts from now."""
    kind: Literal["hand_off_requested"] = "hand_off_requested"


@dataclass(frozen=True)
class HandoverCorrected:
    """The customer changed what will be passed on."""

    context: HandoverContext
    ready_at: datetime
    priority: int | None = None
    """Where it is more urgent than it was."""
    is_refreshed: bool = False
    """What was learnt meanwhile was put on the card; there is nothing for the customer to confirm again."""
    kind: Literal["handover_corrected"] = "handover_corrected"


@dataclass(frozen=True)
class HandoverConfirmed:
    kind: Literal["handover_confirmed"] = "handover_confirmed"


@dataclass(frozen=True)
class HandOffWithdrawn:
    """The customer went back to the agent while waiting."""

    kind: Literal["hand_off_withdrawn"] = "hand_off_withdrawn"


@dataclass(frozen=True)
class Offered:
    offer_id: str
    operator_id: str
    operator_name: str
    expires_at: datetime
    kind: Literal["offered"] = "offered"


@dataclass(frozen=True)
class OfferAccepted:
    offer_id: str
    operator_id: str
    operator_name: str
    kind: Literal["offer_accepted"] = "offer_accepted"


@dataclass(frozen=True)
class Requeued:
    """Back in the queue, at the old place unless the reason is a transfer."""

    reason: RequeueReason
    operator_id: str
    note: str = ""
    queue: str | None = None
    """The new queue with a transfer, else None."""
    colleague: str | None = None
    """Name of the colleague it is passed straight to, else None."""
    kind: Literal["requeued"] = "requeued"


@dataclass(frozen=True)
class OperatorLost:
    operator_id: str
    until: datetime
    """Restored silently before then, back to the queue after."""
    kind: Literal["operator_lost"] = "operator_lost"


@dataclass(frozen=True)
class OperatorRestored:
    operator_id: str
    kind: Literal["operator_restored"] = "operator_restored"


@dataclass(frozen=True)
class HandedBack:
    """The operator gave the conversation back to the agent."""

    operator_id: str
    note: str
    kind: Literal["handed_back"] = "handed_back"


@dataclass(frozen=True)
class NoteAdded:
    """A private note: never shown to the customer."""

    operator_id: str
    name: str
    text: str
    client_id: str
    kind: Literal["note_added"] = "note_added"


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


@dataclass(frozen=True)
class Ended:
    by: Literal["customer", "agent", "operator", "supervisor", "system"]
    reason: ClosureReason
    kind: Literal["ended"] = "ended"


@dataclass(frozen=True)
class WrappedUp:
    operator_id: str
    disposition: str
    summary: str
    kind: Literal["wrapped_up"] = "wrapped_up"


Event = (
    ConversationStarted
    | CustomerSaid
    | AgentSaid
    | OperatorSaid
    | Notice
    | IntentRecognised
    | UtteranceUnmatched
    | MoodNoted
    | TurnUnderstood
    | LanguageNoticed
    | TopicOpened
    | StepDone
    | TopicClosed
    | SlotFilled
    | SlotCleared
    | QuestionAsked
    | IdentityChecked
    | ToolUsed
    | HandOffRequested
    | HandoverCorrected
    | HandoverConfirmed
    | HandOffWithdrawn
    | Offered
    | OfferAccepted
    | Requeued
    | OperatorLost
    | OperatorRestored
    | HandedBack
    | NoteAdded
    | CallbackRequested
    | CallbackUpdated
    | Ended
    | WrappedUp
    | CallEvent
)

OwnerEvent = (
    HandOffRequested
    | HandoverCorrected
    | HandOffWithdrawn
    | Offered
    | OfferAccepted
    | Requeued
    | OperatorLost
    | OperatorRestored
    | HandedBack
    | OperatorChanged
    | Ended
    | WrappedUp
)
"""The events that say who has the conversation."""

OWNER_EVENTS = get_args(OwnerEvent)


@dataclass(frozen=True)
class Recorded:
    """An event at its place in a conversation."""

    conversation_id: str
    seq: int
    """1 for the first event; no gaps."""
    at: datetime
    event: Event


CUSTOMER_VISIBLE = (
    CustomerSaid,
    AgentSaid,
    OperatorSaid,
    Notice,
    HandoverConfirmed,
    Ended,
    CallStarted,
    CallEnded,
    AgentHeard,
    HoldChanged,
    RecordingChanged,
)
"""What the customer's screen receives; all else stays on our side."""
