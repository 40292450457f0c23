"""One queue of heavy work for all calls: finals before guesses, deadlines, cancellation, shedding in named steps."""

from speech.scheduler.load import LoadMonitor, LoadPolicy
from speech.scheduler.pool import SchedulerOptions, SchedulerReport, SpeechScheduler, Ticket
from speech.scheduler.queue import JobQueue, Thrown, Waiting
from speech.scheduler.values import (
    DEADLINE_SECONDS,
    Dropped,
    DropReason,
    Finished,
    LoadStep,
    StepChange,
    Work,
)

__all__ = [
    "DEADLINE_SECONDS",
    "DropReason",
    "Dropped",
    "Finished",
    "JobQueue",
    "LoadMonitor",
    "LoadPolicy",
    "LoadStep",
    "SchedulerOptions",
    "SchedulerReport",
    "SpeechScheduler",
    "StepChange",
    "Thrown",
    "Ticket",
    "Waiting",
    "Work",
]
