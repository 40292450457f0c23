"""The supervisor's doors to discovery: the inbox, replay, looking now, modes, canaries."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field, JsonValue, model_validator

from conversation import Channel
from intents import AttributeType, SolutionKind, Support, intent_data
from learning import Conflict, Guards, LineSettings, Mode, NotPossible, NotThere
from learning.canary import ramp
from learning.context import Learning
from learning.discovery import discover_now
from learning.inbox import replay_proposal, review, split_merge, undo_reshape
from storage.learning import ProposalStatus, StoredProposal
from storage.people import Person
from web.kit.answers import Body
from web.kit.auth import Auth, SignedIn, refuse_foreign_form
from web.kit.refusals import Refused
from web.learning import schemas as out

Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Reason = Annotated[str, Field(max_length=2_000)]
Days = Annotated[int, Field(ge=1, le=180)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
MOST_SENT = 20_000
"""Examples in one request; more than an intent may have, so that the refusal can say how many it may."""


class ExampleIn(Body):
    text: Text
    source: Annotated[str, Field(min_length=1, max_length=40)] = "operator"


class AttributeIn(Body):
    name: Annotated[str, Field(max_length=64)]
    label: Text
    type: AttributeType
    prompt: Text
    mandatory: bool = False
    options: list[Text] = Field(default_factory=list)
    description: Reason = ""


class SolutionIn(Body):
    kind: SolutionKind
    target: Text


class IntentFields(Body):
    """The fields of an intent a supervisor may write; only those given are changed."""

    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    description: Reason | None = None
    examples: Annotated[list[ExampleIn | Text], Field(max_length=MOST_SENT)] | None = None
    attributes: Annotated[list[AttributeIn], Field(max_length=50)] | None = None
    group: Annotated[str, Field(max_length=64)] | None = None
    line_of_business: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    queue: Text | None = None
    skills: list[Text] | None = None
    solution: SolutionIn | None = None
    support: Support | None = None

    def given(self, *but: str) -> dict[str, JsonValue]:
        """The fields that were sent, as plain values. Raises NotPossible for one sent as null; a group may be."""
        fields: dict[str, JsonValue] = self.model_dump(mode="json", exclude_unset=True, exclude=set(but))
        empty = [name for name, value in fields.items() if value is None and name != "group"]
        if empty:
            raise NotPossible(f"{empty[0]} cannot be empty.")
        if self.examples is not None:
            fields["examples"] = [
                one.model_dump() if isinstance(one, ExampleIn) else {"text": one, "source": "operator"}
                for one in self.examples
            ]
        return fields


class Replay(Body):
    days: Days = 30


class Approve(Body):
    share: Share = 1.0
    reason: Reason = ""
    force: bool = False


class MergeInto(Body):
    intent: Annotated[str, Field(max_length=64)]
    reason: Reason = ""


class MergeTogether(Body):
    ids: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=2, max_length=20)]


class Discard(Body):
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


class Snooze(Body):
    days: Days | None = None
    until: datetime | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Snooze":
        if (self.days is None) == (self.until is None):
            raise ValueError("say either for how many days, or until when")
        if self.until is not None and self.until.tzinfo is None:
            raise ValueError("until needs a time zone, for example 2026-12-01T09:00:00Z")
        return self


class GuardsIn(Body):
    least_conversations: Annotated[int, Field(ge=1, le=100_000)] = Guards.least_conversations
    least_cohesion: Share = Guards.least_cohesion
    least_accuracy: Share = Guards.least_accuracy
    most_similarity: Share = Guards.most_similarity


class LineIn(Body):
    mode: Mode
    is_on: bool
    channels: list[Channel]
    look_back_days: Days
    canary_share: Share
    guards: GuardsIn = GuardsIn()


class Look(Body):
    days: Days = 30
    line_of_business: Annotated[str, Field(max_length=120)] | None = None


class Ramp(Body):
    share: Share
    reason: Reason = ""


def learning_api(learning: Learning, auth: Auth) -> APIRouter:
    """The router; every door is the supervisor's."""
    guarded = [Depends(refuse_foreign_form), Depends(auth.supervisor), Depends(_ready(learning))]
    router = APIRouter(prefix="/api", tags=["intents"], dependencies=guarded)
    supervisor = auth.supervisor
    _inbox_doors(router, learning, supervisor)
    _deciding_doors(router, learning, supervisor)
    _discovery_doors(router, learning, supervisor)
    return router


def _ready(learning: Learning) -> Callable[[], Awaitable[None]]:
    async def ready() -> None:
        if not learning.centre.agent_slot.ready.is_set():
            raise Refused(503, "still_loading", "The agent's models are still loading; try again in a few seconds.")

    return ready


