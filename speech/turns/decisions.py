"""What a turn detector decides. Times are seconds on the caller's own stream, 0 at its first sample."""

from dataclasses import dataclass
from enum import StrEnum


class EndReason(StrEnum):
    """Why the turn is over."""

    ANSWERED = "answered"
    """the text is exactly what was asked for, and a short silence followed"""
    SENTENCE = "sentence"
    """the text can stand alone, and a silence a little longer followed"""
    SILENCE = "silence"
    """the silence of this state has passed"""
    UNFINISHED = "unfinished"
    """the text broke off, and the longer silence has passed too"""
    TOO_LONG = "too_long"
    """the caller talks without a pause"""
    CUT_OFF = "cut_off"
    """the line was closed or put on hold in the middle of it"""


@dataclass(frozen=True)
class SpeechStarted:
    """The caller began to speak."""

    at: float
    """when the speech began"""
    known_at: float
    """when it was certain"""


@dataclass(frozen=True)
class EagerEndOfTurn:
    """Transcribe this stretch now: it may be the whole turn."""

    attempt: int
    """number to hand back with the text"""
    start: float
    """from here, pre-roll included"""
    end: float
    """to here"""
    silence_began: float
    """when the caller fell silent"""


@dataclass(frozen=True)
class SpeechResumed:
    """The caller goes on: drop everything built on this attempt."""

    attempt: int
    """of the last EagerEndOfTurn, 0 when none was made"""
    pause_seconds: float
    """how long the caller was silent"""


@dataclass(frozen=True)
class TurnEnded:
    """The caller is done."""

    start: float
    """from here, pre-roll included"""
    end: float
    """to here: the silence begins shortly before"""
    speech_ended: float
    """last moment of speech; what latency is counted from"""
    decided_at: float
    """now"""
    attempt: int
    """the EagerEndOfTurn that covers exactly this turn; 0 when it must still be transcribed"""
    reason: EndReason
    """why"""


@dataclass(frozen=True)
class NoiseIgnored:
    """Too little speech to be a turn: a cough, a click, a door."""

    start: float
    """from here"""
    end: float
    """to here"""
    speech_seconds: float
    """how much of it passed as speech"""


TurnDecision = SpeechStarted | EagerEndOfTurn | SpeechResumed | TurnEnded | NoiseIgnored
