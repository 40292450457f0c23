"""When a conversation next needs someone even if nobody says anything."""

from datetime import datetime, timedelta

from conversation.state import State
from conversation.words import Stage


def due_at(state: State, idle: timedelta) -> datetime | None:
    """The next moment `actions.workers.expire` must look at it; None when only people can move it on.

    `idle` is how long the agent waits for a silent customer before it closes.
    """
    match state.owner.stage:
        case Stage.OFFERED:
            return state.owner.offer.expires_at if state.owner.offer else None
        case Stage.OPERATOR_LOST:
            return state.owner.lost_until
        case Stage.AGENT:
            return state.talk.last_customer_at + idle if state.talk.last_customer_at else None
        case _:
            return None
