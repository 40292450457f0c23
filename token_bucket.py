"""How much of one thing a client may send: so many at once, so many a second after that. Clockless."""


class TokenBucket:
    """Refills at `rate` a second up to `burst`, full at `now`, seconds of any monotonic clock."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, now

    def wait_for(self, now: float) -> float:
        """Take one token; 0.0 when there was one, else the seconds until there will be."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self._rate

    def give_back(self) -> None:
        """The last one was not spent after all."""
        self._tokens = min(self._burst, self._tokens + 1)

    def takes(self, now: float) -> bool:
        """True when one more is within bounds; then it is counted."""
        return self.wait_for(now) == 0.0
