"""The supervisor's doors: people, queues, search, exports, reports."""

from web.supervisor.api import api
from web.supervisor.reports import report_doors

__all__ = [
    "api",
    "report_doors",
]
