"""The supervisor's doors to the library: read, write, history, roll back, import, export, health."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

import yaml
from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field, JsonValue

from agent.tools import TOOL_NAMES, VERIFY_CUSTOMER
from intents import Intent, IntentData, Library, ReviewState, changes, intent_data, to_rasa_nlu, to_yaml
from learning import Action, Changed, Conflict, NotPossible, NotThere, groups_of, lines_of, replaced
from learning.context import Learning
from learning.inbox import bring_back
from learning.library import Health, change_data, health, read_import
from learning.proposals import identifier, intent_of
from quick_yaml import load_aside
from storage.learning import IntentChange
from storage.people import Person
from web.kit.answers import Answer, Body
from web.kit.auth import Auth, SignedIn, refuse_foreign_form
from web.kit.protocol import MAX_SEQ
from web.learning import schemas as out
from web.learning.learning_api import IntentFields, Reason, Share

MOST_IMPORTED = 5_000_000
"""Characters of an imported file: some fifty thousand examples."""
EXPORTS = {"yaml": to_yaml, "rasa": to_rasa_nlu}
VersionNumber = Annotated[int, Path(ge=0, le=MAX_SEQ)]


class IntentPatch(IntentFields):
    review_state: ReviewState | None = None
    is_live: bool | None = None
    share: Share | None = None
    reason: Reason = ""
    expected_version: Annotated[int, Field(ge=0, le=MAX_SEQ)] | None = None


class NewIntent(IntentFields):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)] | None = None
    is_group: bool = False
    is_live: bool = True
    share: Share = 1.0
    reason: Reason = ""
    expected_version: Annotated[int, Field(ge=0, le=MAX_SEQ)] | None = None


class Back(Body):
    version: Annotated[int, Field(ge=1, le=MAX_SEQ)]
    reason: Reason = ""
    expected_version: Annotated[int, Field(ge=0, le=MAX_SEQ)] | None = None


class Import(Body):
    format: Literal["yaml", "rasa"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(max_length=MOST_IMPORTED)]
    reason: Reason = ""
    expected_version: Annotated[int, Field(ge=0, le=MAX_SEQ)] | None = None


class Named(Answer):
    """Something to choose from."""

    id: str
    name: str


class Titled(Answer):
    """An article to choose."""

    id: str
    title: str


class LibraryOut(Answer):
    """The whole library, and what its intents may lead to."""

    version: int
    at: datetime | None
    actor: str | None
    action: str | None
    reason: str | None
    is_training: bool
    lines_of_business: list[str]
    queues: list[Named]
    skills: list[str]
    tools: list[str]
    articles: list[Titled]
    groups: list[IntentData]
    intents: list[IntentData]


class ImportPreview(Answer):
    """What an import would do."""

    base_version: int
    changes: list[IntentChange]
    intents: int
    examples: int
    warnings: list[str]


def library_api(learning: Learning, auth: Auth) -> APIRouter:
    """The router; every door is the supervisor's."""
    guarded = [Depends(refuse_foreign_form), Depends(auth.supervisor)]
    router = APIRouter(prefix="/api/library", tags=["library"], dependencies=guarded)
    _reading_doors(router, learning)
    _writing_doors(router, learning, auth.supervisor)
    _history_doors(router, learning, auth.supervisor)
    _exchange_doors(router, learning, auth.supervisor)
    return router


def _reading_doors(router: APIRouter, learning: Learning) -> None:
    @router.get("")
    async def library() -> LibraryOut:
        newest = await learning.store.newest()
        current = await learning.library.current()
        tenant = learning.centre.tenant
        return LibraryOut(
            version=current.version,
            at=newest.at if newest else None,
            actor=newest.actor if newest else None,
            action=newest.action if newest else None,
            reason=newest.reason if newest else None,
            is_training=learning.follower.is_training,
            lines_of_business=list(lines_of(current)),
            queues=[Named(id=queue.id, name=queue.name) for queue in tenant.queues],
            skills=sorted({skill for intent in current.intents for skill in intent.skills}),
            tools=sorted(TOOL_NAMES - {VERIFY_CUSTOMER}),
            articles=[Titled(id=one.id, title=one.title) for one in learning.centre.agent_slot.articles.values()],
            groups=[intent_data(one) for one in groups_of(current)],
            intents=[intent_data(one) for one in current.intents if not one.is_group],
        )

    @router.get("/health")
    async def library_health(days: Annotated[int, Query(ge=1, le=180)] = 30) -> Health:
        current = await learning.library.current()
        return await health(learning.history, current, learning.centre.clock(), days)

    @router.get("/intents/{intent_id}")
    async def intent(intent_id: str) -> IntentData:
        return intent_data((await learning.library.current()).get(intent_id))


