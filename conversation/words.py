"""The closed word sets of a conversation; the glossary in docs/glossary.md explains each."""

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """How the customer reaches us."""

    CHAT = "chat"
    VOICE = "voice"


class Stage(StrEnum):
    """Who owns the conversation now, as one word.

    agent -> queued -> offered -> operator -> wrap_up -> closed, with ways back; see docs/explain/hand-over.md.
    """

    AGENT = "agent"
    QUEUED = "queued"
    OFFERED = "offered"
    OPERATOR = "operator"
    OPERATOR_LOST = "operator_lost"
    WRAP_UP = "wrap_up"
    CLOSED = "closed"


LIVE_STAGES = frozenset({Stage.AGENT, Stage.QUEUED, Stage.OFFERED, Stage.OPERATOR, Stage.OPERATOR_LOST})
HUMAN_STAGES = frozenset({Stage.OPERATOR, Stage.OPERATOR_LOST})
WAITING_STAGES = frozenset({Stage.QUEUED, Stage.OFFERED})


class EscalationReason(StrEnum):
    """Why the agent hands over."""

    CUSTOMER_REQUEST = "customer_request"
    UNKNOWN_INTENT = "unknown_intent"
    MISSING_KNOWLEDGE = "missing_knowledge"
    UNABLE_TO_PROCEED = "unable_to_proceed"
    POLICY_RESTRICTION = "policy_restriction"
    NEGATIVE_SENTIMENT = "negative_sentiment"
    AUTHENTICATION_FAILED = "authentication_failed"
    TOOL_FAILURE = "tool_failure"
    AGENT_ERROR = "agent_error"
    LIMIT_REACHED = "limit_reached"


class ClosureReason(StrEnum):
    """Why a conversation ended."""

    RESOLVED = "resolved"
    CUSTOMER_ENDED = "customer_ended"
    OPERATOR_ENDED = "operator_ended"
    CUSTOMER_IDLE = "customer_idle"
    CALLBACK_BOOKED = "callback_booked"
    FORCE_CLOSED = "force_closed"


class RequeueReason(StrEnum):
    """Why an offer or an operator's conversation went back to the queue."""

    DECLINED = "declined"
    EXPIRED = "expired"
    OPERATOR_LOST = "operator_lost"
    RELEASED = "released"
    TRANSFERRED = "transferred"


class TopicOutcome(StrEnum):
    """How one topic of the conversation ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"


class QuestionKind(StrEnum):
    """What the agent is waiting to hear."""

    SLOT = "slot"
    CONFIRM_ACTION = "confirm_action"
    CLARIFY = "clarify"
    OFFER_PERSON = "offer_person"
    OFFER_CALLBACK = "offer_callback"
    ANYTHING_ELSE = "anything_else"


class Assurance(IntEnum):
    """How sure we are who is there: nothing, a matching record, a record plus something only they know."""

    UNKNOWN = 0
    MATCHED = 1
    VERIFIED = 2


class CallbackStatus(StrEnum):
    """Where a promised callback stands."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    CANCELLED = "cancelled"


class CallEnd(StrEnum):
    """Why a voice call ended."""

    HUNG_UP = "hung_up"
    MOVED_TO_CHAT = "moved_to_chat"
    LINE_LOST = "line_lost"
    CONVERSATION_ENDED = "conversation_ended"
    SILENCE = "silence"
    TOO_LONG = "too_long"


class ConsultStatus(StrEnum):
    """Where a colleague's being asked into a call stands."""

    ASKED = "asked"
    PRIVATE = "private"
    MERGED = "merged"
