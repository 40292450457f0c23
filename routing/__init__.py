"""Which operator next: pure functions over values. No clock, no storage, no framework."""

from routing.assignment import Assignment, assign
from routing.crew import Staffing, staffing
from routing.values import OperatorView, Refused, WaitingItem

__all__ = [
    "Assignment",
    "OperatorView",
    "Refused",
    "Staffing",
    "WaitingItem",
    "assign",
    "staffing",
]