def _inbox_doors(router: APIRouter, learning: Learning, supervisor: SignedIn) -> None:
    clock = learning.centre.clock
    Signed = Annotated[Person, Depends(supervisor)]  # noqa: N806 - a type, used as one

    @router.get("/proposals")
    async def proposals(
        status: ProposalStatus = ProposalStatus.PENDING,
        line_of_business: Annotated[str | None, Query(max_length=120)] = None,
    ) -> out.Inbox:
        library = await learning.library.current()
        rows = await learning.proposals.all(status)
        shown = [row for row in rows if line_of_business in (None, "", row.line_of_business)]
        return out.Inbox(
            counts=await learning.proposals.counts(),
            items=[out.row_out(row, library, clock()) for row in shown],
            alarms=out.alarms_out(await learning.proposals.all(ProposalStatus.PENDING)),
        )

    @router.get("/proposals/map")
    async def proposals_map(line_of_business: Annotated[str | None, Query(max_length=120)] = None) -> out.ProposalMap:
        rows = await learning.proposals.all(ProposalStatus.PENDING)
        return out.map_out([row for row in rows if line_of_business in (None, "", row.line_of_business)])

    @router.post("/proposals/merge")
    async def merge_together(body: MergeTogether, person: Signed) -> out.ProposalDetail:
        row = await split_merge.merge_together(learning, body.ids, person.name)
        return out.detail_out(row, await learning.library.current(), clock())

    @router.get("/proposals/{proposal_id}")
    async def proposal(proposal_id: str) -> out.ProposalDetail:
        row = await review.proposal(learning, proposal_id)
        return out.detail_out(row, await learning.library.current(), clock())

    @router.patch("/proposals/{proposal_id}")
    async def edit(proposal_id: str, body: IntentFields, person: Signed) -> out.ProposalDetail:
        row = await review.edit(learning, proposal_id, body.given(), person.name)
        return out.detail_out(row, await learning.library.current(), clock())

    @router.post("/proposals/{proposal_id}/replay", status_code=202)
    async def replay(proposal_id: str, body: Replay) -> out.JobOut:
        intent = await replay_proposal.ready_to_replay(learning, proposal_id)
        job = learning.jobs.start(
            "replay", lambda job: replay_proposal.replay_proposal(learning, proposal_id, intent, body.days, job)
        )
        return out.job_out(job)


def _deciding_doors(router: APIRouter, learning: Learning, supervisor: SignedIn) -> None:
    clock = learning.centre.clock
    Signed = Annotated[Person, Depends(supervisor)]  # noqa: N806 - a type, used as one

    async def shown(row: StoredProposal) -> out.ProposalRow:
        return out.row_out(row, await learning.library.current(), clock())

    @router.post("/proposals/{proposal_id}/approve")
    async def approve(proposal_id: str, body: Approve, person: Signed) -> out.ApprovedOut:
        changed, row, intent = await review.approve(
            learning, proposal_id, actor=person.name, share=body.share, reason=body.reason, force=body.force
        )
        return out.approved_out(changed, await shown(row), intent_data(intent))

    @router.post("/proposals/{proposal_id}/merge")
    async def merge(proposal_id: str, body: MergeInto, person: Signed) -> out.MergedOut:
        changed, row = await review.merge_into(
            learning, proposal_id, body.intent, actor=person.name, reason=body.reason
        )
        return out.merged_out(changed, await shown(row))

    @router.post("/proposals/{proposal_id}/split")
    async def split(proposal_id: str, person: Signed) -> out.Rows:
        rows = await split_merge.split_up(learning, proposal_id, person.name)
        return out.Rows(items=[await shown(row) for row in rows])

    @router.post("/proposals/reshapes/{reshape_id}/undo")
    async def undo(reshape_id: str, person: Signed) -> out.Rows:
        rows = await undo_reshape(learning, reshape_id, person.name)
        return out.Rows(items=[await shown(row) for row in rows])

    @router.post("/proposals/{proposal_id}/discard")
    async def discard(proposal_id: str, body: Discard, person: Signed) -> out.ProposalRow:
        return await shown(await review.discard(learning, proposal_id, body.reason, person.name))

    @router.post("/proposals/{proposal_id}/snooze")
    async def snooze(proposal_id: str, body: Snooze, person: Signed) -> out.ProposalRow:
        until = body.until or clock() + timedelta(days=body.days or 1)
        return await shown(await review.snooze(learning, proposal_id, until, person.name))

    @router.post("/proposals/{proposal_id}/reopen")
    async def reopen(proposal_id: str, person: Signed) -> out.ProposalRow:
        return await shown(await review.reopen(learning, proposal_id, person.name))


def _discovery_doors(router: APIRouter, learning: Learning, supervisor: SignedIn) -> None:
    Signed = Annotated[Person, Depends(supervisor)]  # noqa: N806 - a type, used as one

    @router.get("/discovery")
    async def discovery() -> out.DiscoveryOut:
        return await out.discovery_out(learning)

    @router.put("/discovery/lines/{line_of_business}")
    async def set_line(line_of_business: str, body: LineIn) -> out.LineOut:
        known = {line.line_of_business for line in await learning.lines(await learning.library.current())}
        if line_of_business not in known:
            raise NotThere(f"There is no line of business {line_of_business!r}: there are {', '.join(sorted(known))}.")
        line = LineSettings(
            line_of_business,
            mode=body.mode,
            is_on=body.is_on,
            channels=tuple(channel.value for channel in body.channels),
            look_back_days=body.look_back_days,
            canary_share=body.canary_share,
            guards=Guards(**body.guards.model_dump()),
        )
        await learning.keep_line(line)
        return out.line_out(line)

    @router.post("/discovery/look", status_code=202)
    async def look(body: Look) -> out.JobOut:
        if learning.jobs.running("look"):
            raise Conflict("It is looking already. Wait until it is done, or cancel it.")
        known = {line.line_of_business for line in await learning.lines(await learning.library.current())}
        if body.line_of_business is not None and body.line_of_business not in known:
            raise NotThere(f"There is no line of business {body.line_of_business!r}.")
        job = learning.jobs.start("look", lambda job: discover_now(learning, body.days, body.line_of_business, job))
        return out.job_out(job)

    @router.get("/jobs/{job_id}")
    async def job(job_id: str) -> out.JobOut:
        return out.job_out(learning.jobs.get(job_id))

    @router.delete("/jobs/{job_id}")
    async def cancel(job_id: str) -> out.JobOut:
        return out.job_out(learning.jobs.cancel(job_id))

    @router.post("/canaries/{intent_id}")
    async def canary(intent_id: str, body: Ramp, person: Signed) -> out.ChangedOut:
        changed = await ramp(learning, intent_id, body.share, actor=person.name, reason=body.reason)
        return out.changed_out(changed)
