"""Which broker an address names."""

from cluster.broker import Broker


def open_broker(url: str) -> Broker:
    """The broker of an address: nats://, tls://, redis:// or rediss://. Raises ValueError for another."""
    scheme = url.partition("://")[0]
    if scheme in ("nats", "tls"):
        from cluster.nats_broker import NatsBroker  # each needs a library that one process does without

        return NatsBroker(url)
    if scheme in ("redis", "rediss"):
        from cluster.redis_broker import RedisBroker

        return RedisBroker(url)
    raise ValueError(f"no broker is known by {scheme!r}; write nats://host:4222 or redis://host:6379")
