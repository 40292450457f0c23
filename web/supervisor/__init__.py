"""The supervisor's doors: people, queues, search, exports, reports."""

from web.supervisor.wing import supervisor_wing

__all__ = ["supervisor_wing"]
