"""Who has the conversation: the agent, the queue, an operator, nobody any more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from conversation.handover import HandoverContext
from conversation.words import ClosureReason, RequeueReason


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


OwnershipEvent = (
    HandOffRequested
    | HandoverCorrected
    | HandoverConfirmed
    | HandOffWithdrawn
    | Offered
    | OfferAccepted
    | Requeued
    | OperatorLost
    | OperatorRestored
    | HandedBack
    | Ended
    | WrappedUp
)
