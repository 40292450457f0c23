"""A call from a web page, sans I/O: binary frames are sound, text frames are JSON control messages.

    browser -> us   start {v, rate_hz, frame_ms, …} first; then sound, dtmf, played, mute, ping, skip_brief, hangup
    us -> browser   started, sound, mark, flush, caption, state, line, recording, pong, problem, ended

The customer's page and the operator's softphone speak the same wire; `start` says whose it is.

Feed it frames with the time they came, act on the values it returns. It never raises for what a client can send.
"""

from dataclasses import asdict
from typing import Annotated, Literal, assert_never

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from conversation.plain_text import plain_line
from telephony import wire as w
from telephony.allowance import Allowance

PROTOCOL_VERSION = 1
MOST_FRAMES_A_MESSAGE = 10
"""A page may send up to 200 ms at once, after a hiccup of its main thread."""

AHEAD_SECONDS = 2.0
"""Sound may arrive this much faster than real time in a row before it counts as a flood."""

LATE_SECONDS = 8.0
"""After a hiccup of the network so much comes at once and is still welcome: it was spoken, and waited on the way."""

MOST_KEYS_A_SECOND = 10.0
KEY_BURST = 20.0
"""What hands do: keys of the keypad, and the microphone's switch, each on its own."""

MOST_REPORTS_A_SECOND = 50.0
REPORT_BURST = 400.0
"""What the device does by itself: ten marks and a ping a second; a hiccup of the network brings many seconds' worth."""


