"""How much one client may send, and how often somebody may try to sign in."""

from collections import OrderedDict
from collections.abc import Callable

from token_bucket import TokenBucket

MESSAGES_PER_SECOND = 5.0
MESSAGE_BURST = 20.0
REFUSALS_PER_SECOND = 1.0
REFUSAL_BURST = 100.0
"""A socket that goes on flooding after so many refusals is closed."""

SIGN_INS_PER_MINUTE_OF_ACCOUNT = 6.0
SIGN_INS_PER_MINUTE_OF_ADDRESS = 30.0
"""A centre behind one address begins its shift within minutes."""
REMEMBERED = 10_000


class Attempts:
    """A bucket per key, for example per address and account; the oldest keys are forgotten."""

    def __init__(self, clock: Callable[[], float], per_minute: float) -> None:
        self._clock = clock
        self._per_minute = per_minute
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def wait_for(self, key: str) -> float:
        now = self._clock()
        bucket = self._buckets.pop(key, None) or TokenBucket(self._per_minute / 60, self._per_minute, now)
        self._buckets[key] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket.wait_for(now)

    def forget(self, key: str) -> None:
        """It was no guess: begin anew."""
        self._buckets.pop(key, None)
