"""How long this caller pauses inside a turn, learned as the call goes on."""

from dataclasses import dataclass

_WEIGHT = 0.3
"""of the newest pause in the moving average"""
_SHORTEST, _LONGEST = 0.15, 2.0
"""seconds; shorter is articulation, longer is a caller who was thinking or reading a card"""
_MARGIN = 1.3
"""the wait is this much longer than the caller's usual pause"""
_TRUSTED_AFTER = 2
"""pauses heard before they change anything"""


@dataclass(frozen=True)
class CallerPace:
    """Moving average of a caller's own pauses."""

    mean_pause_seconds: float = 0.0
    """moving average, 0 before the first pause"""
    pauses: int = 0
    """how many were heard"""

    def after_pause(self, seconds: float) -> "CallerPace":
        """The pace once one more pause inside a turn is known."""
        if not _SHORTEST <= seconds <= _LONGEST:
            return self
        mean = seconds if not self.pauses else (1 - _WEIGHT) * self.mean_pause_seconds + _WEIGHT * seconds
        return CallerPace(mean, self.pauses + 1)

    @property
    def least_wait_seconds(self) -> float:
        """Silence this caller deserves before being answered; 0 until two pauses are known."""
        return _MARGIN * self.mean_pause_seconds if self.pauses >= _TRUSTED_AFTER else 0.0
