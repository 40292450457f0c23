"""Discovery at work: gather, group, describe, and bring the inbox up to date. Continuously, and when asked."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from intents.discovery import Remembered
from learning.context.jobs import Job
from learning.context.learning import RUN, Learning
from learning.discovery.gather import gather, harvest, learning_lines, oldest_needed
from learning.heavy_work.discovery_work import DiscoveryInput, DiscoveryOutput, DiscoveryWork
from learning.history.replaying import turn_id
from learning.inbox.auto_approve import approve_what_passes
from learning.proposals.found import vector_from, vector_to, with_articles
from learning.values import LineSettings
from storage.kit import StorageError
from storage.learning import Finding, Looked, ProposalStatus, RunData, StoredProposal, logged

log = structlog.get_logger(__name__)

WRITTEN_AT_ONCE = 4
DISCOVERY_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
PAUSE_PER_WORK = 5.0
"""A run that took long is followed by a pause so many times as long, up to the longest."""
LEASE_SECONDS = 300.0
WAKE_SECONDS = 30.0
"""Between two looks for proposals that were snoozed until now."""
UNDECIDED = (ProposalStatus.PENDING, ProposalStatus.SNOOZED, ProposalStatus.FADED)


Decisions = frozenset[tuple[str, ProposalStatus, bool, str]]
"""Of each proposal: its status, whether it is fixed, and what was merged, split or taken back last."""


class _Overtaken(Exception):
    """Somebody decided, or the library changed, while it was looked: what was found is out of date."""


@dataclass
class Discovery:
    """The continuous run, in one of the processes at a time."""

    learning: Learning
    _marker: tuple[object, ...] = ()
    _next_at: float = 0.0
    _wake_at: float = 0.0

    async def look(self) -> None:
        """Look when new candidates came; what it chokes on is not looked at again for a while."""
        try:
            await self._look()
        except StorageError:
            raise
        except Exception:
            self._next_at = time.monotonic() + LONGEST_PAUSE_SECONDS
            raise

    async def _look(self) -> None:
        """Nothing is written, and next to nothing read, while nothing new came."""
        learning = self.learning
        if time.monotonic() < self._next_at:
            return
        now = learning.centre.clock()
        if time.monotonic() >= self._wake_at:
            self._wake_at = time.monotonic() + WAKE_SECONDS
            await wake_snoozed(learning, now)
        lines = await learning.lines(learning.centre.agent_slot.runtime.agent.library)
        due = learning_lines(lines, is_asked=False)
        marker = (*await learning.candidates.newest(), learning.follower.version, due)
        is_busy = learning.jobs.running("look") is not None
        if marker == self._marker or is_busy or not await learning.leases.take("discovery", now, LEASE_SECONDS):
            return
        began = time.monotonic()
        if due:
            await discover(learning, due, None, Job("", "look", now))
            await approve_what_passes(learning, due)
        await learning.candidates.forget(oldest_needed(lines, now))
        self._marker = marker
        took = time.monotonic() - began
        pause = max(learning.pause_seconds, min(PAUSE_PER_WORK * took, LONGEST_PAUSE_SECONDS))
        self._next_at = time.monotonic() + pause


async def discover_now(learning: Learning, days: int, line: str | None, job: Job) -> Looked:
    """What a supervisor asked for: the history of the last days, and all that is known of it."""
    lines = await learning.lines(learning.centre.agent_slot.runtime.agent.library)
    asked = [one for one in learning_lines(lines, is_asked=True) if line in (None, one.line_of_business)]
    await harvest(learning, days, [one.line_of_business for one in asked], job)
    return await discover(learning, asked, days, job)


async def discover(learning: Learning, lines: Sequence[LineSettings], days: int | None, job: Job) -> Looked:
    """One run over the candidates of these lines; returns the numbers of candidates, proposals and new ones."""
    began, now = time.monotonic(), learning.centre.clock()
    version, encoder = learning.follower.version, learning.understander.encoder.name
    job.progress("read", 0.0)
    rows = await gather(learning, lines, days)
    stored = await learning.proposals.all()
    agent = learning.centre.agent_slot.runtime.agent
    order = DiscoveryInput(
        rows=rows,
        model=learning.understander.model,
        safety=agent.safety,
        library=agent.library,
        fixed=[one for one in stored if one.is_fixed and one.status in UNDECIDED],
        earlier=_remembered(stored, encoder),
        now=now,
    )
    async with learning.heavy_worker(len(rows), job.progress) as work:
        found = await work.call(DiscoveryWork.find, order)
        await learning.candidates.keep_vectors(encoder, found.new_vectors)
        quoted = sorted({evidence.conversation for one in found.proposals for evidence in one.evidence})
        bodies = await work.call(DiscoveryWork.describe, await _operator_lines(learning, quoted))
    made = await asyncio.to_thread(with_articles, bodies, found.proposals, agent.knowledge)
    scope = {line.line_of_business for line in lines}
    try:
        if learning.follower.version != version:
            raise _Overtaken
        new = await _keep(learning, found, made, scope, now, _decisions(stored))
    except _Overtaken:
        return await discover(learning, lines, days, job)
    result: Looked = {"candidates": found.candidates, "proposals": len(found.proposals), "new": new}
    kept_run: RunData = {**result, "at": now.isoformat(), "seconds": round(time.monotonic() - began, 2)}
    await learning.documents.put(RUN, "last", kept_run, now)
    learning.changes += 1
    log.info("discovery ran", **result, seconds=kept_run["seconds"])
    return result


def _remembered(stored: Sequence[StoredProposal], encoder: str) -> list[Remembered]:
    """What keeps its id, and what stays rejected."""
    known = []
    for one in stored:
        is_rejected = one.status is ProposalStatus.DISCARDED
        if one.encoder == encoder and (is_rejected or (one.status in UNDECIDED and not one.is_fixed)):
            turns = frozenset(turn_id(turn["conversation_id"], turn["seq"]) for turn in one.body["evidence"])
            known.append(Remembered(one.id, turns, vector_from(one.middle), is_rejected))
    return known


async def _operator_lines(learning: Learning, conversations: Sequence[str]) -> dict[str, list[str]]:
    """What operators said in these conversations."""
    lines: dict[str, list[str]] = {}
    for start in range(0, len(conversations), 200):
        part = await learning.history.events_of(conversations[start : start + 200], ["operator_said"])
        for conversation, events in part.items():
            lines[conversation] = [one.event.text for one in events if one.event.kind == "operator_said"]
    return lines


async def _keep(
    learning: Learning,
    found: DiscoveryOutput,
    made: Sequence[Finding],
    scope: set[str],
    now: datetime,
    decisions: Decisions,
) -> int:
    """Write what was found beside what people decided; returns how many proposals are new. Raises _Overtaken.

    A few rows a transaction: whoever chats waits for the same writer.
    """
    encoder = learning.understander.encoder.name
    known = {key: status for key, status, *_ in decisions}
    new = 0
    seen: set[str] = set()
    parts = list(zip(found.proposals, found.lines, made, strict=True))
    for start in range(0, len(parts), WRITTEN_AT_ONCE):
        fresh = {}
        for proposal, line, body in parts[start : start + WRITTEN_AT_ONCE]:
            is_taken = known.get(proposal.id) in (ProposalStatus.APPROVED, ProposalStatus.MERGED)
            key = f"{proposal.id}_{len(known)}" if is_taken else proposal.id
            fresh[key] = StoredProposal(
                id=key,
                status=ProposalStatus.PENDING,
                line_of_business=line,
                rank=proposal.rank,
                encoder=encoder,
                middle=vector_to(proposal.middle),
                body=body,
                first_seen=now,
                updated_at=now,
            )
        written = partial(_written, fresh=fresh, decisions=decisions, now=now)
        await learning.proposals.change_all(written, ids=list(fresh))
        new += len(fresh.keys() - known.keys())
        seen |= fresh.keys()
    await learning.proposals.change_all(lambda kept: _faded(kept, seen, scope, decisions, now))
    return new


def _written(
    kept: Sequence[StoredProposal], fresh: dict[str, StoredProposal], decisions: Decisions, now: datetime
) -> list[StoredProposal]:
    """The rows as they are to be: what was found anew, what people decided as it was."""
    before = {one.id: one for one in kept}
    is_gone = any(key in fresh and key not in before for key, *_ in decisions)
    if is_gone or not _decisions(kept) <= decisions:
        raise _Overtaken
    changed = []
    for key, found in fresh.items():
        old = before.get(key)
        if old is None:
            changed.append(_with_alarm_time(found, found, now))
            continue
        after = replace(
            old,
            status=ProposalStatus.PENDING if old.status is ProposalStatus.FADED else old.status,
            line_of_business=found.line_of_business,
            rank=found.rank,
            encoder=found.encoder,
            middle=found.middle,
            body=found.body,
        )
        after = _with_alarm_time(after, old, now)
        if after != old:
            changed.append(replace(after, updated_at=now))
    return changed


def _faded(
    kept: Sequence[StoredProposal], seen: set[str], scope: set[str], decisions: Decisions, now: datetime
) -> list[StoredProposal]:
    """Undecided and untouched, also while it was looked, and no longer found."""
    return [
        replace(one, status=ProposalStatus.FADED, updated_at=now)
        for one in kept
        if one.status is ProposalStatus.PENDING
        if one.id not in seen and not one.draft and (one.line_of_business in scope or not one.line_of_business)
        if _decisions([one]) <= decisions
    ]


def _decisions(rows: Sequence[StoredProposal]) -> Decisions:
    return frozenset((row.id, row.status, row.is_fixed, _shaped(row)) for row in rows)


def _shaped(row: StoredProposal) -> str:
    return next((f"{one['action']} {one['reshape']}" for one in reversed(row.log) if "reshape" in one), "")


def _with_alarm_time(row: StoredProposal, before: StoredProposal, now: datetime) -> StoredProposal:
    """An alarm tells since when; what was taught on an approval, and the last replay, stay known."""
    found = row.body.copy()
    if "taught" in before.body:
        found["taught"] = before.body["taught"]
    if "replay" in before.body:
        found["replay"] = before.body["replay"]
    if found["alarm"] is not None:
        earlier = before.body["alarm"]
        since = earlier.get("since") if earlier else None
        found["alarm"] = {**found["alarm"], "since": since or now.isoformat()}
    return replace(row, body=found)


async def wake_snoozed(learning: Learning, now: datetime) -> None:
    """What was put off until now is pending again."""
    for one in await learning.proposals.all(ProposalStatus.SNOOZED):
        if one.snoozed_until is not None and one.snoozed_until <= now:
            await learning.proposals.change(
                one.id,
                lambda row: replace(
                    logged(row, now, "discovery", "woke"), status=ProposalStatus.PENDING, snoozed_until=None
                ),
            )
