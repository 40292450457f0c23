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


@dataclass(frozen=True)
class Heard:
    """One frame of the caller's sound: FRAME_BYTES of PCM."""

    pcm: bytes


@dataclass(frozen=True)
class Pressed:
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


@dataclass(frozen=True)
class Refused:
    """Something that is no part of a call; `message` says what was expected."""

    code: str
    message: str


FromCaller = Started | Heard | Pressed | Played | Muted | HungUp | Refused


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


@dataclass(frozen=True)
class Problem:
    """What went wrong, in words for the caller."""

    code: str
    message: str


ToCaller = Play | Mark | Flush | Caption | Problem
