"""Can a queue take this customer now, and how long will it be? Honest numbers for the agent to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from routing.assignment import as_spoken, in_order, may_take
from routing.values import OperatorView, WaitingItem
from tenant import Queue

USUAL_HANDLE_SECONDS = 360
"""Average handle time assumed until there is a measured one (contact-centre.md 4.1: about six minutes)."""


@dataclass(frozen=True)
class Staffing:
    is_open: bool
    opens_at: datetime | None
    """Next opening in local time, when closed."""
    on_duty: int
    """Operators available for this queue, free or not."""
    free_slots: int
    position: int
    """1 is next."""
    estimate_seconds: int | None
    """None when nobody is on duty: any number would be invented."""


def staffing(
    queue: Queue,
    item: WaitingItem,
    waiting: Sequence[WaitingItem],
    operators: Sequence[OperatorView],
    now: datetime,
    handle_seconds: int = USUAL_HANDLE_SECONDS,
) -> Staffing:
    """How a queue stands for one customer. The estimate: people ahead beyond the free slots, served by the crew in
    parallel, each taking `handle_seconds`."""
    crew = [one for one in operators if may_take(as_spoken(item, operators), one, now)]
    slots = sum(max(one.capacity - one.load, 0) for one in crew)
    queue_items = [one for one in waiting if one.queue == item.queue and one.conversation_id != item.conversation_id]
    order = in_order([*queue_items, item])
    position = order.index(item) + 1
    estimate: int | None = None
    if crew:
        lanes = sum(one.capacity for one in crew)
        estimate = 0 if position <= slots else round((position - slots) * handle_seconds / lanes)
    is_open = queue.hours.is_open(now)
    return Staffing(
        is_open=is_open,
        opens_at=None if is_open else queue.hours.opens_at(now),
        on_duty=len(crew),
        free_slots=slots,
        position=position,
        estimate_seconds=estimate,
    )
