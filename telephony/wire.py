"""What passes between a caller's device and us, whatever the carrier."""

from dataclasses import dataclass

SAMPLE_RATE_HZ = 16_000
FRAME_MS = 20
FRAME_BYTES = SAMPLE_RATE_HZ * FRAME_MS // 1_000 * 2
"""640: one channel of little-endian 16-bit samples."""

DTMF_KEYS = frozenset("0123456789*#ABCD")


@dataclass(frozen=True)
class Started:
    """The caller's device is ready; audio follows."""

    conversation_id: str | None
    """The conversation the call belongs to; None starts one."""
    token: str | None
    """The secret of the customer's browser."""
    captions: bool = False
    """Live captions are wanted."""
    name: str | None = None
    """What the customer is called, where the page knows."""
    ticket: str | None = None
    """An operator's ticket; None from a customer."""
    wants_brief: bool = False
    """The operator wants to hear what it is about first."""


@dataclass(frozen=True)
class AudioFrame:
    """One frame of the caller's sound: FRAME_BYTES of PCM."""

    pcm: bytes


@dataclass(frozen=True)
class Digit:
    """A key of the keypad."""

    key: str


@dataclass(frozen=True)
class Played:
    """Everything up to this mark has left the caller's loudspeaker: only that was heard."""

    mark: str


@dataclass(frozen=True)
class Muted:
    is_muted: bool


@dataclass(frozen=True)
class HungUp:
    """The caller ended the call."""

    keeps_chat: bool = False
    """The conversation goes on in the chat."""


@dataclass(frozen=True)
class Pinged:
    """The device measures how long a word with us takes."""

    id: int


@dataclass(frozen=True)
class SkippedBrief:
    """The operator has heard enough of the brief."""


@dataclass(frozen=True)
class Refused:
    """Something that is no part of a call; `message` says what was expected."""

    code: str
    message: str


FromCaller = Started | AudioFrame | Digit | Played | Muted | HungUp | Pinged | SkippedBrief | Refused


@dataclass(frozen=True)
class Play:
    """Sound for the caller: any number of whole frames."""

    pcm: bytes


@dataclass(frozen=True)
class Mark:
    """Ask to be told, by `Played`, when the sound so far has been heard."""

    mark: str


@dataclass(frozen=True)
class Flush:
    """Drop what is buffered and not yet heard: the caller has interrupted."""


@dataclass(frozen=True)
class Caption:
    """Words for the screen."""

    speaker: str
    text: str
    is_final: bool
    leg_id: str | None = None
    """Whose words they are: "customer", "agent", or an operator's id."""
    name: str | None = None
    """The operator's name, while their line is open."""


@dataclass(frozen=True)
class Problem:
    """What went wrong, in words for the caller."""

    code: str
    message: str


@dataclass(frozen=True)
class Opened:
    """The line is open."""

    conversation_id: str
    token: str | None
    """The browser's secret; only when the call started the conversation."""
    call_id: str
    agent_name: str
    brand: str
    is_recorded: bool


@dataclass(frozen=True)
class LineState:
    """What the caller's screen shows."""

    stage: str
    line: str
    operator_name: str | None = None
    text: str = ""


@dataclass(frozen=True)
class LegShown:
    leg_id: str
    name: str
    role: str
    is_muted: bool


@dataclass(frozen=True)
class DeskLine:
    """What the operator's softphone shows."""

    is_held: bool
    is_recording: bool
    is_brief_playing: bool
    legs: tuple[LegShown, ...]


@dataclass(frozen=True)
class RecordingState:
    is_on: bool


@dataclass(frozen=True)
class Pong:
    id: int


@dataclass(frozen=True)
class Over:
    """The call is over; the socket closes next."""

    by: str
    reason: str
    goes_on_in_chat: bool


ToCaller = Play | Mark | Flush | Caption | Problem | Opened | LineState | DeskLine | RecordingState | Pong | Over
