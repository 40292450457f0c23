"""Fan-out by Redis or Valkey.

Its client would subscribe again in silence after a lost connection, and what was published meanwhile would be missed
without a sign; so the connection is ours to lose and make anew.
"""

import asyncio

import structlog
from redis import asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from cluster.broker import SUBJECT, BrokerAway, Missed, Take

log = structlog.get_logger(__name__)

RETRY_SECONDS = 0.5
CHECK_SECONDS = 5


class RedisBroker:
    """One connection that hears and one that speaks."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = redis.Redis.from_url(
            url, retry=Retry(NoBackoff(), 0), health_check_interval=CHECK_SECONDS, socket_connect_timeout=CHECK_SECONDS
        )
        self._is_connected = False

    @property
    def is_connected(self) -> bool:
        """True while messages cross."""
        return self._is_connected

    async def run(self, take: Take, missed: Missed) -> None:
        """See Broker."""
        try:
            while True:
                try:
                    await self._hear(take, missed)
                except (RedisError, OSError):
                    if self._is_connected:
                        log.warning("the broker is away: other processes hear of changes a few seconds late")
                    self._is_connected = False
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            await self._client.aclose()

    async def _hear(self, take: Take, missed: Missed) -> None:
        async with self._client.pubsub() as heard:
            await heard.subscribe(SUBJECT)
            self._is_connected = True
            missed()
            while True:
                # A time-out of its own lets the health check see a peer that is gone without a word.
                message = await heard.get_message(ignore_subscribe_messages=True, timeout=CHECK_SECONDS)
                if message is not None:
                    take(message["data"])

    async def send(self, message: bytes) -> None:
        """See Broker."""
        if not self._is_connected:
            raise BrokerAway
        try:
            await self._client.publish(SUBJECT, message)
        except (RedisError, OSError) as error:
            raise BrokerAway from error
