"""How long-running work says how far it is."""

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Told the name of the step and the share of it that is done, in [0, 1]."""


def silent(step: str, share: float) -> None:
    """Progress for nobody."""
