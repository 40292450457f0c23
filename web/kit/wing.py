"""What a capability hands the server: its doors, its workers, and how its refusals read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import APIRouter

from actions.workers import Worker
from web.kit.refusals import RefusalCode


@dataclass(frozen=True)
class Refusal:
    """How an error of the capability's rooms is answered over HTTP."""

    status: int
    code: RefusalCode
    detail: str = ""
    """What people read; empty for the error's own sentence."""


@dataclass(frozen=True)
class Wing:
    """One capability. app.py lists them and does the same with each."""

    name: str
    routers: tuple[APIRouter, ...] = ()
    """HTTP doors and websockets."""
    workers: tuple[Worker, ...] = ()
    """Run while the server does."""
    refusals: Mapping[type[Exception], Refusal] = field(default_factory=dict)
    """By kind of error; the nearest of an error's kinds counts."""
