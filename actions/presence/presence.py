"""Operators at their desks: arrive, leave, set a presence; what becomes of their customers meanwhile."""

from actions.change import Centre
from conversation import RequeueReason, Stage, State
from conversation.events import ConsultEnded, Event, Notice, OperatorLost, OperatorRestored, Requeued
from storage.people import Person, Presence, Role


async def arrive(centre: Centre, person: Person) -> None:
    """The first desk of this person in this process is open: who was away is available, customers who were kept go
    on."""
    is_first = await centre.desks.opened(person.id)
    if is_first and person.presence in (Presence.OFFLINE, Presence.INACTIVE) and person.role is Role.OPERATOR:
        await centre.people.set_presence(person.id, Presence.AVAILABLE, by="system", at=centre.clock())
    await operator_back(centre, person)
    centre.crew_changed()


async def leave(centre: Centre, person: Person) -> None:
    """The last desk of this person in this process has closed; they are gone when no other process has one."""
    if await centre.desks.closed(person.id):
        await operator_lost(centre, person)
        centre.crew_changed()


async def set_presence(centre: Centre, person: Person, presence: Presence) -> None:
    """What the operator says of themselves."""
    await centre.people.set_presence(person.id, presence, by="person", at=centre.clock())
    centre.crew_changed()


async def missed_offer(centre: Centre, operator_id: str) -> None:
    """Who lets an offer run out gets no more until they say that they are there."""
    await centre.people.set_presence(operator_id, Presence.INACTIVE, by="system", at=centre.clock())
    centre.crew_changed()


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
