"""Which operator next: pure functions over values. No clock, no storage, no framework.

Offers are made, accepted and declined in `actions.operator`.
"""

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
