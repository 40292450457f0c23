"""What a call asks to be done for it, and its timers. All times are seconds on the call's clock, 0 at its start."""

from dataclasses import dataclass

from conversation import CallEnd
from conversation.events import AgentHeard, Spoken, TurnTimed
from speech.audio import Samples
from speech.scheduler import Work
from speech.stt import TranscriptionRequest
from speech.tts import Clause
from telephony.wire import ToCaller

CUSTOMER, AGENT = "customer", "agent"
"""Legs of every call; an operator's leg is named by the operator's id."""


@dataclass(frozen=True)
class CallTiming:
    """The waits of a call, seconds."""

    silence_seconds: float = 8.0
    """silence after which the agent asks whether the caller is still there"""
    most_prompts: int = 2
    """such questions before the call is ended"""
    keys_pause_seconds: float = 2.5
    """pause after which pressed keys count as complete"""
    longest_with_agent_seconds: float = 45 * 60.0
    """a call the agent holds is ended after this long"""
    progress_seconds: float = 30.0
    """how often a waiting caller is told where they stand"""
    operator_line_seconds: float = 5.0
    """an operator's line may be away this long before the caller is told"""
    caption_seconds: float = 1.2
    """least time between two live captions of one speaker"""


@dataclass(frozen=True)
class Transcribe:
    """Words, please: answered by `transcribed(job, …)`."""

    job: int
    leg: str
    work: Work
    request: TranscriptionRequest


@dataclass(frozen=True)
class Judge:
    """Does the voice sound finished? Answered by `judged(job, …)`, or not at all."""

    job: int
    leg: str
    samples: Samples


@dataclass(frozen=True)
class Forget:
    """Nobody wants the result of this job any more."""

    job: int


@dataclass(frozen=True)
class MakeFinal:
    """A guess is now waited for."""

    job: int


@dataclass(frozen=True)
class AnswerPreemptively:
    """Decide on suspicion what to answer to this; nothing is recorded, tools only read."""

    text: str


@dataclass(frozen=True)
class DropPreemptiveAnswer:
    """The caller goes on speaking: forget what was prepared."""


@dataclass(frozen=True)
class RecordCustomerTurn:
    """The customer said this: record it, with the prepared answer when it is to the same words."""

    text: str
    voice: Spoken
    speech_end_ms: int
    decided_ms: int
    transcript_ms: int


@dataclass(frozen=True)
class RecordOperatorTurn:
    """An operator said this to the customer."""

    operator_id: str
    text: str
    voice: Spoken


@dataclass(frozen=True)
class Render:
    """This clause as sound: answered by `rendered(utterance, index, …)`."""

    utterance: int
    index: int
    clause: Clause


@dataclass(frozen=True)
class Send:
    """To a leg's device."""

    leg: str
    message: ToCaller


@dataclass(frozen=True)
class Keep:
    """Sound for the recording."""

    leg: str
    pcm: bytes
    at: float


@dataclass(frozen=True)
class Note:
    """To be recorded: what was heard, how long a turn took."""

    events: tuple[AgentHeard | TurnTimed, ...]


@dataclass(frozen=True)
class AskStillThere:
    """The caller is silent: ask, for the so manieth time."""

    attempt: int


@dataclass(frozen=True)
class TellProgress:
    """The caller waits: tell them where they stand."""


@dataclass(frozen=True)
class TellOperatorAway:
    """The operator's line is gone: tell the caller."""


@dataclass(frozen=True)
class NotUnderstood:
    """The words of a turn could not be had: ask the caller to repeat."""


@dataclass(frozen=True)
class EndCall:
    """Nobody is there, or it takes too long."""

    reason: CallEnd


Command = (
    Transcribe
    | Judge
    | Forget
    | MakeFinal
    | AnswerPreemptively
    | DropPreemptiveAnswer
    | RecordCustomerTurn
    | RecordOperatorTurn
    | Render
    | Send
    | Keep
    | Note
    | AskStillThere
    | TellProgress
    | TellOperatorAway
    | NotUnderstood
    | EndCall
)


def ms(seconds: float) -> int:
    """Seconds on the call's clock as whole milliseconds."""
    return max(0, round(seconds * 1_000))
