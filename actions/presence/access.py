"""Who may be here: people changed, deactivated, given a new password; what they had open ends at once."""

from dataclasses import replace

from actions.change import Centre, NotAllowed
from actions.operator import operate
from conversation import DESK_TOPIC, AccessEnded, Stage
from storage.people import Person, Role


async def change_person(centre: Centre, by: Person, before: Person, after: Person) -> Person:
    """Keep what a supervisor changed. Raises NotAllowed where nobody could change it back.

    Who is deactivated or gets another role is signed out everywhere; who is deactivated gives their customers back.
    """
    loses_rights = before.role is Role.SUPERVISOR and (after.role is not Role.SUPERVISOR or not after.is_active)
    if loses_rights and by.id == before.id:
        raise NotAllowed("Another supervisor has to do this for you, so that you don't lock yourself out.")
    if loses_rights and not await _other_supervisors(centre, before):
        raise NotAllowed("There has to be a supervisor: make somebody else one first.")
    await centre.people.change(after)
    if not after.is_active or after.role is not before.role:
        await sign_out_everywhere(centre, before)
    if before.is_active and not after.is_active:
        await _give_back(centre, before)
    centre.crew_changed()
    return after


async def set_password(centre: Centre, person: Person, password_hash: str, *, keep: str | None = None) -> None:
    """Another password; every other session than `keep` (its token) ends."""
    await centre.people.change(replace(person, password_hash=password_hash))
    await sign_out_everywhere(centre, person, keep=keep)


async def sign_out(centre: Centre, token: str) -> None:
    """This session ends, and with it the desks and lines that were opened from it."""
    await centre.people.close_session(token)
    centre.feed.publish(DESK_TOPIC, AccessEnded(centre.tokens.hashed(token)))


async def sign_out_everywhere(centre: Centre, person: Person, *, keep: str | None = None) -> None:
    """All of a person's sessions end but `keep`, and with them their desks and lines."""
    for session in await centre.people.close_sessions(person.id, keep=keep):
        centre.feed.publish(DESK_TOPIC, AccessEnded(session))


async def _other_supervisors(centre: Centre, but: Person) -> bool:
    everybody = await centre.people.all()
    return any(one.role is Role.SUPERVISOR and one.is_active and one.id != but.id for one in everybody)


async def _give_back(centre: Centre, person: Person) -> None:
    for state in await centre.lists.held_by(person.id):
        if state.owner.operator_id == person.id and state.owner.stage is Stage.OPERATOR:
            await operate.release(centre, person, state.conversation_id)
