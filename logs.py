"""Logs without personal data: fixed messages, values as fields, tracebacks with places and types but no values.

An exception's text can hold what a customer typed (a validation error quotes its input, a database error its
parameters), so neither it nor local variables are ever written.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

QUIET = ("alembic", "aiosqlite", "rasa_sdk", "httpx", "httpx2", "httpcore", "openai", "uvicorn")


def places(error: BaseException) -> str:
    """Where it happened and of what type, chained causes included; never what it said."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(type(seen).__qualname__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


class _Plain(logging.Formatter):
    """The standard library's records, with exceptions reduced to places."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - as logging calls it
        return places(ei[1]) if ei[1] is not None else ""


def _reduce_exceptions(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = places(error)
    return event


PROCESSORS: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _reduce_exceptions,
    structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
)
"""From what is logged to a line."""


def configure(level: str) -> None:
    """Both kinds of log to standard error, from `level` (debug, info, warning, error) up."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
