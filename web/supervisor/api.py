"""The HTTP doors: sign-in, set-up, people, knowledge search, history and exports."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from actions import Centre, NotAllowed
from actions.presence import access
from conversation.events import Recorded
from storage.conversation import UnknownConversation
from storage.people import EmailTaken, NotTheFirst, Person, Presence, Role
from web.desk.desk_protocol import WorkItem
from web.desk.desk_schemas import may_open, work_item
from web.kit.answers import Answer, Body
from web.kit.auth import Auth, NewPassword, refuse_foreign_form
from web.kit.refusals import Refused
from web.supervisor.export import EXPORTS, all_rows


class SignIn(Body):
    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=200)]


class NewPerson(Body):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
    password: NewPassword
    role: Role = Role.OPERATOR
    skills: dict[str, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict)
    queues: list[str] = Field(default_factory=list)
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] = Field(default_factory=list)
    """ISO codes; none means the centre's own."""
    capacity: Annotated[int, Field(ge=1, le=20)] = 3


class PersonChange(Body):
    """Only what is given is changed."""

    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    role: Role | None = None
    skills: dict[str, Annotated[int, Field(ge=1, le=5)]] | None = None
    queues: list[str] | None = None
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] | None = None
    capacity: Annotated[int, Field(ge=1, le=20)] | None = None
    is_active: bool | None = None


class PasswordBody(Body):
    password: NewPassword


class OwnPassword(Body):
    current: Annotated[str, Field(max_length=200)]
    new: NewPassword


class PersonOut(Answer):
    id: str
    name: str
    email: str
    role: Role
    is_active: bool


class TicketOut(Answer):
    """Opens one socket, once, within half a minute."""

    ticket: str


class DemoLogin(Answer):
    name: str
    email: str
    role: Role
    password: str


class SetupOut(Answer):
    is_needed: bool
    is_demo: bool
    brand: str
    logins: list[DemoLogin]


class FoundOut(Answer):
    """Passages, best first."""

    results: list["Found"]


class WorkItems(Answer):
    """Conversations, newest first."""

    items: list[WorkItem]


class Found(Answer):
    article_id: str
    title: str
    section: str
    text: str
    score: float


def api(centre: Centre, auth: Auth, demo_password: str | None) -> APIRouter:
    """The router; `demo_password` is shown with the demo logins, None outside demo mode."""
    router = APIRouter(prefix="/api", dependencies=[Depends(refuse_foreign_form)])
    _session_doors(router, centre, auth)
    _setup_doors(router, centre, auth, demo_password)
    _people_doors(router, centre, auth)
    _reading_doors(router, centre, auth)
    return router


def _session_doors(router: APIRouter, centre: Centre, auth: Auth) -> None:
    @router.post("/sign-in")
    async def sign_in(body: SignIn, request: Request, response: Response) -> PersonOut:
        return person_out(await auth.sign_in(request, response, body.email, body.password))

    @router.post("/sign-out", status_code=204)
    async def sign_out(request: Request, response: Response) -> None:
        if token := auth.token(request):
            await access.sign_out(centre, token)
        auth.forget(response)

    @router.get("/me")
    async def me(person: Annotated[Person, Depends(auth.person)]) -> PersonOut:
        return person_out(person)

    @router.post("/ticket")
    async def ticket(request: Request, person: Annotated[Person, Depends(auth.person)]) -> TicketOut:
        return TicketOut(ticket=await auth.ticket(person, request))

    @router.post("/me/password", status_code=204)
    async def own_password(
        body: OwnPassword, request: Request, person: Annotated[Person, Depends(auth.person)]
    ) -> None:
        """Another password of one's own; sessions on other devices end."""
        if not await auth.is_password(person, body.current):
            raise Refused(403, "wrong_password", "That is not your present password.")
        hashed = await auth.hash_password(body.new)
        await access.set_password(centre, person, hashed, keep=auth.token(request))


def _setup_doors(router: APIRouter, centre: Centre, auth: Auth, demo_password: str | None) -> None:
    @router.get("/setup")
    async def setup_state() -> SetupOut:
        people = await centre.people.all()
        seeded = {seed.email for seed in centre.tenant.people}
        logins = [
            DemoLogin(name=one.name, email=one.email, role=one.role, password=demo_password)
            for one in people
            if demo_password is not None and one.email in seeded
        ]
        return SetupOut(
            is_needed=not people, is_demo=demo_password is not None, brand=centre.tenant.brand, logins=logins
        )

    @router.post("/setup", status_code=201)
    async def setup(body: NewPerson, response: Response) -> PersonOut:
        person = await _new_person(centre, auth, body.model_copy(update={"role": Role.SUPERVISOR}))
        try:
            await centre.people.add_first(person)
        except NotTheFirst:
            raise Refused(409, "set_up_already", "This centre is set up already. Please sign in.") from None
        centre.crew_changed()
        await auth.open_session(response, person)
        return person_out(person)

    @router.get("/people")
    async def people(_: Annotated[Person, Depends(auth.supervisor)]) -> list[PersonOut]:
        return [person_out(one) for one in await centre.people.all()]

    @router.post("/people", status_code=201)
    async def add_person(body: NewPerson, _: Annotated[Person, Depends(auth.supervisor)]) -> PersonOut:
        _refuse_unknown_queues(centre, body.queues)
        person = await _new_person(centre, auth, body)
        try:
            await centre.people.add(person)
        except EmailTaken:
            raise Refused(409, "email_taken", "Someone signs in with this e-mail address already.") from None
        centre.crew_changed()
        return person_out(person)


