"""What an operator does in writing: offers are made and answered, then say, note, pass on, end, wrap up, call back."""

from actions.operator.offer import RETRY_SECONDS, Dispatcher

__all__ = [
    "RETRY_SECONDS",
    "Dispatcher",
]
