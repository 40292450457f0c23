"""What can go wrong with workers."""

from intents.library import IntentsError


class WorkersMissing(IntentsError):
    """There are no such workers here; the message says what to install or start."""


class WorkersLost(IntentsError):
    """A worker ended in the middle of its work, most likely for want of memory; trying again with fewer may help."""
