"""Proposals, versions and jobs as the supervisor's screens receive them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from intents import Intent, Library, intent_data
from learning import Changed, LineSettings
from learning.context import CANARY, RUN, Job, Learning
from learning.inbox import replay_key, undoable
from learning.library import change_from_data
from learning.proposals import draft_of
from storage.learning import ProposalStatus, StoredProposal, Version

NEW_FOR = timedelta(days=7)
EVIDENCE_SHOWN = 500
MAP_POINTS = 2_000
_NUMBERS = (
    "turns",
    "conversations",
    "this_week",
    "share",
    "novelty",
    "unmatched",
    "cohesion",
    "stability",
    "nearest_intent",
    "nearest_similarity",
    "duplicate_of",
    "sibling_of",
    "trend",
    "per_day",
)


def row_out(row: StoredProposal, library: Library, now: datetime) -> dict[str, Any]:
    """A line of the inbox."""
    body = row.body
    known = {intent.id: intent.name for intent in library.intents}
    return {
        "id": row.id,
        "title": body["title"],
        "subtitle": body["subtitle"],
        "name": row.draft.get("name", body["title"]),
        "status": row.status.value,
        "badges": badges(row, now),
        "line_of_business": row.line_of_business,
        **{name: body.get(name) for name in _NUMBERS},
        "nearest_name": known.get(body["nearest_intent"] or "", body["nearest_intent"]),
        "duplicate_name": known.get(body["duplicate_of"] or "", body["duplicate_of"]),
        "rank": row.rank,
        "first_seen": row.first_seen.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "snoozed_until": _time(row.snoozed_until),
        "decided_by": row.decided_by,
        "decided_at": _time(row.decided_at),
        "reason": row.reason,
        "intent": row.intent,
        "undoable": undoable(row, now),
    }


def badges(row: StoredProposal, now: datetime) -> list[str]:
    """The words a line is marked with."""
    body = row.body
    trend = body.get("trend")
    wears = {
        "alarm": body.get("alarm") is not None,
        "new": row.status is ProposalStatus.PENDING and now - row.first_seen < NEW_FOR,
        "growing": bool(trend and trend["is_growing"]),
        "near_duplicate": body["duplicate_of"] is not None,
        "sibling": body["sibling_of"] is not None,
        "edited": bool(row.draft) or row.is_fixed,
        "undone": bool(row.log) and row.log[-1]["action"] == "undone",
    }
    return [name for name, is_worn in wears.items() if is_worn]


def detail_out(row: StoredProposal, library: Library, now: datetime) -> dict[str, Any]:
    """Everything about a proposal."""
    body = row.body
    draft = draft_of(row, library)
    kept = body.get("replay")
    evidence = [{name: one[name] for name in one if name not in ("x", "y")} for one in body["evidence"]]
    return row_out(row, library, now) | {
        "draft": draft,
        "border": body["border"],
        "evidence": evidence[:EVIDENCE_SHOWN],
        "evidence_total": body["turns"],
        "asked_next": body["asked_next"],
        "articles": body["articles"],
        "nearest": body["nearest"],
        "flags": body["flags"],
        "replay": kept["result"] if kept and kept["of"] == replay_key(draft, library.version) else None,
        "history": row.log,
    }


def alarms_out(rows: list[StoredProposal]) -> list[dict[str, Any]]:
    """The sudden topics that nobody decided about yet."""
    return [
        {
            "proposal": row.id,
            "title": row.draft.get("name", row.body["title"]),
            **{name: row.body["alarm"][name] for name in ("count", "expected", "chance", "since")},
        }
        for row in rows
        if row.body.get("alarm") is not None
    ]


def map_out(rows: list[StoredProposal]) -> dict[str, Any]:
    """The 2-D map of what customers said."""
    most = max(MAP_POINTS // max(len(rows), 1), 5)
    points, middles = [], []
    for row in rows:
        shown = row.body["evidence"][:most]
        points += [
            {"proposal": row.id, **{name: one[name] for name in ("x", "y", "text", "conversation_id", "seq")}}
            for one in shown
        ]
        if shown:
            middles.append(
                {
                    "id": row.id,
                    "title": row.draft.get("name", row.body["title"]),
                    "x": sum(one["x"] for one in shown) / len(shown),
                    "y": sum(one["y"] for one in shown) / len(shown),
                    "turns": row.body["turns"],
                }
            )
    return {"points": points[:MAP_POINTS], "proposals": middles}


def version_out(version: Version, newest: int) -> dict[str, Any]:
    """A line of the library's history."""
    return {
        "version": version.version,
        "at": version.at.isoformat(),
        "actor": version.actor,
        "action": version.action,
        "reason": version.reason,
        "is_current": version.version == newest,
        "changes": [asdict(change_from_data(one)) for one in version.changes],
    }


def changed_out(changed: Changed) -> dict[str, Any]:
    """What a change did."""
    return {
        "version": changed.version,
        "previous": changed.previous,
        "changes": [asdict(one) for one in changed.changes],
    }


def intent_out(intent: Intent) -> dict[str, Any]:
    """An intent, every field of it."""
    return intent_data(intent)


def job_out(job: Job) -> dict[str, Any]:
    """Where long work stands."""
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state.value,
        "step": job.step,
        "share": job.share,
        "started_at": job.started_at.isoformat(),
        "result": job.result,
        "error": job.error,
    }


def line_out(line: LineSettings) -> dict[str, Any]:
    """How a line of business learns."""
    return asdict(line) | {"mode": line.mode.value, "channels": list(line.channels)}


async def discovery_out(learning: Learning) -> dict[str, Any]:
    """What discovery is doing, and the stamp that tells screens to look again."""
    library = await learning.library.current()
    run = (await learning.documents.all(RUN)).get("last")
    job = learning.jobs.running("look")
    canaries = await learning.documents.all(CANARY)
    changed = await learning.proposals.changed_at()
    newest = learning.jobs.newest("look")
    ran_at = run["at"] if run else None
    stamp = (library.version, learning.follower.is_training, learning.changes, _time(changed), ran_at)
    since = datetime.fromisoformat(run["at"]) if run else None
    return {
        "stamp": "-".join(str(part) for part in (*stamp, newest.state.value if newest else "")),
        "is_looking": job is not None,
        "job": job_out(job) if job else None,
        "last_run": run,
        "waiting": await learning.candidates.count_new(since),
        "lines": [line_out(line) for line in await learning.lines(library)],
        "canaries": [
            {"intent": intent, **{name: one[name] for name in _CANARY}}
            for intent, one in canaries.items()
            if "verdict" in one
        ],
    }


_CANARY = ("name", "share", "since", "treated", "before", "difference", "verdict", "needed")


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
