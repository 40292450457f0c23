"""The supervisor's doors to the procedures: read, check, change, try with a share, history, roll back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field

from agent import PROCEDURES
from agent.procedures import Procedure
from learning import NotThere
from learning.procedures import LEAST_SHARE, MOST_CHARACTERS, TRIAL, Kept, ProcedureKeeper
from storage.learning import ProcedureChange, ProcedureVersion, TrialData
from storage.people import Person
from web.kit.answers import Answer, Body
from web.kit.auth import Auth, SignedIn, refuse_foreign_form
from web.kit.protocol import MAX_SEQ
from web.learning.learning_api import Reason

Share = Annotated[float, Field(ge=LEAST_SHARE, le=1.0)]
Text = Annotated[str, Field(max_length=2 * MOST_CHARACTERS)]
VersionNumber = Annotated[int, Path(ge=0, le=MAX_SEQ)]


class _Body(Body):
    reason: Reason = ""
    expected_version: Annotated[int, Field(ge=0, le=MAX_SEQ)] | None = None


class FileText(_Body):
    text: Text
    share: Share = 1.0


class Checked(Body):
    name: str
    text: Text


class Widen(_Body):
    share: Share


class Back(_Body):
    version: Annotated[int, Field(ge=1, le=MAX_SEQ)]


class FileOut(Answer):
    """A file of procedures."""

    name: str
    text: str
    """YAML."""


class ProcedureOut(Answer):
    """A procedure, and where it stands."""

    id: str
    noun: str
    intent: str | None
    file: str
    line: int
    steps: int


class ProceduresOut(Answer):
    """The newest procedures."""

    version: int
    at: datetime | None
    actor: str | None
    share: float
    """Of the conversations that meet them."""
    base: int | None
    """The version that the others meet."""
    trial: TrialData | None
    files: list[FileOut]
    procedures: list[ProcedureOut]


class CheckedOut(Answer):
    """The procedures as they would serve."""

    procedures: list[ProcedureOut]


class KeptOut(Answer):
    """A change that is in use."""

    version: int
    changes: list[ProcedureChange]


class ProcedureVersionOut(KeptOut):
    """A line of the history."""

    at: datetime
    actor: str
    action: str
    reason: str
    is_current: bool


class ProcedureVersionsOut(Answer):
    """The history, newest first."""

    items: list[ProcedureVersionOut]


class FilesOut(Answer):
    """What a version holds."""

    version: int
    files: dict[str, str]
    share: float
    base: int | None


class FileDifference(Answer):
    """What differs in a file, as in a unified diff."""

    name: str
    lines: list[str]


class DifferencesOut(Answer):
    """What differs between two versions."""

    files: list[FileDifference]


def procedures_api(keeper: ProcedureKeeper, auth: Auth) -> APIRouter:
    """The router; every door is the supervisor's."""
    guarded = [Depends(refuse_foreign_form), Depends(auth.supervisor)]
    router = APIRouter(prefix="/api/procedures", tags=["procedures"], dependencies=guarded)
    _reading_doors(router, keeper)
    _writing_doors(router, keeper, auth.supervisor)
    _history_doors(router, keeper, auth.supervisor)
    return router


def _reading_doors(router: APIRouter, keeper: ProcedureKeeper) -> None:
    @router.get("")
    async def procedures() -> ProceduresOut:
        newest, content = await keeper.current()
        trial = (await keeper.documents.all(TRIAL)).get("trial")
        number = newest.version if newest else 0
        return ProceduresOut(
            version=number,
            at=newest.at if newest else None,
            actor=newest.actor if newest else None,
            share=content.share,
            base=content.base,
            trial=trial if trial and trial["version"] == number else None,
            files=[FileOut(name=name, text=text) for name, text in sorted(content.files.items())],
            procedures=[_procedure_out(one) for one in await keeper.check(content.files)],
        )

    @router.get("/files/{name}")
    async def file(name: str) -> Response:
        _, content = await keeper.current()
        if name not in content.files:
            raise NotThere(f"There is no file {name!r}.")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content.files[name], media_type="application/yaml; charset=utf-8", headers=headers)

    @router.post("/check")
    async def check(body: Checked) -> CheckedOut:
        found = await keeper.check(await keeper.with_file(body.name, body.text))
        return CheckedOut(procedures=[_procedure_out(one) for one in found])


def _writing_doors(router: APIRouter, keeper: ProcedureKeeper, supervisor: SignedIn) -> None:
    Signed = Annotated[Person, Depends(supervisor)]  # noqa: N806 - a type, used as one

    @router.put("/files/{name}")
    async def put(name: str, body: FileText, person: Signed) -> KeptOut:
        files = await keeper.with_file(name, body.text)
        kept = await keeper.put(
            files, share=body.share, actor=person.name, reason=body.reason, expected=body.expected_version
        )
        return _kept_out(kept)

    @router.delete("/files/{name}")
    async def drop(name: str, person: Signed) -> KeptOut:
        files = await keeper.with_file(name, None)
        return _kept_out(await keeper.put(files, actor=person.name, reason=f"Without {name}."))

    @router.post("/share")
    async def widen(body: Widen, person: Signed) -> KeptOut:
        kept = await keeper.widen(body.share, actor=person.name, reason=body.reason, expected=body.expected_version)
        return _kept_out(kept)


def _history_doors(router: APIRouter, keeper: ProcedureKeeper, supervisor: SignedIn) -> None:
    @router.get("/history")
    async def history(
        before: Annotated[int | None, Query(ge=1, le=MAX_SEQ)] = None, limit: Annotated[int, Query(ge=1, le=200)] = 30
    ) -> ProcedureVersionsOut:
        newest = await keeper.store.newest_number()
        versions = await keeper.store.history(before=before, limit=limit)
        return ProcedureVersionsOut(items=[_version_out(one, newest) for one in versions])

    @router.get("/history/{version}")
    async def one_version(version: VersionNumber) -> FilesOut:
        return FilesOut(version=version, **(await keeper.at(version)).as_data())

    @router.get("/history/{version}/changes")
    async def differences(
        version: VersionNumber,
        since: Annotated[int, Query(ge=0, le=MAX_SEQ, description="The version before; 0 for none.")],
    ) -> DifferencesOut:
        found = await keeper.differences(since, version)
        return DifferencesOut(files=[FileDifference(name=name, lines=lines) for name, lines in found])

    @router.post("/rollback")
    async def roll_back(body: Back, person: Annotated[Person, Depends(supervisor)]) -> KeptOut:
        reason = body.reason or f"Back to version {body.version}."
        kept = await keeper.roll_back(body.version, actor=person.name, reason=reason, expected=body.expected_version)
        return _kept_out(kept)


def _procedure_out(one: Procedure) -> ProcedureOut:
    return ProcedureOut(
        id=one.id,
        noun=one.noun,
        intent=one.intent or None,
        file=one.file.removeprefix(PROCEDURES),
        line=one.line,
        steps=sum(1 for _ in one.all_steps()),
    )


def _kept_out(kept: Kept) -> KeptOut:
    return KeptOut(version=kept.version, changes=kept.changes)


def _version_out(version: ProcedureVersion, newest: int) -> ProcedureVersionOut:
    return ProcedureVersionOut(
        version=version.version,
        changes=version.changes,
        at=version.at,
        actor=version.actor,
        action=version.action,
        reason=version.reason,
        is_current=version.version == newest,
    )
