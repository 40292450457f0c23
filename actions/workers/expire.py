"""What happens when nobody does anything: missed offers, operators who don't come back, customers who left."""

import asyncio
from datetime import datetime

import structlog

from actions.change import Centre
from conversation import ClosureReason, RequeueReason, Stage, State, due_at
from conversation.events import AgentSaid, ConsultEnded, Ended, Event, Notice, OperatorLost, OperatorRestored, Requeued
from conversation.fold import IllegalEvent
from storage.kit import StorageError
from storage.people import Person, Presence

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
        await centre.people.set_presence(missed[-1], Presence.INACTIVE, by="system", at=now)
        centre.crew_changed()


def _give_up_on(state: State) -> list[Event]:
    return [
        Requeued(RequeueReason.OPERATOR_LOST, state.owner.operator_id or ""),
        Notice(
            "requeued",
            f"{state.owner.operator_name} could not come back. You keep your place: the next free person will help"
            " you.",
        ),
    ]


async def operator_lost(centre: Centre, person: Person) -> None:
    """The operator's last screen went away: hold their customers' places, take back what they were offered."""
    until = centre.clock() + centre.timing.lost_grace

    def decide(state: State) -> list[Event]:
        if state.owner.stage is Stage.OFFERED and state.owner.offer and state.owner.offer.operator_id == person.id:
            return [Requeued(RequeueReason.OPERATOR_LOST, person.id)]
        if state.owner.stage is Stage.OPERATOR and state.owner.operator_id == person.id:
            text = (
                f"{person.name}'s connection was lost. Please stay: if they aren't back soon, a colleague takes over."
            )
            return [OperatorLost(person.id, until), Notice("operator_lost", text)]
        consult = state.call.consult if state.call else None
        return [ConsultEnded(person.id)] if consult and consult.operator_id == person.id else []

    for state in await centre.lists.held_by(person.id):
        await centre.change(state.conversation_id, decide)


async def operator_back(centre: Centre, person: Person) -> None:
    """The operator is back in time: their conversations go on."""

    def decide(state: State) -> list[Event]:
        if state.owner.stage is Stage.OPERATOR_LOST and state.owner.operator_id == person.id:
            return [OperatorRestored(person.id), Notice("operator_back", f"{person.name} is back.")]
        return []

    for state in await centre.lists.held_by(person.id):
        await centre.change(state.conversation_id, decide)


async def recover(centre: Centre) -> None:
    """After a restart no operator is connected: the same as all of them losing their connection now."""
    for person in await centre.people.all():
        if person.is_connected:
            await centre.people.set_connected(person.id, False)
        await operator_lost(centre, person)


class Sweeper:
    """Looks for passed deadlines once a second."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    async def run(self) -> None:
        sweeps = 0
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            sweeps += 1
            try:
                await self.sweep()
                if sweeps % FORGET_EVERY == 0:
                    await self._centre.people.sweep(self._centre.clock())
            except (StorageError, OSError):
                log.warning("sweeping paused: the database does not answer")
            except Exception:  # deadlines must go on being kept whatever one conversation does
                log.exception("sweeping failed")

    async def sweep(self) -> None:
        now = self._centre.clock()
        for conversation_id in await self._centre.lists.due(now):
            try:
                await expire(self._centre, conversation_id, now)
            except IllegalEvent:
                log.exception("a deadline could not be kept")
