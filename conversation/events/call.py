"""What happens to the voice call of a conversation.

Times inside an event are milliseconds on the call's own clock, 0 when the call starts: the clock of its recording.
"""

from dataclasses import dataclass
from typing import Literal

from conversation.words import CallEnd


@dataclass(frozen=True)
class CallStarted:
    """The customer's line is open. A call that was open before has been lost."""

    call_id: str
    carrier: str
    is_recorded: bool
    kind: Literal["call_started"] = "call_started"


@dataclass(frozen=True)
class CallEnded:
    """The line is closed; the conversation may go on in writing."""

    call_id: str
    by: Literal["customer", "agent", "operator", "supervisor", "system"]
    reason: CallEnd
    kind: Literal["call_ended"] = "call_ended"


@dataclass(frozen=True)
class AgentHeard:
    """What the caller heard of a line the agent had to say: what was really played, not what was meant to be."""

    said_seq: int
    """Sequence number of the `agent_said` or `notice`."""
    text: str
    """The words that were played; empty when the caller interrupted before the first."""
    is_whole: bool
    call_id: str
    start_ms: int
    end_ms: int
    kind: Literal["agent_heard"] = "agent_heard"


@dataclass(frozen=True)
class TurnTimed:
    """The latency waterfall of one answer in a call, milliseconds on the call's clock."""

    call_id: str
    said_seq: int
    """The customer's turn that was answered."""
    speech_end_ms: int
    """Last sound of the customer's speech."""
    decided_ms: int
    """The turn was judged over."""
    transcript_ms: int
    """Its text was there; earlier than `decided_ms` when it was guessed right."""
    decision_ms: int
    """The agent's answer was decided and on disk."""
    first_audio_ms: int
    """The first sound of the answer was sent."""
    played_ms: int | None = None
    """The first sound was audible at the caller's device, by its own report; None when it never told."""
    kind: Literal["turn_timed"] = "turn_timed"


@dataclass(frozen=True)
class HoldChanged:
    """The operator put the customer on hold, or took them back."""

    operator_id: str
    is_on: bool
    kind: Literal["hold_changed"] = "hold_changed"


@dataclass(frozen=True)
class RecordingChanged:
    """Recording went on or off; `by` is "customer", "system" or an operator's id."""

    by: str
    is_on: bool
    kind: Literal["recording_changed"] = "recording_changed"


@dataclass(frozen=True)
class ConsultAsked:
    """The holder asks a colleague in; the customer waits on hold."""

    operator_id: str
    operator_name: str
    by: str
    note: str = ""
    kind: Literal["consult_asked"] = "consult_asked"


@dataclass(frozen=True)
class ConsultAnswered:
    operator_id: str
    is_taken: bool
    kind: Literal["consult_answered"] = "consult_answered"


@dataclass(frozen=True)
class ConsultMerged:
    """All three talk."""

    kind: Literal["consult_merged"] = "consult_merged"


@dataclass(frozen=True)
class ConsultEnded:
    """The colleague is out again, or never came."""

    operator_id: str
    kind: Literal["consult_ended"] = "consult_ended"


@dataclass(frozen=True)
class OperatorChanged:
    """The colleague who was asked in holds the conversation now."""

    operator_id: str
    operator_name: str
    before: str
    kind: Literal["operator_changed"] = "operator_changed"


CallEvent = (
    CallStarted
    | CallEnded
    | AgentHeard
    | TurnTimed
    | HoldChanged
    | RecordingChanged
    | ConsultAsked
    | ConsultAnswered
    | ConsultMerged
    | ConsultEnded
    | OperatorChanged
)
