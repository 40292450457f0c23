"""Empties the outbox: closing notes into the customer's CRM record, at least once, each under its own key."""

from collections.abc import Callable

import structlog

from actions.change import Clock
from crm_adapter import CrmAdapter, CrmError
from storage.kit import Outbox, OutboxItem

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 2.0


class OutboxWorker:
    """Delivers what is due; every `PAUSE_SECONDS`."""

    def __init__(
        self, outbox: Outbox, crm: CrmAdapter, clock: Clock, *, leads: Callable[[], bool] = lambda: True
    ) -> None:
        """`leads`: whether it is for this process to deliver."""
        self._leads = leads
        self._outbox = outbox
        self._crm = crm
        self._clock = clock

    async def deliver_due(self) -> int:
        """Deliver what is due now; returns how many arrived."""
        arrived = 0
        if not self._leads():
            return arrived
        for item in await self._outbox.due(self._clock()):
            try:
                await self._deliver(item)
            except CrmError as error:
                log.warning("delivery failed, will try again", kind=item.kind, attempts=item.attempts + 1)
                await self._outbox.failed(item, str(error), self._clock())
            else:
                await self._outbox.delivered(item, self._clock())
                arrived += 1
        return arrived

    async def _deliver(self, item: OutboxItem) -> None:
        payload = item.payload
        how = f" ({payload['disposition']})" if payload["disposition"] else ""
        text = f"Conversation {payload['conversation_id']}{how}: {payload['summary']}"
        await self._crm.add_note(payload["customer_id"], item.key, text, self._clock().date())
