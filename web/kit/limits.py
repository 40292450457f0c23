"""How much one client may send: a token bucket a socket, and a slow one for sign-in attempts."""

from collections import OrderedDict
from collections.abc import Callable

MESSAGES_PER_SECOND = 5.0
MESSAGE_BURST = 20.0
REFUSALS_PER_SECOND = 1.0
REFUSAL_BURST = 100.0
"""A socket that goes on flooding after so many refusals is closed."""

SIGN_INS_PER_MINUTE = 6.0
REMEMBERED = 10_000


class Bucket:
    """Refills at `rate` a second up to `burst`."""

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


class Attempts:
    """A bucket per key, for example per address and account; the oldest keys are forgotten."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def wait_for(self, key: str) -> float:
        now = self._clock()
        bucket = self._buckets.pop(key, None) or Bucket(SIGN_INS_PER_MINUTE / 60, SIGN_INS_PER_MINUTE, now)
        self._buckets[key] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket.wait_for(now)
