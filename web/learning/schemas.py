"""Proposals, versions and jobs as the supervisor's screens receive them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from intents import DraftData, IntentData, Library
from learning import Changed, LineSettings
from learning.context import CANARY, RUN, Job, Learning, line_data
from learning.inbox import replay_key, undoable
from learning.library import change_data
from learning.proposals import draft_of, title_of
from storage.learning import (
    ArticleData,
    AskedData,
    CanaryData,
    DifferenceData,
    EvidenceData,
    IntentChange,
    LibraryVersion,
    LineData,
    LogEntry,
    NearData,
    ProposalStatus,
    ReplayData,
    RunData,
    ShareData,
    StoredProposal,
    TrendData,
)
from web.kit.answers import Answer

NEW_FOR = timedelta(days=7)
EVIDENCE_SHOWN = 500
MAP_POINTS = 2_000


class ProposalRow(Answer):
    """A line of the inbox; shares, novelty, cohesion and likeness in [0, 1]."""

    id: str
    title: str
    subtitle: list[str]
    """Telling words."""
    name: str
    """What approval would call it."""
    status: ProposalStatus
    badges: list[str]
    line_of_business: str
    turns: int
    conversations: int
    this_week: int
    share: float
    novelty: float
    unmatched: float
    cohesion: float
    stability: float
    nearest_intent: str | None
    nearest_name: str | None
    nearest_similarity: float
    duplicate_of: str | None
    duplicate_name: str | None
    sibling_of: str | None
    trend: TrendData | None
    per_day: list[int]
    """Turns of the last 28 days, oldest first."""
    rank: float
    first_seen: datetime
    updated_at: datetime
    snoozed_until: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    intent: str | None
    """What it became or joined."""
    undoable: str | None
    """The merge or split that stands last in its history, if it may be taken back."""


class ProposalDetail(ProposalRow):
    """Everything about a proposal."""

    draft: DraftData
    """What approval would add."""
    border: list[str]
    evidence: list[EvidenceData]
    evidence_total: int
    asked_next: list[AskedData]
    articles: list[ArticleData]
    nearest: list[NearData]
    flags: list[str]
    replay: ReplayData | None
    """Kept from the last time, if it is of this draft and this library."""
    history: list[LogEntry]


class AlarmOut(Answer):
    """A sudden topic that nobody decided about yet."""

    proposal: str
    title: str
    count: int
    expected: float
    chance: float
    since: str


class Inbox(Answer):
    """The proposals of a status, best first."""

    counts: dict[str, int]
    """Of each status."""
    items: list[ProposalRow]
    alarms: list[AlarmOut]


class Rows(Answer):
    """The proposals that a merge, a split or its undoing left."""

    items: list[ProposalRow]


class MapPoint(Answer):
    """A turn on the map."""

    proposal: str
    x: float
    y: float
    text: str
    conversation_id: str
    seq: int


class MapProposal(Answer):
    """The middle of a proposal's turns."""

    id: str
    title: str
    x: float
    y: float
    turns: int


class ProposalMap(Answer):
    """The 2-D map of what customers said."""

    points: list[MapPoint]
    proposals: list[MapProposal]


class VersionOut(Answer):
    """A line of the library's history."""

    version: int
    at: datetime
    actor: str
    action: str
    reason: str
    is_current: bool
    changes: list[IntentChange]


class VersionsOut(Answer):
    """The library's history, newest first."""

    items: list[VersionOut]


class ChangedOut(Answer):
    """What a change did; `version` and `previous` are the same where nothing differed."""

    version: int
    previous: int
    changes: list[IntentChange]


class MergedOut(ChangedOut):
    """A change that decided about a proposal."""

    proposal: ProposalRow


class ApprovedOut(MergedOut):
    """A change that made a proposal an intent."""

    intent: IntentData


class JobOut(Answer):
    """Where long work stands."""

    id: str
    kind: str
    state: str
    step: str
    share: float
    """How much of the step is done, in [0, 1]."""
    started_at: datetime
    result: Mapping[str, object] | None
    """A replay's, or what a look came to."""
    error: str | None


