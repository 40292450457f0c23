"""Match waiting conversations to operators: highest priority first, then longest waiting; longest idle operator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from routing.values import OperatorView, WaitingItem

RELAX_SKILLS_AFTER = timedelta(seconds=60)
"""After waiting this long, belonging to the queue is enough."""

REST_AFTER_REFUSAL = timedelta(seconds=30)
"""An operator who declined or missed a conversation is not offered it again for so long."""

MOST_REFUSALS = 3
"""Then it is offered to that operator no more (the field's default of three declines), while others are on duty."""


@dataclass(frozen=True)
class Assignment:
    conversation_id: str
    operator_id: str
    why: str
    """Why this operator, in words for the routing trace."""


def in_order(waiting: Iterable[WaitingItem]) -> list[WaitingItem]:
    """The queue as it is served: who is there before who has left."""
    return sorted(waiting, key=lambda item: (item.is_absent, -item.priority, item.queued_at, item.conversation_id))


def assign(waiting: Sequence[WaitingItem], operators: Sequence[OperatorView], now: datetime) -> list[Assignment]:
    """Who is offered what, now. No operator gets more than the free capacity, no conversation two operators."""
    crew = {operator.id: operator for operator in operators}
    made: list[Assignment] = []
    for item in (as_spoken(one, operators) for one in in_order(waiting)):
        if item.is_offered or item.ready_at > now:
            continue
        able = [one for one in crew.values() if one.load < one.capacity and may_take(item, one, now)]
        willing = [one for one in able if not _refused(item, one, now, alone=_is_alone(item, one, crew.values(), now))]
        if not willing:
            continue
        best = min(willing, key=lambda one: (not speaks(item, one), one.load, one.idle_since, one.id))
        crew[best.id] = replace(best, load=best.load + 1)
        tongue = f", speaks {item.language}" if item.language and speaks(item, best) else ""
        why = f"{best.name}: in queue {item.queue}, load {best.load}{tongue}"
        made.append(Assignment(item.conversation_id, best.id, why))
    return made


def may_take(item: WaitingItem, operator: OperatorView, now: datetime) -> bool:
    """Available, in the queue, skilled and speaking the customer's language, unless the customer has waited long."""
    if not operator.is_available or item.queue not in operator.queues:
        return False
    fits = speaks(item, operator) and all(skill in operator.skills for skill in item.skills)
    return fits or now - item.queued_at >= RELAX_SKILLS_AFTER


def speaks(item: WaitingItem, operator: OperatorView) -> bool:
    return not item.language or item.language in operator.languages


def as_spoken(item: WaitingItem, operators: Iterable[OperatorView]) -> WaitingItem:
    """The same, without its language where nobody on duty in the queue speaks it: waiting would not help."""
    if any(item.queue in one.queues and one.is_available and speaks(item, one) for one in operators):
        return item
    return replace(item, language="")


def _is_alone(item: WaitingItem, operator: OperatorView, crew: Iterable[OperatorView], now: datetime) -> bool:
    return not any(one.id != operator.id and may_take(item, one, now) for one in crew)


def _refused(item: WaitingItem, operator: OperatorView, now: datetime, *, alone: bool) -> bool:
    refusal = next((one for one in item.refusals if one.operator_id == operator.id), None)
    if refusal is None:
        return False
    return now - refusal.at < REST_AFTER_REFUSAL or (refusal.count >= MOST_REFUSALS and not alone)
