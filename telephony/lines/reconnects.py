"""What becomes of a call whose line has closed: its end is recorded, or it stays open a while for a caller who is lost.

Nothing here fails: what can't be recorded now is recorded later.
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import structlog

from actions import Centre
from actions.call import call
from conversation import CallEnd
from storage.kit import StorageError
from telephony.shell.call_tasks import retry_until_stored

log = structlog.get_logger(__name__)

ASK_AGAIN_SECONDS = 1.0


class Reconnects:
    """The calls of this process that wait for their caller or for the database."""

    def __init__(self, centre: Centre, is_opening: Callable[[str], bool]) -> None:
        """`is_opening`: a caller of this conversation is back and waits for the models to load."""
        self._centre = centre
        self._is_opening = is_opening
        self._waiting: dict[str, asyncio.Task[None]] = {}
        """By conversation, what is done when its caller does not come back."""

    def __contains__(self, conversation_id: str | None) -> bool:
        return conversation_id in self._waiting

    def __len__(self) -> int:
        return len(self._waiting)

    async def gone(self, conversation_id: str, call_id: str, hung_up: CallEnd | None) -> bool:
        """The caller's line has closed; `hung_up` says how the caller ended it, None when it was just gone.

        True when the conversation goes on.
        """
        try:
            return await self._record_end(conversation_id, call_id, hung_up)
        except StorageError:
            self._wait(conversation_id, partial(self._record_end_later, conversation_id, call_id, hung_up))
            return hung_up is not CallEnd.HUNG_UP

    def expect_back(self, conversation_id: str, call_id: str) -> None:
        """End the call when its caller has not come back after the line's grace."""

        async def give_up() -> None:
            await asyncio.sleep(self._centre.timing.line_grace.total_seconds())
            while self._is_opening(conversation_id):  # noqa: ASYNC110 - rare, and a second more is no matter
                await asyncio.sleep(ASK_AGAIN_SECONDS)
            await retry_until_stored(partial(call.lost, self._centre, conversation_id, call_id))

        self._wait(conversation_id, give_up)

    def is_back(self, conversation_id: str) -> None:
        """The caller is there again."""
        if waiting := self._waiting.pop(conversation_id, None):
            waiting.cancel()

    async def close(self) -> None:
        """Wait no more; the next start of the process takes these calls up."""
        waiting = list(self._waiting.values())
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _record_end(self, conversation_id: str, call_id: str, hung_up: CallEnd | None) -> bool:
        state = await self._centre.store.reload(conversation_id)
        if not state.is_live or state.call is None or state.call.call_id != call_id:
            return state.is_live
        if hung_up is None:
            self.expect_back(conversation_id, call_id)
            return True
        ends = hung_up is not CallEnd.MOVED_TO_CHAT
        after = await call.end(self._centre, conversation_id, call_id, "customer", hung_up, ends_conversation=ends)
        return after.state.is_live

    async def _record_end_later(self, conversation_id: str, call_id: str, hung_up: CallEnd | None) -> None:
        await retry_until_stored(partial(self._record_end, conversation_id, call_id, hung_up))

    def _wait(self, conversation_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do this unless the caller comes back first; one such thing a conversation."""
        self.is_back(conversation_id)
        waiting = asyncio.create_task(work())
        self._waiting[conversation_id] = waiting
        waiting.add_done_callback(partial(self._waited, conversation_id))

    def _waited(self, conversation_id: str, work: "asyncio.Task[None]") -> None:
        if self._waiting.get(conversation_id) is work:
            del self._waiting[conversation_id]
        if not work.cancelled() and (error := work.exception()) is not None:
            log.error("a lost call could not be ended", exc_info=error)