class LineOut(LineData):
    """How a line of business learns."""

    line_of_business: str


class CanaryOut(Answer):
    """A canary as it was last judged."""

    intent: str
    name: str
    share: float
    since: str
    treated: ShareData
    before: ShareData
    difference: DifferenceData | None
    verdict: str
    needed: int


class DiscoveryOut(Answer):
    """What discovery is doing."""

    stamp: str
    """Another one tells screens to look again."""
    is_looking: bool
    job: JobOut | None
    last_run: RunData | None
    waiting: int
    """Turns that came since the last run."""
    lines: list[LineOut]
    canaries: list[CanaryOut]


def row_out(row: StoredProposal, library: Library, now: datetime) -> ProposalRow:
    """A line of the inbox."""
    return ProposalRow.model_validate(_row(row, library, now))


def _row(row: StoredProposal, library: Library, now: datetime) -> dict[str, object]:
    body = row.body
    known = {intent.id: intent.name for intent in library.intents}
    near, duplicate = body["nearest_intent"], body["duplicate_of"]
    return {
        "id": row.id,
        "title": body["title"],
        "subtitle": body["subtitle"],
        "name": title_of(row),
        "status": row.status,
        "badges": badges(row, now),
        "line_of_business": row.line_of_business,
        "turns": body["turns"],
        "conversations": body["conversations"],
        "this_week": body["this_week"],
        "share": body["share"],
        "novelty": body["novelty"],
        "unmatched": body["unmatched"],
        "cohesion": body["cohesion"],
        "stability": body["stability"],
        "nearest_intent": near,
        "nearest_name": known.get(near or "", near),
        "nearest_similarity": body["nearest_similarity"],
        "duplicate_of": duplicate,
        "duplicate_name": known.get(duplicate or "", duplicate),
        "sibling_of": body["sibling_of"],
        "trend": body["trend"],
        "per_day": body["per_day"],
        "rank": row.rank,
        "first_seen": row.first_seen,
        "updated_at": row.updated_at,
        "snoozed_until": row.snoozed_until,
        "decided_by": row.decided_by,
        "decided_at": row.decided_at,
        "reason": row.reason,
        "intent": row.intent,
        "undoable": undoable(row, now),
    }


def badges(row: StoredProposal, now: datetime) -> list[str]:
    """The words a line is marked with."""
    body = row.body
    trend = body["trend"]
    wears = {
        "alarm": body["alarm"] is not None,
        "new": row.status is ProposalStatus.PENDING and now - row.first_seen < NEW_FOR,
        "growing": bool(trend and trend["is_growing"]),
        "near_duplicate": body["duplicate_of"] is not None,
        "sibling": body["sibling_of"] is not None,
        "edited": bool(row.draft) or row.is_fixed,
        "undone": bool(row.log) and row.log[-1]["action"] == "undone",
    }
    return [name for name, is_worn in wears.items() if is_worn]


def detail_out(row: StoredProposal, library: Library, now: datetime) -> ProposalDetail:
    """Everything about a proposal."""
    body = row.body
    draft = draft_of(row, library)
    kept = body.get("replay")
    shown = {
        "draft": draft,
        "border": body["border"],
        "evidence": body["evidence"][:EVIDENCE_SHOWN],
        "evidence_total": body["turns"],
        "asked_next": body["asked_next"],
        "articles": body.get("articles", []),
        "nearest": body["nearest"],
        "flags": body["flags"],
        "replay": kept["result"] if kept and kept["of"] == replay_key(draft, library.version) else None,
        "history": row.log,
    }
    return ProposalDetail.model_validate({**_row(row, library, now), **shown})


