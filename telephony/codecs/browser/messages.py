"""The control messages of a call from a web page, version 1: JSON in text frames; sound travels in binary ones.

docs/reference/voice-protocol.md is written from these models; telephony/codecs/browser/codec.py takes and gives them.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from conversation import plain_line


class Control(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------- device to server


class Start(Control):
    """First message of every line, once: the device has a microphone and can play. Answered with `started`.

    The customer's page gives `token`, `captions` and `name`, the operator's softphone `ticket` and `wants_brief`.
    """

    type: Literal["start"]
    v: Literal[1]
    rate_hz: int
    """16000."""
    frame_ms: int
    """20."""
    conversation_id: Annotated[str, Field(max_length=64)] | None = None
    """The conversation the call belongs to, or is taken up again in. A customer without one begins a conversation."""
    token: Annotated[str, Field(max_length=128)] | None = None
    """The customer's secret of that conversation, from `started` or from the chat's `welcome`."""
    captions: bool = False
    """The customer's page wants words to show while they are said; operators get them too then."""
    name: Annotated[str, Field(max_length=120), AfterValidator(plain_line)] | None = None
    """What the customer is called, where the page knows."""
    ticket: Annotated[str, Field(max_length=128)] | None = None
    """The operator's, of POST /api/ticket: one use."""
    wants_brief: bool = False
    """The operator wants to hear what it is about before the customer is connected."""


class Dtmf(Control):
    """The customer pressed a key of the keypad."""

    type: Literal["dtmf"]
    key: Annotated[str, Field(min_length=1, max_length=1)]
    """0 to 9, *, # or A to D."""


class Played(Control):
    """All sound sent before this `mark` has left the loudspeaker. Only what was played counts as heard."""

    type: Literal["played"]
    mark: Annotated[str, Field(max_length=64)]


class Mute(Control):
    """The microphone is off, or on again. A muted device need not send sound."""

    type: Literal["mute"]
    is_muted: bool


class HangUp(Control):
    """The line is over. The customer's is answered with `ended`.

    An operator's just closes, and the conversation stays theirs.
    """

    type: Literal["hangup"]
    keeps_chat: bool = False
    """The customer goes on in writing; false ends the conversation."""


class Ping(Control):
    """Measures the way there and back; answered with `pong` of the same id."""

    type: Literal["ping"]
    id: Annotated[int, Field(ge=0, le=2**53)]


class SkipBrief(Control):
    """The operator has heard enough of the brief: connect now."""

    type: Literal["skip_brief"]


AnyControl = Start | Dtmf | Played | Mute | HangUp | Ping | SkipBrief
from_device: TypeAdapter[AnyControl] = TypeAdapter(Annotated[AnyControl, Field(discriminator="type")])


# ---------------------------------------------------------------- server to device


class Mark(Control):
    """Report by `played` when all sound sent before this has left the loudspeaker."""

    type: Literal["mark"] = "mark"
    mark: str


class Flush(Control):
    """Drop the sound that is not played yet, and its marks: the caller has interrupted."""

    type: Literal["flush"] = "flush"


class Caption(Control):
    """Words for the screen. One that is not final is replaced by the next of its leg, or turns out to be no words."""

    type: Literal["caption"] = "caption"
    speaker: Literal["customer", "agent", "operator"]
    text: str
    is_final: bool
    leg_id: str | None = None
    """Whose words they are: customer, agent, or an operator's id."""
    name: str | None = None
    """The operator's name; null for customer and agent."""


class Problem(Control):
    """What was wrong, in words for people; the problems' table says whether the line closes next."""

    type: Literal["problem"] = "problem"
    code: str
    message: str


class Opened(Control):
    """The line is open: sound may be sent from now on."""

    type: Literal["started"] = "started"
    conversation_id: str
    token: str | None
    """The browser's secret, to come back with; only when this call began the conversation."""
    call_id: str
    agent_name: str
    brand: str
    is_recorded: bool


class LineState(Control):
    """What the customer's screen shows; sent when it has changed."""

    type: Literal["state"] = "state"
    stage: str
    """Who has the conversation: a stage of the websocket protocol."""
    line: str
    """loading, listening, thinking, speaking, holding (waiting for a person), bridged (with one) or on_hold."""
    operator_name: str | None
    text: str
    """One sentence for the screen, such as who comes; may be empty."""


class Leg(Control):
    """Somebody on the call."""

    leg_id: str
    """customer, or an operator's id."""
    name: str
    role: str
    """customer or operator."""
    is_muted: bool


class DeskLine(Control):
    """What the operator's softphone shows; sent when it has changed."""

    type: Literal["line"] = "line"
    is_held: bool
    """The customer hears the hold sound and is not heard."""
    is_recording: bool
    is_brief_playing: bool
    legs: list[Leg]


class Recording(Control):
    """The recording has gone on or off, for the customer's screen."""

    type: Literal["recording"] = "recording"
    is_on: bool


class Pong(Control):
    """The answer to `ping`."""

    type: Literal["pong"] = "pong"
    id: int


class Ended(Control):
    """The line is over; the socket closes next, with 1000."""

    type: Literal["ended"] = "ended"
    by: str
    """customer, agent, operator, supervisor or system."""
    reason: str
    """hung_up, moved_to_chat, line_lost, conversation_ended, silence, too_long; taken_over: by another line of the same
    person; passed_on: the operator has no part in the call any more."""
    goes_on_in_chat: bool
    """The conversation is still open."""