def _people_doors(router: APIRouter, centre: Centre, auth: Auth) -> None:
    async def found(person_id: str) -> Person:
        person = await centre.people.find(person_id)
        if person is None:
            raise Refused(404, "not_found", "There is no such person.")
        return person

    @router.patch("/people/{person_id}")
    async def change(
        body: PersonChange,
        before: Annotated[Person, Depends(found)],
        by: Annotated[Person, Depends(auth.supervisor)],
    ) -> PersonOut:
        """What is given is changed. Who is deactivated or gets another role is signed out everywhere."""
        _refuse_unknown_queues(centre, body.queues or ())
        try:
            after = await access.change_person(centre, by, before, _changed(before, body))
        except NotAllowed as error:
            raise Refused(409, "conflict", str(error)) from error
        return person_out(after)

    @router.post("/people/{person_id}/password", status_code=204)
    async def new_password(
        body: PasswordBody, person: Annotated[Person, Depends(found)], _: Annotated[Person, Depends(auth.supervisor)]
    ) -> None:
        """A password in place of a forgotten one; every session of the person ends."""
        await access.set_password(centre, person, await auth.hash_password(body.password))


def _changed(before: Person, body: PersonChange) -> Person:
    return replace(
        before,
        name=body.name or before.name,
        role=body.role or before.role,
        skills=before.skills if body.skills is None else body.skills,
        queues=before.queues if body.queues is None else tuple(body.queues),
        languages=before.languages if body.languages is None else tuple(body.languages),
        capacity=body.capacity or before.capacity,
        is_active=before.is_active if body.is_active is None else body.is_active,
    )


def _refuse_unknown_queues(centre: Centre, queues: Sequence[str]) -> None:
    unknown = set(queues) - {queue.id for queue in centre.tenant.queues}
    if unknown:
        raise Refused(422, "unknown_queue", f"There is no queue {', '.join(sorted(unknown))}.")


def _reading_doors(router: APIRouter, centre: Centre, auth: Auth) -> None:
    @router.get("/knowledge")
    async def knowledge(
        _: Annotated[Person, Depends(auth.person)], q: Annotated[str, Query(min_length=1, max_length=500)]
    ) -> FoundOut:
        if not centre.agent_slot.ready.is_set():
            raise Refused(503, "still_loading", "The knowledge base is still loading; try again in a few seconds.")
        understood = await centre.agent_slot.runtime.understanding.understand(q, 0)
        passages = centre.agent_slot.runtime.agent.knowledge.search(understood.whole.query, limit=6)
        return FoundOut(
            results=[
                Found(article_id=one.article_id, title=one.title, section=one.section, text=one.text, score=one.score)
                for one in passages
            ]
        )

    @router.get("/conversations")
    async def conversations(
        _: Annotated[Person, Depends(auth.supervisor)],
        q: Annotated[str, Query(max_length=200)] = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> WorkItems:
        return WorkItems(items=[work_item(centre, state) for state in await centre.lists.search(q, limit)])

    @router.get("/conversations.csv")
    async def every_conversation(_: Annotated[Person, Depends(auth.supervisor)]) -> StreamingResponse:
        """A row per conversation, all of them."""
        headers = {"Content-Disposition": 'attachment; filename="conversations.csv"'}
        return StreamingResponse(all_rows(centre.lists), media_type="text/csv; charset=utf-8", headers=headers)

    @router.get("/conversations/{conversation_id}/transcript")
    async def transcript(
        conversation_id: str,
        person: Annotated[Person, Depends(auth.person)],
        form: Annotated[Literal["json", "csv", "txt", "why.txt"], Query(alias="format")] = "txt",
    ) -> Response:
        try:
            state = await centre.store.reload(conversation_id)
        except UnknownConversation:
            raise Refused(404, "not_found", "There is no such conversation.") from None
        if not await may_open(centre, person, state):
            raise Refused(403, "not_allowed", "This conversation is not open to you.")
        recorded: list[Recorded] = []
        while more := await centre.store.read(conversation_id, after=recorded[-1].seq if recorded else 0):
            recorded.extend(more)
        kind, write = EXPORTS[form]
        name = f"conversation-{conversation_id}.{form}"
        return Response(
            write(recorded), media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )


async def _new_person(centre: Centre, auth: Auth, body: NewPerson) -> Person:
    now = centre.clock()
    return Person(
        id=centre.new_id("p"),
        name=body.name,
        email=body.email,
        password_hash=await auth.hash_password(body.password),
        role=body.role,
        skills=body.skills,
        queues=tuple(body.queues) or tuple(queue.id for queue in centre.tenant.queues),
        languages=tuple(body.languages) or (centre.tenant.language,),
        capacity=body.capacity,
        presence=Presence.OFFLINE,
        presence_set_by="system",
        presence_at=now,
        idle_since=now,
        is_connected=False,
    )


def person_out(person: Person) -> PersonOut:
    return PersonOut(id=person.id, name=person.name, email=person.email, role=person.role, is_active=person.is_active)
