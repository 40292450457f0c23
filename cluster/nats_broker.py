"""Fan-out by a NATS server: it says when the connection was lost, so that what was missed is read from the tables."""

import asyncio
from contextlib import suppress

import nats
import nats.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

from cluster.broker import SUBJECT, BrokerAway, Missed, Take

log = structlog.get_logger(__name__)

RETRY_SECONDS = 0.5
PING_SECONDS = 5
"""A connection that is gone without a word is noticed after two of these."""


class NatsBroker:
    """One connection to one NATS server or cluster."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Client | None = None

    @property
    def is_connected(self) -> bool:
        """True while messages cross."""
        return self._client is not None and self._client.is_connected

    async def run(self, take: Take, missed: Missed) -> None:
        """See Broker."""

        is_closing = False

        async def taken(message: Msg) -> None:
            take(message.data)

        async def back() -> None:
            log.info("the broker is back")
            missed()

        async def away() -> None:
            if not is_closing:
                log.warning("the broker is away: other processes hear of changes a few seconds late")

        async def failed(error: Exception) -> None:
            if isinstance(error, nats.errors.SlowConsumerError):
                missed()

        while self._client is None:
            with suppress(OSError, nats.errors.Error, asyncio.TimeoutError):
                self._client = await nats.connect(
                    self._url,
                    no_echo=True,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=RETRY_SECONDS,
                    ping_interval=PING_SECONDS,
                    max_outstanding_pings=2,
                    reconnected_cb=back,
                    disconnected_cb=away,
                    error_cb=failed,
                )
            if self._client is None:
                await asyncio.sleep(RETRY_SECONDS)
        try:
            await self._client.subscribe(SUBJECT, cb=taken, pending_msgs_limit=100_000)
            missed()
            await asyncio.get_running_loop().create_future()
        finally:
            is_closing = True
            with suppress(OSError, nats.errors.Error, asyncio.TimeoutError):
                await self._client.close()

    async def send(self, message: bytes) -> None:
        """See Broker."""
        if self._client is None or not self._client.is_connected:
            raise BrokerAway
        try:
            await self._client.publish(SUBJECT, message)
        except (OSError, nats.errors.Error) as error:
            raise BrokerAway from error
