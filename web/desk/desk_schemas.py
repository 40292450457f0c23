"""States and rows as the desk's messages show them."""

from dataclasses import asdict
from datetime import datetime

from actions import Centre, operator_view
from actions.operator import operate
from agent import mood_of
from conversation import Assurance, Stage, State
from conversation.events import Fact
from crm_adapter import CrmAdapter, CrmError, CustomerRecord
from routing import OperatorView, WaitingItem
from storage.people import Person, Role
from tenant import Queue
from web.desk import desk_protocol as d


def work_item(centre: Centre, state: State) -> d.WorkItem:
    """One line of a list."""
    mood = mood_of(state)
    last = state.talk.last_turns[-1] if state.talk.last_turns else None
    intent = (
        state.owner.handover.intent
        if state.owner.handover
        else (state.dialogue.intents[-1] if state.dialogue.intents else None)
    )
    now = centre.clock()
    return d.WorkItem(
        conversation_id=state.conversation_id,
        stage=state.owner.stage,
        channel=state.talk.channel,
        seq=state.seq,
        customer=_customer(state),
        is_verified=state.record.identity.assurance >= Assurance.VERIFIED,
        queue=state.owner.queue,
        intent=intent.name if intent else "",
        headline=state.owner.handover.headline if state.owner.handover else "",
        reason=state.owner.handover.reason if state.owner.handover else None,
        priority=state.owner.priority,
        started_at=state.talk.started_at or now,
        queued_at=state.owner.queued_at,
        last_at=state.talk.last_at or now,
        last_text=last.text[:200] if last else "",
        last_speaker=last.speaker if last else "",
        operator_id=state.owner.operator_id,
        operator_name=state.owner.operator_name,
        mood=mood.level,
        mood_trend=mood.trend,
        is_customer_online=centre.attendance.is_here(state.conversation_id),
        call=_call(state),
    )


def _call(state: State) -> d.CallOut | None:
    call = state.call
    if call is None:
        return None
    asked = call.consult
    consult = d.ConsultOut.model_validate(asdict(asked)) if asked else None
    return d.CallOut(
        call_id=call.call_id,
        since=call.since,
        is_held=call.is_held,
        is_recording=call.is_recording,
        consult=consult,
    )


def _customer(state: State) -> str:
    given: tuple[Fact, ...] = state.talk.pre_chat
    return state.record.identity.name or next((fact.value for fact in given if fact.name == "name"), "")


def may_see(person: Person, state: State) -> bool:
    """Supervisors see all; an operator what is theirs, and what was handed to their queues."""
    return (
        person.role is Role.SUPERVISOR
        or state.owner.operator_id == person.id
        or _is_asked_in(person, state)
        or (state.owner.handover is not None and state.owner.queue in person.queues)
    )


async def may_open(centre: Centre, person: Person, state: State) -> bool:
    """The same, and what holds a callback that is theirs to make."""
    if may_see(person, state):
        return True
    rows = [one for one in await centre.lists.callbacks() if one.conversation_id == state.conversation_id]
    return any(operate.may_call_back(person, one) for one in rows)


def _is_asked_in(person: Person, state: State) -> bool:
    return state.call is not None and state.call.consult is not None and state.call.consult.operator_id == person.id


def offer_out(centre: Centre, state: State) -> d.OfferOut | None:
    """The open offer of a conversation."""
    if state.owner.offer is None or state.owner.handover is None:
        return None
    return d.OfferOut(
        offer_id=state.owner.offer.offer_id,
        expires_at=state.owner.offer.expires_at,
        offer_seconds=round(centre.timing.offer.total_seconds()),
        item=work_item(centre, state),
        card=state.owner.handover,
        passed_on=d.PassedOnOut.model_validate(asdict(state.owner.passed_on)) if state.owner.passed_on else None,
    )


def operator_out(person: Person, view: OperatorView) -> d.OperatorOut:
    return d.OperatorOut(
        operator_id=person.id,
        name=person.name,
        role=person.role,
        presence=person.presence if person.is_connected else "offline",
        presence_set_by=person.presence_set_by,
        presence_at=person.presence_at,
        load=view.load,
        capacity=person.capacity,
        skills=person.skills,
        queues=list(person.queues),
        languages=list(person.languages),
    )


async def people_out(centre: Centre) -> d.PeopleOut:
    """Presence, load and queues as they are now."""
    people = [one for one in await centre.people.all() if one.is_active]
    loads = await centre.lists.loads()
    views = {person.id: operator_view(person, loads.get(person.id, 0)) for person in people}
    waiting = (await centre.queue_snapshots.look()).waiting
    now = centre.clock()
    return d.PeopleOut(
        operators=[operator_out(person, views[person.id]) for person in people],
        queues=[_queue_out(queue, waiting, views, now) for queue in centre.tenant.queues],
    )


def _queue_out(
    queue: Queue, waiting: tuple[WaitingItem, ...], views: dict[str, OperatorView], now: datetime
) -> d.QueueOut:
    here = [item.queued_at for item in waiting if item.queue == queue.id]
    return d.QueueOut(
        queue_id=queue.id,
        name=queue.name,
        is_open=queue.hours.is_open(now),
        waiting=len(here),
        longest_wait_since=min(here, default=None),
        on_duty=sum(1 for view in views.values() if view.is_available and queue.id in view.queues),
    )


async def callbacks_out(centre: Centre, person: Person) -> list[d.CallbackOut]:
    """Promised callbacks that are this person's to make."""
    rows = [row for row in await centre.lists.callbacks() if operate.may_call_back(person, row)]
    return [
        d.CallbackOut(
            callback_id=row.callback_id,
            conversation_id=row.conversation_id,
            name=row.name,
            phone=row.phone,
            wanted_when=row.wanted_when,
            due=row.due,
            about=row.about,
            queue=row.queue,
            status=row.status,
            operator_id=row.operator_id,
            created_at=row.created_at,
        )
        for row in rows
    ]


async def desk_out(centre: Centre, person: Person) -> d.DeskOut:
    """The whole desk of one person."""
    people = await people_out(centre)
    mine = await centre.lists.held_by(person.id)
    waiting = await centre.lists.waiting()
    live = await centre.lists.live() if person.role is Role.SUPERVISOR else []
    offers = [offer_out(centre, state) for state in mine if state.owner.stage is Stage.OFFERED]
    return d.DeskOut(
        me=next(one for one in people.operators if one.operator_id == person.id),
        now=centre.clock(),
        operators=people.operators,
        queues=people.queues,
        work=[work_item(centre, state) for state in mine if state.owner.stage is not Stage.OFFERED],
        waiting=[work_item(centre, state) for state in waiting if may_see(person, state)],
        live=[work_item(centre, state) for state in live],
        callbacks=await callbacks_out(centre, person),
        offers=[one for one in offers if one is not None],
        quick_replies=[
            d.QuickReply(id=one.id, shortcut=one.shortcut, title=one.title, text=one.text)
            for one in centre.tenant.quick_replies
        ],
        dispositions=[
            d.Disposition(id=one.id, name=one.name, category=one.category) for one in centre.tenant.dispositions
        ],
        brand=centre.tenant.brand,
        agent_name=centre.tenant.persona.name,
    )


async def record_of(crm: CrmAdapter, state: State) -> CustomerRecord | None:
    """The CRM record of an identified customer; None when there is none or the CRM does not answer."""
    if state.record.identity.customer_id is None:
        return None
    try:
        return await crm.find_record(state.record.identity.customer_id)
    except CrmError:
        return None