class _Control(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Start(_Control):
    type: Literal["start"]
    v: Literal[1]
    rate_hz: int
    frame_ms: int
    conversation_id: Annotated[str, Field(max_length=64)] | None = None
    token: Annotated[str, Field(max_length=128)] | None = None
    captions: bool = False
    name: Annotated[str, Field(max_length=120), AfterValidator(plain_line)] | None = None
    ticket: Annotated[str, Field(max_length=128)] | None = None
    wants_brief: bool = False


class _Dtmf(_Control):
    type: Literal["dtmf"]
    key: Annotated[str, Field(min_length=1, max_length=1)]


class _Played(_Control):
    type: Literal["played"]
    mark: Annotated[str, Field(max_length=64)]


class _Mute(_Control):
    type: Literal["mute"]
    is_muted: bool


class _HangUp(_Control):
    type: Literal["hangup"]
    keeps_chat: bool = False


class _Ping(_Control):
    type: Literal["ping"]
    id: Annotated[int, Field(ge=0, le=2**53)]


class _SkipBrief(_Control):
    type: Literal["skip_brief"]


class _Mark(_Control):
    type: Literal["mark"] = "mark"
    mark: str


class _Flush(_Control):
    type: Literal["flush"] = "flush"


class _Caption(_Control):
    type: Literal["caption"] = "caption"
    speaker: str
    text: str
    is_final: bool
    leg_id: str | None = None
    name: str | None = None


class _Problem(_Control):
    type: Literal["problem"] = "problem"
    code: str
    message: str


class _Opened(_Control):
    type: Literal["started"] = "started"
    conversation_id: str
    token: str | None
    call_id: str
    agent_name: str
    brand: str
    is_recorded: bool


class _LineState(_Control):
    type: Literal["state"] = "state"
    stage: str
    line: str
    operator_name: str | None
    text: str


class _Leg(_Control):
    leg_id: str
    name: str
    role: str
    is_muted: bool


class _DeskLine(_Control):
    type: Literal["line"] = "line"
    is_held: bool
    is_recording: bool
    is_brief_playing: bool
    legs: list[_Leg]


class _Recording(_Control):
    type: Literal["recording"] = "recording"
    is_on: bool


class _Pong(_Control):
    type: Literal["pong"] = "pong"
    id: int


class _Ended(_Control):
    type: Literal["ended"] = "ended"
    by: str
    reason: str
    goes_on_in_chat: bool


_AnyControl = _Start | _Dtmf | _Played | _Mute | _HangUp | _Ping | _SkipBrief
_control: TypeAdapter[_AnyControl] = TypeAdapter(Annotated[_AnyControl, Field(discriminator="type")])

_TOO_FAST = w.Refused("too_fast", "Messages arrive faster than a call has need of them.")

_OUT: dict[type, type[BaseModel]] = {
    w.Mark: _Mark,
    w.Flush: _Flush,
    w.Caption: _Caption,
    w.Problem: _Problem,
    w.Opened: _Opened,
    w.LineState: _LineState,
    w.DeskLine: _DeskLine,
    w.RecordingState: _Recording,
    w.Pong: _Pong,
    w.Over: _Ended,
}
"""Our values and the messages that carry them: the same fields, and a type."""


class BrowserCodec:
    """One call's wire."""

    def __init__(self) -> None:
        self._is_started = False
        self._began = 0.0
        self._sound_seconds = 0.0
        self._keys = Allowance(MOST_KEYS_A_SECOND, KEY_BURST)
        self._switches = Allowance(MOST_KEYS_A_SECOND, KEY_BURST)
        self._reports = Allowance(MOST_REPORTS_A_SECOND, REPORT_BURST)

    def decode(self, frame: str | bytes, at: float) -> list[w.FromCaller]:
        """The values of one frame that came at `at` (seconds, any monotonic clock)."""
        return self._sound(frame, at) if isinstance(frame, bytes) else [self._control(frame, at)]

    def encode(self, message: w.ToCaller) -> str | bytes:
        """The frame to send. Raises ValueError for sound that is no whole number of frames."""
        if isinstance(message, w.Play):
            if not message.pcm or len(message.pcm) % w.FRAME_BYTES:
                raise ValueError(f"sound of {len(message.pcm)} bytes, not a multiple of {w.FRAME_BYTES}")
            return message.pcm
        return _OUT[type(message)].model_validate(asdict(message)).model_dump_json()

    def _sound(self, frame: bytes, at: float) -> list[w.FromCaller]:
        if not self._is_started:
            return [w.Refused("not_started", "Send a start message before sound.")]
        count, rest = divmod(len(frame), w.FRAME_BYTES)
        if rest or not 1 <= count <= MOST_FRAMES_A_MESSAGE:
            return [
                w.Refused(
                    "bad_frame",
                    f"Sound comes in frames of {w.FRAME_BYTES} bytes, at most {MOST_FRAMES_A_MESSAGE} together;"
                    f" this had {len(frame)}.",
                )
            ]
        passed = at - self._began
        if self._sound_seconds > passed + AHEAD_SECONDS:
            return [w.Refused("flood", "Sound arrives faster than it can have been spoken.")]
        # A muted or paused microphone sends nothing; that silence is little credit for a later flood.
        self._sound_seconds = max(self._sound_seconds, passed - LATE_SECONDS) + count * w.FRAME_MS / 1_000
        starts = range(0, len(frame), w.FRAME_BYTES)
        return [w.Heard(frame[start : start + w.FRAME_BYTES]) for start in starts]

    def _control(self, frame: str, at: float) -> w.FromCaller:
        try:
            parsed = _control.validate_json(frame)
        except ValidationError:
            return w.Refused("bad_message", "Not a control message of version 1.")
        if isinstance(parsed, _Start):
            return self._start(parsed, at)
        if not self._is_started:
            return w.Refused("not_started", "Send a start message first.")
        match parsed:
            case _HangUp(keeps_chat=keeps_chat):
                return w.HungUp(keeps_chat)
            case _Dtmf(key=key):
                return self._key(key.upper(), at)
            case _Mute(is_muted=is_muted):
                return w.Muted(is_muted) if self._switches.takes(at) else _TOO_FAST
            case _ if not self._reports.takes(at):
                return _TOO_FAST
            case _Played(mark=mark):
                return w.Played(mark)
            case _Ping(id=id):
                return w.Pinged(id)
            case _SkipBrief():
                return w.SkippedBrief()
            case _:
                assert_never(parsed)

    def _start(self, start: _Start, at: float) -> w.FromCaller:
        if self._is_started:
            return w.Refused("already_started", "The call has started already.")
        if (start.rate_hz, start.frame_ms) != (w.SAMPLE_RATE_HZ, w.FRAME_MS):
            return w.Refused(
                "bad_format",
                f"Sound must be {w.SAMPLE_RATE_HZ} Hz in {w.FRAME_MS} ms frames, not {start.rate_hz} Hz in"
                f" {start.frame_ms} ms.",
            )
        self._is_started, self._began = True, at
        for allowance in (self._keys, self._switches, self._reports):
            allowance.begin(at)
        return w.Started(
            start.conversation_id, start.token, start.captions, start.name, start.ticket, start.wants_brief
        )

    def _key(self, key: str, at: float) -> w.FromCaller:
        if key not in w.DTMF_KEYS:
            return w.Refused("bad_key", "Keys are 0 to 9, *, # and A to D.")
        if not self._keys.takes(at):
            return w.Refused("too_many_keys", "Keys arrive faster than anyone presses them.")
        return w.Pressed(key)
