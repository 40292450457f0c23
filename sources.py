"""What one source may ask of a centre: all limits in one place.

A source is an address, as far as we can see it: of IPv6 its network of a subscriber (/64). It is known by a keyed hash
alone. Within its limits nobody is held up, past them a source waits and nobody else does.
"""

import ipaddress
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from conversation import Feed, LimitName, Message, SourceSpent
from token_bucket import TokenBucket


@dataclass(frozen=True)
class Limit:
    """So many at once, and then so many a second."""

    burst: float
    rate: float


LIMITS: dict[LimitName, Limit] = {
    "chat": Limit(300, 5),
    "call": Limit(60, 1),
    "identity": Limit(60, 0.5),
    "sign_in": Limit(30, 0.5),
    "account": Limit(6, 0.1),
}
"""New chats and calls; identity checks that failed; sign-ins of an address, and at an account wherever they come from.

A company is one address: a shift that begins, a hundred employees who write at once, are within these.
"""
TOPIC = "sources"
REMEMBERED = 20_000
"""Sources that have spent something; the longest unheard of are forgotten, and begin anew."""


class TooMany(Exception):
    """More than a source may have at once."""


def network_of(address: str) -> str:
    """The part of an address that one subscriber can't change at will; what is no address stays as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


class Sources:
    """What every source has spent. Other processes are told, so that a source has the same limit at all of them."""

    def __init__(self, feed: Feed, clock: Callable[[], float], *, scale: float = 1.0) -> None:
        """`clock`: seconds, monotonic. `scale` multiplies all limits of visitors; 0: they have none."""
        self._feed = feed
        self._clock = clock
        self._scale = scale
        self._buckets: OrderedDict[tuple[str, str], TokenBucket] = OrderedDict()
        self._held: Counter[tuple[str, str]] = Counter()
        feed.arrivals.append(self._arrived)

    def wait_for(self, limit: LimitName, source: str) -> float:
        """Spend one; 0.0 when there was one, else the seconds until there will be. Nobody ("") has no limit."""
        if not source or self._scale_of(limit) == 0:
            return 0.0
        wait = self._bucket(limit, source).wait_for(self._clock())
        if wait == 0.0:
            self._feed.publish(TOPIC, SourceSpent(limit, source))
        return wait

    def give_back(self, limit: LimitName, source: str) -> None:
        """The last one was not what is limited, after all."""
        if bucket := self._buckets.get((limit, source)):
            bucket.give_back()

    def forget(self, limit: LimitName, source: str) -> None:
        """Nothing of it was what is limited: this source begins anew."""
        self._buckets.pop((limit, source), None)

    @contextmanager
    def holding(self, what: str, source: str, most: int) -> Iterator[None]:
        """One of at most `most` that a source has open at once in this process. Raises TooMany."""
        key = (what, source)
        if source and self._scale and self._held[key] >= max(1, round(most * self._scale)):
            raise TooMany
        self._held[key] += 1
        try:
            yield
        finally:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]

    def _scale_of(self, limit: LimitName) -> float:
        return 1.0 if limit in ("sign_in", "account") else self._scale

    def _bucket(self, limit: LimitName, source: str) -> TokenBucket:
        bounds, scale, key = LIMITS[limit], self._scale_of(limit), (limit, source)
        bucket = self._buckets.pop(key, None)
        if bucket is None:
            bucket = TokenBucket(bounds.rate * scale, max(1.0, bounds.burst * scale), self._clock())
        self._buckets[key] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket

    def _arrived(self, message: Message) -> None:
        if isinstance(message, SourceSpent) and message.limit in LIMITS and self._scale_of(message.limit):
            self._bucket(message.limit, message.source).wait_for(self._clock())
