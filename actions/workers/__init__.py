"""What happens by itself: deadlines pass, closing notes go out."""

from actions.workers.deliver import OutboxWorker
from actions.workers.expire import Sweeper, recover

__all__ = [
    "OutboxWorker",
    "Sweeper",
    "recover",
]
