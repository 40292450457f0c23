"""What /healthz and /readyz answer."""

from datetime import datetime
from typing import Literal

from web.kit.answers import Answer


class WorkerOut(Answer):
    """How one of the things that run by themselves fares."""

    name: str
    is_well: bool
    last_success: datetime | None
    last_error: str
    """Kind of the newest failure; empty for none."""
    last_error_at: datetime | None
    failures: int
    """In a row."""
    pause_seconds: float
    """Until the next try, while it fails."""


class HealthOut(Answer):
    database: bool
    agent: bool
    """Its models are loaded."""
    degraded: bool
    """Its models could not be loaded: it only hands over."""
    voice: bool
    """Calls are taken."""
    workers: list[WorkerOut]


class ReadyOut(Answer):
    """What /readyz answers."""

    is_ready: bool
    waits_for: list[Literal["database", "agent"]]
