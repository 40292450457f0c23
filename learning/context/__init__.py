"""What learning works with, built once: stores, the library, jobs, settings of the lines of business."""

from learning.context.jobs import Job
from learning.context.learning import CANARY, RUN, Learning, learning_of, line_data

__all__ = [
    "CANARY",
    "RUN",
    "Job",
    "Learning",
    "learning_of",
    "line_data",
]
