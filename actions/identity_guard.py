"""How often identities may be guessed: by record, and by where the guesses come from.

Whoever guesses is slowed and at last shut out, wherever they look; the customer, who comes from elsewhere, is not.
"""

import asyncio
from datetime import datetime

import structlog

from actions.attendance import Attendance
from sources import Sources
from storage.people import FailedChecks

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 2.0
"""A check waits so long for its source's next one."""


class IdentityGuard:
    """The agent's VerificationGuard over the table of failed checks and the limits of sources."""

    def __init__(
        self, checks: FailedChecks, sources: Sources | None = None, attendance: Attendance | None = None
    ) -> None:
        """Without `sources` and `attendance` nobody is known to come from anywhere."""
        self._checks = checks
        self._sources = sources
        self._attendance = attendance

    async def may_try(self, conversation_id: str) -> bool:
        """Spend one of the source's guesses; a check that goes well gives it back."""
        source = self._source_of(conversation_id)
        if self._sources is None:
            return True
        wait = self._sources.wait_for("identity", source)
        if 0 < wait <= PATIENCE_SECONDS:
            await asyncio.sleep(wait)
            wait = self._sources.wait_for("identity", source)
        if wait > 0:
            log.warning("identities are guessed from one source", source=source)
        return wait == 0

    async def failures(self, customer_id: str, since: datetime) -> int:
        """Of this record, from everywhere."""
        return await self._checks.failures(customer_id, since)

    async def failures_here(self, customer_id: str, since: datetime, conversation_id: str) -> int:
        """Of this record, from where this conversation comes from."""
        return await self._checks.failures(customer_id, since, source=self._source_of(conversation_id))

    async def record_failure(self, customer_id: str, at: datetime, conversation_id: str) -> None:
        """Before it is judged; `forgive` takes it back."""
        await self._checks.record_failure(customer_id, at, source=self._source_of(conversation_id))

    async def forgive(self, customer_id: str, at: datetime, conversation_id: str) -> None:
        """The check begun `at` went well after all."""
        await self._checks.forgive(customer_id, at)
        if self._sources is not None:
            self._sources.give_back("identity", self._source_of(conversation_id))

    def _source_of(self, conversation_id: str) -> str:
        return self._attendance.source_of(conversation_id) if self._attendance else ""