def alarms_out(rows: list[StoredProposal]) -> list[AlarmOut]:
    """The sudden topics that nobody decided about yet."""
    return [
        AlarmOut(
            proposal=row.id,
            title=title_of(row),
            count=alarm["count"],
            expected=alarm["expected"],
            chance=alarm["chance"],
            since=alarm.get("since", row.first_seen.isoformat()),
        )
        for row in rows
        if (alarm := row.body["alarm"]) is not None
    ]


def map_out(rows: list[StoredProposal]) -> ProposalMap:
    """The 2-D map of what customers said."""
    most = max(MAP_POINTS // max(len(rows), 1), 5)
    points, middles = [], []
    for row in rows:
        shown = row.body["evidence"][:most]
        points += [
            MapPoint(
                proposal=row.id,
                x=one["x"],
                y=one["y"],
                text=one["text"],
                conversation_id=one["conversation_id"],
                seq=one["seq"],
            )
            for one in shown
        ]
        if shown:
            x = sum(one["x"] for one in shown) / len(shown)
            y = sum(one["y"] for one in shown) / len(shown)
            middles.append(MapProposal(id=row.id, title=title_of(row), x=x, y=y, turns=row.body["turns"]))
    return ProposalMap(points=points[:MAP_POINTS], proposals=middles)


def version_out(version: LibraryVersion, newest: int) -> VersionOut:
    """A line of the library's history."""
    return VersionOut(
        version=version.version,
        at=version.at,
        actor=version.actor,
        action=version.action,
        reason=version.reason,
        is_current=version.version == newest,
        changes=version.changes,
    )


def changed_out(changed: Changed) -> ChangedOut:
    """What a change did."""
    return ChangedOut(version=changed.version, previous=changed.previous, changes=_changes(changed))


def merged_out(changed: Changed, proposal: ProposalRow) -> MergedOut:
    """What a merge into an intent did."""
    return MergedOut(version=changed.version, previous=changed.previous, changes=_changes(changed), proposal=proposal)


def approved_out(changed: Changed, proposal: ProposalRow, intent: IntentData) -> ApprovedOut:
    """What an approval did."""
    return ApprovedOut(
        version=changed.version,
        previous=changed.previous,
        changes=_changes(changed),
        proposal=proposal,
        intent=intent,
    )


def _changes(changed: Changed) -> list[IntentChange]:
    return [change_data(one) for one in changed.changes]


def job_out(job: Job) -> JobOut:
    """Where long work stands."""
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=job.state.value,
        step=job.step,
        share=job.share,
        started_at=job.started_at,
        result=job.result,
        error=job.error,
    )


def line_out(line: LineSettings) -> LineOut:
    """How a line of business learns."""
    return {"line_of_business": line.line_of_business, **line_data(line)}


async def discovery_out(learning: Learning) -> DiscoveryOut:
    """What discovery is doing, and the stamp that tells screens to look again."""
    library = await learning.library.current()
    run = (await learning.documents.all(RUN)).get("last")
    job = learning.jobs.running("look")
    canaries = await learning.documents.all(CANARY)
    changed = await learning.proposals.changed_at()
    newest = learning.jobs.newest("look")
    ran_at = run["at"] if run else None
    stamp = (library.version, learning.follower.is_training, learning.changes, changed, ran_at)
    since = datetime.fromisoformat(run["at"]) if run else None
    return DiscoveryOut(
        stamp="-".join(str(part) for part in (*stamp, newest.state.value if newest else "")),
        is_looking=job is not None,
        job=job_out(job) if job else None,
        last_run=run,
        waiting=await learning.candidates.count_new(since),
        lines=[line_out(line) for line in await learning.lines(library)],
        canaries=[_canary_out(intent, one) for intent, one in canaries.items() if "verdict" in one],
    )


def _canary_out(intent: str, one: CanaryData) -> CanaryOut:
    return CanaryOut(
        intent=intent,
        name=one["name"],
        share=one["share"],
        since=one["since"],
        treated=one["treated"],
        before=one["before"],
        difference=one["difference"],
        verdict=one["verdict"],
        needed=one["needed"],
    )
