"""A call from a web page, sans I/O: binary frames are sound, text frames are JSON control messages.

    browser -> us   start {v, rate_hz, frame_ms, …} first; then sound, dtmf, played, mute, ping, skip_brief, hangup
    us -> browser   started, sound, mark, flush, caption, state, line, recording, pong, problem, ended

The customer's page and the operator's softphone speak the same wire; `start` says whose it is.

Feed it frames with the time they came, act on the values it returns. It never raises for what a client can send.
"""

from dataclasses import asdict
from typing import assert_never

from pydantic import BaseModel, ValidationError

from telephony import wire as w
from telephony.codecs.browser import messages as m
from token_bucket import TokenBucket

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

_TOO_FAST = w.Refused("too_fast", "Messages arrive faster than a call has need of them.")

_OUT: dict[type, type[BaseModel]] = {
    w.Mark: m.Mark,
    w.Flush: m.Flush,
    w.Caption: m.Caption,
    w.Problem: m.Problem,
    w.Opened: m.Opened,
    w.LineState: m.LineState,
    w.DeskLine: m.DeskLine,
    w.RecordingState: m.Recording,
    w.Pong: m.Pong,
    w.Over: m.Ended,
}
"""Our values and the messages that carry them: the same fields, and a type."""


class BrowserCodec:
    """One call's wire."""

    def __init__(self) -> None:
        self._is_started = False
        self._began = 0.0
        self._sound_seconds = 0.0
        self._limit(0.0)

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
        return [w.AudioFrame(frame[start : start + w.FRAME_BYTES]) for start in starts]

    def _control(self, frame: str, at: float) -> w.FromCaller:
        try:
            parsed = m.from_device.validate_json(frame)
        except ValidationError:
            return w.Refused("bad_message", "Not a control message of version 1.")
        if isinstance(parsed, m.Start):
            return self._start(parsed, at)
        if not self._is_started:
            return w.Refused("not_started", "Send a start message first.")
        match parsed:
            case m.HangUp(keeps_chat=keeps_chat):
                return w.HungUp(keeps_chat)
            case m.Dtmf(key=key):
                return self._key(key.upper(), at)
            case m.Mute(is_muted=is_muted):
                return w.Muted(is_muted) if self._switches.takes(at) else _TOO_FAST
            case _ if not self._reports.takes(at):
                return _TOO_FAST
            case m.Played(mark=mark):
                return w.Played(mark)
            case m.Ping(id=id):
                return w.Pinged(id)
            case m.SkipBrief():
                return w.SkippedBrief()
            case _:
                assert_never(parsed)

    def _start(self, start: m.Start, at: float) -> w.FromCaller:
        if self._is_started:
            return w.Refused("already_started", "The call has started already.")
        if (start.rate_hz, start.frame_ms) != (w.SAMPLE_RATE_HZ, w.FRAME_MS):
            return w.Refused(
                "bad_format",
                f"Sound must be {w.SAMPLE_RATE_HZ} Hz in {w.FRAME_MS} ms frames, not {start.rate_hz} Hz in"
                f" {start.frame_ms} ms.",
            )
        self._is_started, self._began = True, at
        self._limit(at)
        return w.Started(
            start.conversation_id, start.token, start.captions, start.name, start.ticket, start.wants_brief
        )

    def _limit(self, at: float) -> None:
        """Count keys, switches and reports from this time on."""
        self._keys = TokenBucket(MOST_KEYS_A_SECOND, KEY_BURST, at)
        self._switches = TokenBucket(MOST_KEYS_A_SECOND, KEY_BURST, at)
        self._reports = TokenBucket(MOST_REPORTS_A_SECOND, REPORT_BURST, at)

    def _key(self, key: str, at: float) -> w.FromCaller:
        if key not in w.DTMF_KEYS:
            return w.Refused("bad_key", "Keys are 0 to 9, *, # and A to D.")
        if not self._keys.takes(at):
            return w.Refused("too_many_keys", "Keys arrive faster than anyone presses them.")
        return w.Digit(key)
