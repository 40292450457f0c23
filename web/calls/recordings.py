"""Recorded calls over HTTP: which there are, and one leg as WAV, by ranges as a player asks for it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse
from pydantic import AwareDatetime

from actions import Centre
from conversation import State
from storage.conversation import RecordedCall, Recordings, StillRecording, UnknownConversation
from storage.people import Person
from web.desk.desk_schemas import may_open, work_item
from web.kit.answers import Answer
from web.kit.auth import Auth
from web.kit.refusals import Refused


class PauseOut(Answer):
    start_ms: int
    end_ms: int | None
    """Null: until the end of the call."""


class LegOut(Answer):
    leg: str
    """customer, agent, or an operator's id."""
    name: str
    seconds: float
    url: str
    """WAV, mono 16 kHz, from the start of the call; ranges are answered."""


class RecordedCallOut(Answer):
    call_id: str
    started_at: AwareDatetime
    seconds: float
    legs: list[LegOut]
    pauses: list[PauseOut]
    """Not recorded: silent in every leg."""


class CallsOut(Answer):
    calls: list[RecordedCallOut]


def recording_doors(centre: Centre, auth: Auth, recordings: Recordings) -> APIRouter:
    """The router. Who may see a conversation may hear it."""
    router = APIRouter(prefix="/api")

    async def seen(conversation_id: str, person: Annotated[Person, Depends(auth.person)]) -> State:
        try:
            state = await centre.store.reload(conversation_id)
        except UnknownConversation:
            raise Refused(404, "not_found", "There is no such conversation.") from None
        if not await may_open(centre, person, state):
            raise Refused(403, "not_allowed", "This conversation is not open to you.")
        return state

    @router.get("/conversations/{conversation_id}/calls")
    async def calls(state: Annotated[State, Depends(seen)]) -> CallsOut:
        """The recorded calls, first one first; one that is going on appears when it has ended."""
        found = await asyncio.to_thread(recordings.calls, state.conversation_id)
        names = {person.id: person.name for person in await centre.people.all()} if found else {}
        names |= {"customer": work_item(centre, state).customer or "Customer", "agent": centre.tenant.persona.name}
        return CallsOut(calls=[_call_out(state.conversation_id, call, names) for call in found])

    @router.get("/conversations/{conversation_id}/calls/{call_id}/{leg}.wav", response_class=FileResponse)
    async def sound(state: Annotated[State, Depends(seen)], call_id: str, leg: str) -> FileResponse:
        """One leg. Several players are started together to hear all of them."""
        try:
            path = await asyncio.to_thread(recordings.find_leg, state.conversation_id, call_id, leg)
        except StillRecording:
            raise Refused(
                409, "still_recording", "The call is still being recorded; it can be heard when it has ended."
            ) from None
        except ValueError:
            path = None
        if path is None:
            raise Refused(404, "not_found", "There is no such recording.")
        return FileResponse(
            path,
            media_type="audio/wav",
            filename=f"{call_id}-{leg}.wav",
            content_disposition_type="inline",
            headers={"Cache-Control": "private, no-store"},
        )

    return router


def _call_out(conversation_id: str, call: RecordedCall, names: dict[str, str]) -> RecordedCallOut:
    base = f"/api/conversations/{conversation_id}/calls/{call.call_id}"
    return RecordedCallOut(
        call_id=call.call_id,
        started_at=call.started_at,
        seconds=call.seconds,
        legs=[
            LegOut(leg=one.leg, name=names.get(one.leg, one.leg), seconds=one.seconds, url=f"{base}/{one.leg}.wav")
            for one in call.legs
        ],
        pauses=[PauseOut(start_ms=pause.start_ms, end_ms=pause.end_ms) for pause in call.pauses],
    )
