"""Measures over many conversations: each with its definition, its formula and what it is a share of.

    latency   how long callers waited for an answer, and where the time went
    tally     what happens, counted as it happens, for a monitoring system

Doors print them and work out nothing themselves.
"""

from reports.latency import STEPS, Latency, StepLatency, answer_ms, latency_of
from reports.tally import COUNT_SECONDS, Tally

__all__ = ["COUNT_SECONDS", "STEPS", "Latency", "StepLatency", "Tally", "answer_ms", "latency_of"]
