"""How much of one thing a device may send: so many at once, so many a second after that. Clockless."""


class Allowance:
    """Refills at `per_second` up to `burst`, full at the start."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._left, self._at = burst, 0.0

    def begin(self, at: float) -> None:
        """Count from this time on, seconds of any monotonic clock."""
        self._left, self._at = self._burst, at

    def takes(self, at: float) -> bool:
        """True when one more is within bounds; then it is counted."""
        self._left = min(self._burst, self._left + (at - self._at) * self._per_second)
        self._at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True
