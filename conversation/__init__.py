"""What a conversation is: its events, the state they fold to, and the feed that tells others about them.

Pure values and one publish/subscribe port. This room never stores, never sends and never decides.
"""

from conversation.deadlines import due_at
from conversation.feed import DESK_TOPIC, Appended, Feed, LocalFeed, Message, Subscription, subscribed
from conversation.handover import (
    MAX_HANDOVER_BYTES,
    CallbackWish,
    CollectedAttribute,
    HandoverContext,
    IntentSeen,
    Mood,
    OpenAttribute,
    QuotedTurn,
)
from conversation.plain_text import plain, plain_line
from conversation.signals import (
    AccessEnded,
    ConversationSignal,
    CrewChanged,
    CustomerOnline,
    LimitName,
    SeenUpTo,
    Signal,
    SourceSpent,
    TypingChanged,
    ViewersChanged,
)
from conversation.state import Call, Consult, Slot, State, Step
from conversation.words import (
    LIVE_STAGES,
    Assurance,
    CallbackStatus,
    CallEnd,
    Channel,
    ClosureReason,
    ConsultStatus,
    EscalationReason,
    QuestionKind,
    RequeueReason,
    Stage,
    TopicOutcome,
)

__all__ = [
    "DESK_TOPIC",
    "LIVE_STAGES",
    "MAX_HANDOVER_BYTES",
    "AccessEnded",
    "Appended",
    "Assurance",
    "Call",
    "CallEnd",
    "CallbackStatus",
    "CallbackWish",
    "Channel",
    "ClosureReason",
    "CollectedAttribute",
    "Consult",
    "ConsultStatus",
    "ConversationSignal",
    "CrewChanged",
    "CustomerOnline",
    "EscalationReason",
    "Feed",
    "HandoverContext",
    "IntentSeen",
    "LimitName",
    "LocalFeed",
    "Message",
    "Mood",
    "OpenAttribute",
    "QuestionKind",
    "QuotedTurn",
    "RequeueReason",
    "SeenUpTo",
    "Signal",
    "Slot",
    "SourceSpent",
    "Stage",
    "State",
    "Step",
    "Subscription",
    "TopicOutcome",
    "TypingChanged",
    "ViewersChanged",
    "due_at",
    "plain",
    "plain_line",
    "subscribed",
]
