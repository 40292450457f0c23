"""What a process had open when it died: its customers are away, its operators lost, its calls wait to be called back.

Nothing of it is new: it is what a restart does, done by whoever leads for whoever is gone.
"""

from collections.abc import Callable

import structlog

from actions.answering import unanswered
from actions.change import Centre
from actions.presence import presence
from conversation import State
from storage.conversation import Absences

log = structlog.get_logger(__name__)

TAKEOVER_SECONDS = 1.0
AT_ONCE = 200
"""Conversations read together."""


class Takeover:
    """Looks after what no living process does."""

    def __init__(
        self, centre: Centre, absences: Absences, answer: Callable[[str], None], expect_back: Callable[[State], None]
    ) -> None:
        """`answer`: somebody may wait for the agent; `expect_back`: a caller whose line is lost may call again."""
        self._centre = centre
        self._absences = absences
        self._answer = answer
        self._expect_back = expect_back
        self._seen: set[str] = set()
        """The processes that were alive when everything had an owner."""

    async def step(self) -> None:
        """Look whether somebody is gone; a worker's step, of the leader alone."""
        alive = set(self._centre.membership.alive)
        if alive == self._seen or not self._centre.membership.leads:
            return
        await self._operators(alive)
        await self._customers(alive)
        self._seen = alive

    async def _operators(self, alive: set[str]) -> None:
        at_desks, loads = await self._centre.desks.people(alive), await self._centre.lists.loads()
        for person in await self._centre.people.all():
            if person.id not in at_desks and (person.is_connected or person.id in loads):
                await presence.leave(self._centre, person)

    async def _customers(self, alive: set[str]) -> None:
        left = await self._absences.take_over(alive, self._centre.clock())
        if left:
            log.info("conversations taken over", conversations=len(left))
        for begin in range(0, len(left), AT_ONCE):
            for state in await self._centre.lists.these(left[begin : begin + AT_ONCE]):
                self._centre.attendance.nobody_there(state.conversation_id)
                if state.call is not None:
                    self._expect_back(state)
                if unanswered(state) is not None:
                    self._answer(state.conversation_id)