def _writing_doors(router: APIRouter, learning: Learning, supervisor: SignedIn) -> None:
    @router.post("/intents", status_code=201)
    async def create(body: NewIntent, person: Annotated[Person, Depends(supervisor)]) -> out.ChangedOut:
        changed = await learning.library.change(
            lambda library: replaced(library, _created(body, library)),
            action=Action.CREATED,
            actor=person.name,
            reason=body.reason,
            expected=body.expected_version,
        )
        return out.changed_out(changed)

    @router.patch("/intents/{intent_id}")
    async def edit(intent_id: str, body: IntentPatch, person: Annotated[Person, Depends(supervisor)]) -> out.ChangedOut:
        fields = body.given("reason", "expected_version")
        changed = await learning.library.change(
            lambda library: replaced(library, _edited(library.get(intent_id), fields, body.share)),
            action=_action_of(fields),
            actor=person.name,
            reason=body.reason,
            expected=body.expected_version,
        )
        return out.changed_out(changed)


def _created(body: NewIntent, library: Library) -> Intent:
    fields = body.given("reason", "expected_version")
    if "name" not in fields or "description" not in fields:
        raise NotPossible("A new intent needs a name and a description.")
    intent_id = body.id or identifier(str(fields["name"]), library)
    if library.find(intent_id) is not None:
        raise NotPossible(f"There is an intent {intent_id!r} already: choose another id.")
    if body.is_group:
        missing = [name for name in ("line_of_business", "queue") if name not in fields]
        if missing:
            raise NotPossible(f"A new group needs its {missing[0].replace('_', ' ')}.")
        read = intent_of({"id": intent_id, "group": None, **_without(fields, "id", "group", "is_group", "share")})
        return Intent(**(vars(read) | {"group": None, "is_group": True}))
    home = library.find(body.group or "")
    if home is None or not home.is_group:
        known = ", ".join(group.id for group in groups_of(library))
        raise NotPossible(
            f"A new intent belongs to a group: choose one of {known}." if known else "Make a group first."
        )
    defaults = {"line_of_business": home.line_of_business, "queue": home.queue, "skills": list(home.skills)}
    return intent_of({**defaults, "id": intent_id, **_without(fields, "id", "is_group", "share")}, body.share)


def _edited(intent: Intent, fields: Mapping[str, JsonValue], share: float | None) -> Intent:
    is_group = intent.is_group
    data = _without({**intent_data(intent), **fields}, "share", "is_group")
    if is_group and "group" in fields:
        raise NotPossible("A group belongs to no other group.")
    read = intent_of(data, intent.share if share is None else share)
    return Intent(**(vars(read) | {"is_group": is_group, "group": None if is_group else read.group}))


def _without(fields: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name not in names}


def _action_of(fields: Mapping[str, JsonValue]) -> Action:
    """The one word for the history."""
    if fields.keys() == {"is_live"}:
        return Action.RESUMED if fields["is_live"] else Action.PAUSED
    if fields.get("review_state") == ReviewState.DISCARDED:
        return Action.DISCARDED
    return Action.EDITED


