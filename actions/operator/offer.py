"""Offer waiting conversations to operators, and what becomes of an offer: accepted, declined, picked."""

import asyncio
from contextlib import suppress

import structlog

from actions.attendance import OFFERED_FOR
from actions.change import Centre, NotAllowed, waiting_item
from agent import introduction
from conversation import DESK_TOPIC, Appended, CrewChanged, Message, RequeueReason, Stage, State, Subscription
from conversation.events import Event, Notice, OfferAccepted, Offered, OperatorSaid, Requeued
from routing import Assignment, assign
from storage.conversation import CapacityClaim, Moved, OperatorFull
from storage.people import Person, Role

log = structlog.get_logger(__name__)

RETRY_SECONDS = 1.0
"""Waiting conversations are looked at this often even if nothing wakes the dispatcher."""


async def offer(centre: Centre, made: Assignment, operators: dict[str, Person]) -> bool:
    """Offer one conversation; False when the operator filled up or the conversation moved on meanwhile."""
    person = operators[made.operator_id]

    def decide(state: State) -> list[Event]:
        if state.owner.stage is not Stage.QUEUED:
            return []
        expires_at = centre.clock() + centre.timing.offer
        return [Offered(centre.new_id("o"), person.id, person.name, expires_at)]

    try:
        appended = await centre.change(made.conversation_id, decide, claim=CapacityClaim(person.id, person.capacity))
    except (OperatorFull, Moved):
        return False
    return bool(appended.events)


async def dispatch(centre: Centre) -> int:
    """Offer whatever can be offered now; returns how many offers were made."""
    crew = await centre.queue_snapshots.crew()
    queues = {queue for one in crew if one.is_available and one.load < one.capacity for queue in one.queues}
    if not queues:
        return 0
    now = centre.clock()
    found = await centre.lists.offerable(queues, now - OFFERED_FOR)
    waiting = [waiting_item(state, now, centre.tenant.language, is_absent=away) for state, away in found]
    made = assign(waiting, crew, now)
    operators = {person.id: person for person in await centre.people.all()} if made else {}
    results = [await offer(centre, one, operators) for one in made]
    return sum(results)


class Dispatcher:
    """Offers when something changed: it reads the desk's feed like a screen, and looks again every `RETRY_SECONDS`."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._news = Subscription()
        centre.feed.attach(DESK_TOPIC, self._news)
        self._is_due = True
        """Something may let an offer be made, and it was not tried since."""

    async def step(self) -> None:
        """Wait for news, or for a while, and offer what can be offered; a worker's step."""
        if not self._is_due:
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY_SECONDS):
                    while not _frees(await self._news.get()):
                        continue
        self._is_due = self._centre.membership.leads
        if not self._is_due:
            return  # another process offers
        self._news.drain()  # all of it is in the tables by now
        await dispatch(self._centre)
        self._is_due = False


def _frees(message: Message | None) -> bool:
    """Whether an offer may be possible now that was not before; None: some news were missed."""
    match message:
        case None | CrewChanged():
            return True
        case Appended(state=state):
            return state.is_waiting
        case _:
            return False


async def accept(
    centre: Centre, person: Person, conversation_id: str, offer_id: str, *, greet: bool = False
) -> Appended:
    """Take an offered conversation. Raises NotAllowed when the offer is gone or another's."""

    def decide(state: State) -> list[Event]:
        if (
            state.owner.offer is None
            or state.owner.offer.offer_id != offer_id
            or state.owner.offer.operator_id != person.id
        ):
            raise NotAllowed("This offer is no longer open.")
        return _take(centre, state, person, offer_id, greet=greet)

    return await centre.change(conversation_id, decide)


async def decline(centre: Centre, person: Person, conversation_id: str, offer_id: str) -> Appended:
    """Let an offered conversation go back to its old place."""

    def decide(state: State) -> list[Event]:
        if (
            state.owner.offer is None
            or state.owner.offer.offer_id != offer_id
            or state.owner.offer.operator_id != person.id
        ):
            raise NotAllowed("This offer is no longer open.")
        return [Requeued(RequeueReason.DECLINED, person.id)]

    return await centre.change(conversation_id, decide)


async def pick(centre: Centre, person: Person, conversation_id: str) -> Appended:
    """Take a waiting conversation out of turn. Raises NotAllowed, OperatorFull."""

    def decide(state: State) -> list[Event]:
        if state.owner.stage is not Stage.QUEUED:
            raise NotAllowed("This conversation is not waiting any more.")
        if person.role is Role.OPERATOR and state.owner.queue not in person.queues:
            raise NotAllowed("This conversation waits in a queue that is not yours.")
        offer_id = centre.new_id("o")
        offered = Offered(offer_id, person.id, person.name, centre.clock() + centre.timing.offer)
        return [offered, *_take(centre, state, person, offer_id, greet=False)]

    return await centre.change(conversation_id, decide, claim=CapacityClaim(person.id, person.capacity))


def _take(centre: Centre, state: State, person: Person, offer_id: str, *, greet: bool) -> list[Event]:
    first_name = person.name.split()[0]
    joined = f"{person.name} has joined the conversation."
    if state.call:
        joined = introduction(state.record.identity.name, person.name, centre.tenant.queue(state.owner.queue).name)
    events: list[Event] = [OfferAccepted(offer_id, person.id, person.name), Notice("operator_joined", joined)]
    if greet and state.owner.handover:
        about = f" about “{state.owner.handover.intent.name.lower()}”" if state.owner.handover.intent else ""
        text = f"Hello, this is {first_name}. I have your details{about}, so there's no need to repeat anything."
        events.append(OperatorSaid(person.id, person.name, text, centre.new_id("m")))
    return events
