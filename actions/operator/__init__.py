"""What an operator does in writing: offers are made and answered, then say, note, pass on, end, wrap up, call back."""

from actions.operator.offer import Dispatcher

__all__ = [
    "Dispatcher",
]
