"""The words of the scheduler: kinds of work, what became of a job, and the steps of load shedding."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Work(IntEnum):
    """Kinds of heavy work, the most urgent first."""

    SPEAK = 0
    """render a clause: somebody waits in silence for it"""
    FINAL = 1
    """transcribe a turn that is over: the same silence, one step earlier"""
    JUDGE = 2
    """does the voice sound finished? worthless after a few hundred milliseconds"""
    EAGER = 3
    """transcribe on suspicion; dropped when speech resumes"""
    CAPTION = 4
    """transcribe what was said so far, for the screen only"""

    @property
    def is_droppable(self) -> bool:
        """True where nobody is left without an answer."""
        return self >= Work.JUDGE


DEADLINE_SECONDS = {
    Work.SPEAK: 4.0,
    Work.FINAL: 8.0,
    Work.JUDGE: 0.3,
    Work.EAGER: 1.5,
    Work.CAPTION: 0.7,
}
"""how long a job of each kind may wait before it is not worth starting"""


class DropReason(StrEnum):
    """Why a job was not done."""

    CANCELLED = "cancelled"
    """its caller took it back"""
    SUPERSEDED = "superseded"
    """the same call asked for newer work of the kind"""
    EXPIRED = "expired"
    """it waited past its deadline"""
    NO_ROOM = "no_room"
    """the queue was full of more urgent work"""
    SHED = "shed"
    """the machine is too busy for this kind of work now"""
    CLOSED = "closed"
    """the scheduler has ended"""


@dataclass(frozen=True)
class Finished(Generic[T]):
    """A job that was done."""

    value: T
    """what it returned"""
    waited_seconds: float
    """in the queue"""
    ran_seconds: float
    """on a worker"""


@dataclass(frozen=True)
class Dropped:
    """A job that was not done, or whose result nobody wants any more."""

    reason: DropReason
    """why"""


class LoadStep(IntEnum):
    """How far the machine has stepped back, mildest first; every step includes those before it."""

    NORMAL = 0
    """everything is done"""
    NO_CAPTIONS = 1
    """live captions wait for the end of the turn"""
    LATE_SPECULATION = 2
    """eager end starts at 190 ms of silence instead of 90: a third of the transcriptions less, 60-90 ms slower"""
    SMALL_MODEL = 3
    """the smaller Whisper transcribes: half the cost, two points more word errors"""
    PLEASE_HOLD = 4
    """new calls are asked to hold, running ones hear "one moment" before the answer"""


@dataclass(frozen=True)
class StepChange:
    """The machine stepped back or forward."""

    at: float
    """the scheduler's clock"""
    before: LoadStep
    """from"""
    after: LoadStep
    """to"""
    delay_seconds: float
    """the smoothed waiting time that did it"""