def _history_doors(router: APIRouter, learning: Learning, supervisor: SignedIn) -> None:
    @router.get("/history")
    async def history(
        before: Annotated[int | None, Query(ge=1, le=MAX_SEQ)] = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> out.VersionsOut:
        newest = await learning.store.newest_number()
        versions = await learning.store.history(before=before, limit=limit)
        return out.VersionsOut(items=[out.version_out(one, newest) for one in versions])

    @router.get("/history/{version}")
    async def one_version(version: VersionNumber) -> out.VersionOut:
        found = await learning.store.get(version)
        if found is None:
            raise NotThere(f"There is no version {version} of the library.")
        return out.version_out(found, await learning.store.newest_number())

    @router.post("/rollback")
    async def roll_back(body: Back, person: Annotated[Person, Depends(supervisor)]) -> out.ChangedOut:
        return out.changed_out(await _back_to(body.version, body, person))

    @router.post("/undo")
    async def undo(body: Back, person: Annotated[Person, Depends(supervisor)]) -> out.ChangedOut:
        newest = await learning.store.newest()
        if newest is None or newest.version < body.version:
            raise NotThere(f"There is no version {body.version} of the library.")
        if newest.version > body.version:
            raise Conflict(
                f"{newest.actor} has changed the library since (version {newest.version}): roll back in the history."
            )
        if body.version == 1:
            raise NotPossible("The first version has none before it.")
        expecting = body.model_copy(update={"expected_version": body.version})
        return out.changed_out(await _back_to(body.version - 1, expecting, person))

    async def _back_to(version: int, body: Back, person: Person) -> Changed:
        target = await learning.library.at(version)
        return await learning.library.roll_back(
            version,
            actor=person.name,
            reason=body.reason or f"Back to version {version}.",
            expected=body.expected_version,
            also=bring_back(learning, target, person.name, body.reason),
        )


def _exchange_doors(router: APIRouter, learning: Learning, supervisor: SignedIn) -> None:
    @router.get("/export")
    async def export(form: Annotated[Literal["yaml", "rasa"], Query(alias="format")] = "yaml") -> Response:
        current = await learning.library.current()
        name = f"intents-{current.version}.yaml" if form == "yaml" else f"nlu-{current.version}.yml"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(EXPORTS[form](current), media_type="application/yaml; charset=utf-8", headers=headers)

    @router.post("/import/preview")
    async def preview(body: Import) -> ImportPreview:
        current = await learning.library.current()
        content = await _content(body)
        found = await asyncio.to_thread(
            lambda: learning.library.checked(current, read_import(body.format, body.name, content, current))
        )
        return ImportPreview(
            base_version=current.version,
            changes=[change_data(one) for one in changes(current, found)],
            intents=sum(not one.is_group for one in found.intents),
            examples=sum(len(one.examples) for one in found.intents),
            warnings=_warnings(current, found),
        )

    @router.post("/import")
    async def import_(body: Import, person: Annotated[Person, Depends(supervisor)]) -> out.ChangedOut:
        current = await learning.library.current()
        content = await _content(body)
        target = await asyncio.to_thread(read_import, body.format, body.name, content, current)
        changed = await learning.library.change(
            lambda library: read_import(body.format, body.name, content, library),
            action=Action.IMPORTED,
            actor=person.name,
            reason=body.reason or f"From {body.name}.",
            expected=body.expected_version,
            also=bring_back(learning, target, person.name, f"Imported {body.name}."),
        )
        return out.changed_out(changed)


async def _content(body: Import) -> object:
    """What the file says. Raises NotPossible."""
    try:
        content = await load_aside(body.text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise NotPossible(f"{body.name}: not a YAML file: {error}") from error
    if body.format == "yaml" and (not isinstance(content, dict) or not content.get("groups")):
        raise NotPossible(f"{body.name}: no list `groups`, so not a library of intents. Nothing was changed.")
    return content


def _warnings(before: Library, after: Library) -> list[str]:
    said = []
    gone = [one.name for one in before.live() if (now := after.find(one.id)) is None or now not in after.live()]
    if gone:
        said.append(f"{len(gone)} live intents would no longer be recognised: {', '.join(gone[:5])}.")
    pending = [one.name for one in after.intents if one.review_state is ReviewState.PENDING and not before.find(one.id)]
    if pending:
        said.append(f"{len(pending)} new intents arrive paused, for you to complete: {', '.join(pending[:5])}.")
    few = [one.name for one in after.live() if not one.is_group and len(one.examples) < 5]
    if few:
        said.append(f"{len(few)} intents have fewer than five examples: {', '.join(few[:5])}.")
    return said
