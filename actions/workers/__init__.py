"""What happens by itself: deadlines pass, closing notes go out."""

from actions.workers.deliver import PAUSE_SECONDS, OutboxWorker
from actions.workers.expire import SWEEP_SECONDS, Sweeper
from actions.workers.takeover import TAKEOVER_SECONDS, Takeover
from actions.workers.worker import Worker, WorkerHealth

__all__ = [
    "PAUSE_SECONDS",
    "SWEEP_SECONDS",
    "TAKEOVER_SECONDS",
    "OutboxWorker",
    "Sweeper",
    "Takeover",
    "Worker",
    "WorkerHealth",
]
