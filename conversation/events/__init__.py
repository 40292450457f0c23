"""Everything that can happen to a conversation, one frozen dataclass per fact, in families.

    talk            what is said              understanding   what it was taken to mean, and the open topics
    record          identity, tools, callbacks   ownership     who has the conversation
    call            the voice call

An event is recorded once, with a sequence number and a time, and never changed. `kind` names the event on the wire
and in the table; renaming one is a migration. What each means for the state: the family of that name in
`conversation.fold`.
"""

from dataclasses import dataclass
from datetime import datetime

from conversation.events.call import (
    AgentHeard,
    CallEnded,
    CallEvent,
    CallStarted,
    ConsultAnswered,
    ConsultAsked,
    ConsultEnded,
    ConsultMerged,
    HoldChanged,
    OperatorChanged,
    RecordingChanged,
    TurnTimed,
)
from conversation.events.ownership import (
    Ended,
    HandedBack,
    HandOffRequested,
    HandOffWithdrawn,
    HandoverConfirmed,
    HandoverCorrected,
    OfferAccepted,
    Offered,
    OperatorLost,
    OperatorRestored,
    OwnershipEvent,
    Requeued,
    WrappedUp,
)
from conversation.events.record import (
    CallbackRequested,
    CallbackUpdated,
    IdentityChecked,
    RecordEvent,
    ToolUsed,
)
from conversation.events.talk import (
    AgentSaid,
    ConversationStarted,
    CustomerSaid,
    Fact,
    NoteAdded,
    Notice,
    OperatorSaid,
    Source,
    Spoken,
    TalkEvent,
)
from conversation.events.understanding import (
    IntentRecognised,
    LanguageNoticed,
    MoodNoted,
    Question,
    QuestionAsked,
    SlotCleared,
    SlotFilled,
    StepDone,
    TopicClosed,
    TopicOpened,
    TurnUnderstood,
    UnderstandingEvent,
    UtteranceUnmatched,
)

Event = TalkEvent | UnderstandingEvent | RecordEvent | OwnershipEvent | CallEvent


@dataclass(frozen=True)
class Recorded:
    """An event at its place in a conversation."""

    conversation_id: str
    seq: int
    """1 for the first event; no gaps."""
    at: datetime
    event: Event


OWNER_EVENTS = (
    HandOffRequested,
    HandoverCorrected,
    HandOffWithdrawn,
    Offered,
    OfferAccepted,
    Requeued,
    OperatorLost,
    OperatorRestored,
    HandedBack,
    OperatorChanged,
    Ended,
    WrappedUp,
)
"""The events that say who has the conversation."""

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

__all__ = [
    "CUSTOMER_VISIBLE",
    "OWNER_EVENTS",
    "AgentHeard",
    "AgentSaid",
    "CallEnded",
    "CallEvent",
    "CallStarted",
    "CallbackRequested",
    "CallbackUpdated",
    "ConsultAnswered",
    "ConsultAsked",
    "ConsultEnded",
    "ConsultMerged",
    "ConversationStarted",
    "CustomerSaid",
    "Ended",
    "Event",
    "Fact",
    "HandOffRequested",
    "HandOffWithdrawn",
    "HandedBack",
    "HandoverConfirmed",
    "HandoverCorrected",
    "HoldChanged",
    "IdentityChecked",
    "IntentRecognised",
    "LanguageNoticed",
    "MoodNoted",
    "NoteAdded",
    "Notice",
    "OfferAccepted",
    "Offered",
    "OperatorChanged",
    "OperatorLost",
    "OperatorRestored",
    "OperatorSaid",
    "OwnershipEvent",
    "Question",
    "QuestionAsked",
    "RecordEvent",
    "Recorded",
    "RecordingChanged",
    "Requeued",
    "SlotCleared",
    "SlotFilled",
    "Source",
    "Spoken",
    "StepDone",
    "TalkEvent",
    "ToolUsed",
    "TopicClosed",
    "TopicOpened",
    "TurnTimed",
    "TurnUnderstood",
    "UnderstandingEvent",
    "UtteranceUnmatched",
    "WrappedUp",
]
