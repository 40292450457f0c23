"""What was opened from a session closes with it."""

from actions import Centre
from conversation import DESK_TOPIC, AccessEnded, subscribed
from web.kit.connection import Hangup

BUFFER = 4_096


async def until_access_ends(centre: Centre, session: str) -> None:
    """Raises Hangup 4401 once this session (hashed) is over: signed out, deactivated, another role or password."""
    with subscribed(centre.feed, DESK_TOPIC, BUFFER) as news:
        while True:
            message = await news.get()
            has_ended = message == AccessEnded(session) if message else not await centre.people.has_session(session)
            if has_ended:
                raise Hangup(4401, "sign in again")
