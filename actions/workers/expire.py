"""What happens when nobody does anything: missed offers, operators who don't come back, customers who left."""

from datetime import datetime

import structlog

from actions.change import Centre
from actions.presence import presence
from conversation import ClosureReason, RequeueReason, Stage, State, due_at
from conversation.events import AgentSaid, Ended, Event, Notice, Requeued
from conversation.fold import IllegalEvent
from storage.conversation import Absences

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 1.0
FORGET_EVERY = 60
"""Sweeps between two clean-ups of expired sessions."""


async def expire(centre: Centre, conversation_id: str, now: datetime) -> None:
    """Move one conversation past its deadline, if it still has one."""
    missed: list[str] = []

    def decide(state: State) -> list[Event]:
        deadline = due_at(state, centre.timing.idle)
        if deadline is None or deadline > now:
            return []
        match state.owner.stage:
            case Stage.OFFERED if state.owner.offer:
                missed.append(state.owner.offer.operator_id)
                return [Requeued(RequeueReason.EXPIRED, state.owner.offer.operator_id)]
            case Stage.OPERATOR_LOST:
                return _give_up_on(state)
            case _:
                text = "I haven't heard from you for a while, so I'm closing this chat. Write any time to start again."
                return [AgentSaid(text), Ended("system", ClosureReason.CUSTOMER_IDLE)]

    appended = await centre.change(conversation_id, decide)
    if missed and appended.events:
        await presence.missed_offer(centre, missed[-1])


async def give_up_on_absent(centre: Centre, conversation_id: str) -> None:
    """Close what nobody waits for any more: the customer left before somebody was free, and did not come back."""

    def decide(state: State) -> list[Event]:
        if state.owner.stage is not Stage.QUEUED or centre.attendance.is_here(conversation_id):
            return []
        text = "You left before somebody was free, so I'm closing this chat. Write any time to start again."
        return [AgentSaid(text), Ended("system", ClosureReason.CUSTOMER_IDLE)]

    await centre.change(conversation_id, decide)


def _give_up_on(state: State) -> list[Event]:
    return [
        Requeued(RequeueReason.OPERATOR_LOST, state.owner.operator_id or ""),
        Notice(
            "requeued",
            f"{state.owner.operator_name} could not come back. You keep your place: the next free person will help"
            " you.",
        ),
    ]


class Sweeper:
    """Looks for passed deadlines; every `SWEEP_SECONDS`."""

    def __init__(self, centre: Centre, absences: Absences) -> None:
        self._centre = centre
        self._absences = absences
        self._sweeps = 0

    async def sweep(self) -> None:
        """One look; a worker's step, of the leader alone."""
        if not self._centre.membership.leads:
            return
        now = self._centre.clock()
        for conversation_id in await self._centre.lists.due(now):
            try:
                await expire(self._centre, conversation_id, now)
            except IllegalEvent:
                log.exception("a deadline could not be kept")
        for conversation_id in await self._absences.waiting_since(now - self._centre.timing.idle):
            await give_up_on_absent(self._centre, conversation_id)
        self._sweeps += 1
        if self._sweeps % FORGET_EVERY == 0:
            await self._centre.people.sweep(now)
