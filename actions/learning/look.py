"""Discovery at work: gather, group, describe, and bring the inbox up to date. Continuously, and when asked."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from actions.learning.alarms import alarms_of
from actions.learning.found import Rows, Surroundings, bodies, proposal_from, vector_from, vector_to
from actions.learning.gather import gather, harvest, learning_lines, oldest_needed
from actions.learning.guards import approve_what_passes
from actions.learning.jobs import Job
from actions.learning.room import RUN, Learning
from actions.learning.values import Line
from intents.discovery.aside import Order
from intents.discovery.edit import merge
from intents.discovery.identity import Remembered
from intents.discovery.proposal import Evidence, Proposal
from intents.discovery.propose import DiscoveryOptions, propose
from intents.discovery.turns import Turn, candidates
from storage.database import StorageError
from storage.proposals import ProposalStatus, StoredProposal, logged

log = structlog.get_logger(__name__)

ASIDE_FROM = 300
"""Different sentences from which grouping has a process of its own: less takes under half a second."""
JOINS_FIXED = 0.6
"""Cosine to the nearest turn of a proposal that a supervisor split or merged, from which a new turn belongs to it; the
middle says nothing here, since what a person merged may have two."""
LEAST_TURNS = 5
TICK_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
PAUSE_PER_WORK = 5.0
"""A run that took long is followed by a pause so many times as long, up to the longest."""
LEASE_SECONDS = 300.0
WAKE_SECONDS = 30.0
"""Between two looks for proposals that were snoozed until now."""
UNDECIDED = (ProposalStatus.PENDING, ProposalStatus.SNOOZED, ProposalStatus.FADED)


Decisions = frozenset[tuple[str, ProposalStatus, bool]]


class _Overtaken(Exception):
    """Somebody decided, or the library changed, while it was looked: what was found is out of date."""


@dataclass
class Discovery:
    """The continuous run, in one of the processes at a time."""

    learning: Learning
    _marker: tuple[object, ...] = ()
    _next_at: float = 0.0
    _wake_at: float = 0.0

    async def run(self) -> None:
        """Look whenever new candidates came, for ever; cancel to stop."""
        await self.learning.centre.ready.wait()
        while True:
            try:
                await self._tick()
            except StorageError:
                log.warning("discovery could not reach the database, trying again")
            except Exception:  # one window of turns it chokes on must not end discovery
                log.exception("a run of discovery failed")
                self._next_at = time.monotonic() + LONGEST_PAUSE_SECONDS
            await asyncio.sleep(min(TICK_SECONDS, self.learning.pause_seconds))

    async def _tick(self) -> None:
        """Nothing is written, and next to nothing read, while nothing new came."""
        learning = self.learning
        if time.monotonic() < self._next_at:
            return
        now = learning.centre.clock()
        if time.monotonic() >= self._wake_at:
            self._wake_at = time.monotonic() + WAKE_SECONDS
            await wake_snoozed(learning, now)
        lines = await learning.lines(learning.centre.brain.agent.library)
        due = learning_lines(lines, is_asked=False)
        marker = (*await learning.candidates.newest(), learning.follower.version, due)
        is_busy = learning.jobs.running("look") is not None
        if marker == self._marker or is_busy or not await learning.leases.take("discovery", now, LEASE_SECONDS):
            return
        began = time.monotonic()
        if due:
            await look(learning, due, None, Job("", "look", now))
            await approve_what_passes(learning, due)
        await learning.candidates.forget(oldest_needed(lines, now))
        self._marker = marker
        took = time.monotonic() - began
        pause = max(learning.pause_seconds, min(PAUSE_PER_WORK * took, LONGEST_PAUSE_SECONDS))
        self._next_at = time.monotonic() + pause


async def look_now(learning: Learning, days: int, line: str | None, job: Job) -> dict[str, Any]:
    """What a supervisor asked for: the history of the last days, and all that is known of it."""
    lines = await learning.lines(learning.centre.brain.agent.library)
    asked = [one for one in learning_lines(lines, is_asked=True) if line in (None, one.line_of_business)]
    await harvest(learning, days, [one.line_of_business for one in asked], job)
    return await look(learning, asked, days, job)


async def look(learning: Learning, lines: Sequence[Line], days: int | None, job: Job) -> dict[str, Any]:
    """One run over the candidates of these lines; returns the numbers of candidates, proposals and new ones."""
    began, now = time.monotonic(), learning.centre.clock()
    version = learning.follower.version
    rows = await gather(learning, lines, days, job)
    stored = await learning.proposals.all()
    fixed, free = _shared_out(rows, [one for one in stored if one.is_fixed and one.status in UNDECIDED])
    found = await _grouped(learning, free, rows, stored, now, job)
    job.progress("describe", 0.0)
    kept = await learning.quiet.run(_fixed_again, learning, fixed, rows, now)
    every = [one for one in (*kept, *found) if not one.is_rejected or one.is_known]
    raised = alarms_of(every, [row.at for row in rows.rows.values()], now)
    conversations = sorted({evidence.conversation for one in every for evidence in one.evidence})
    around = Surroundings(
        learning.listener.model,
        learning.centre.brain.agent.library,
        learning.centre.brain.agent.knowledge,
        learning.encoder,
        await _operator_lines(learning, conversations),
        raised,
        now,
    )
    made = await learning.quiet.run(bodies, every, rows, around)
    scope = {line.line_of_business for line in lines}
    try:
        if learning.follower.version != version:
            raise _Overtaken
        new = await _keep(learning, every, made, rows, scope, now, _decisions(stored))
    except _Overtaken:
        return await look(learning, lines, days, job)
    result = {"candidates": len(rows.rows), "proposals": len(every), "new": new}
    kept_run = result | {"at": now.isoformat(), "seconds": round(time.monotonic() - began, 2)}
    await learning.documents.put(RUN, "last", kept_run, now)
    learning.changes += 1
    log.info("discovery ran", **result, seconds=kept_run["seconds"])
    return result


def _shared_out(
    rows: Rows, fixed: Sequence[StoredProposal]
) -> tuple[dict[str, tuple[StoredProposal, list[str]]], list[str]]:
    """The turns of the proposals that people put together, and those that are free to be grouped."""
    shared: dict[str, tuple[StoredProposal, list[str]]] = {one.id: (one, []) for one in fixed}
    owner = {
        f"{evidence['conversation_id']}/{evidence['seq']}": one.id for one in fixed for evidence in one.body["evidence"]
    }
    owned = [turn for turn in rows.places if turn in owner]
    members = rows.vectors_of(owned)
    free = []
    for turn, place in rows.places.items():
        belongs = owner.get(turn)
        if belongs is None and owned:
            likeness = members @ rows.vectors[place]
            best = int(likeness.argmax())
            belongs = owner[owned[best]] if likeness[best] >= JOINS_FIXED else None
        if belongs is None:
            free.append(turn)
        else:
            shared[belongs][1].append(turn)
    return shared, free


async def _grouped(
    learning: Learning, free: Sequence[str], rows: Rows, stored: Sequence[StoredProposal], now: datetime, job: Job
) -> list[Proposal]:
    turns = [_turn(rows, one) for one in free]
    found = candidates(turns)
    if not found:
        return []
    vectors = rows.vectors_of([candidate.turns[0].id for candidate in found])
    encoder = learning.listener.encoder
    order = Order(
        found=found,
        vectors=vectors,
        model=learning.listener.model,
        library=learning.centre.brain.agent.library,
        now=now,
        earlier=_remembered(stored, encoder.name),
        options=DiscoveryOptions(least_turns=LEAST_TURNS),
        cache=learning.cache,
    )
    if len(found) >= ASIDE_FROM:
        return list(await learning.quiet.propose_aside(order, job.progress))
    return list(await learning.quiet.run(_propose_here, order, learning, job))


def _propose_here(order: Order, learning: Learning, job: Job) -> tuple[Proposal, ...]:
    return propose(
        order.found,
        order.vectors,
        order.model,
        order.library,
        learning.encoder,
        now=order.now,
        earlier=order.earlier,
        options=order.options,
        progress=job.progress,
    )


def _turn(rows: Rows, turn: str) -> Turn:
    row = rows.rows[turn]
    return Turn(turn, row.conversation_id, row.text, row.at)


def _remembered(stored: Sequence[StoredProposal], encoder: str) -> list[Remembered]:
    """What keeps its id, and what stays rejected."""
    known = []
    for one in stored:
        is_rejected = one.status is ProposalStatus.DISCARDED
        if one.encoder == encoder and (is_rejected or (one.status in UNDECIDED and not one.is_fixed)):
            turns = frozenset(f"{told['conversation_id']}/{told['seq']}" for told in one.body["evidence"])
            known.append(Remembered(one.id, turns, vector_from(one.middle), is_rejected))
    return known


def _fixed_again(
    learning: Learning, fixed: dict[str, tuple[StoredProposal, list[str]]], rows: Rows, now: datetime
) -> list[Proposal]:
    """The proposals people put together, described anew with the turns they have now."""
    described = []
    for row, turns in fixed.values():
        if not turns:
            continue
        evidence = tuple(
            Evidence(one, rows.rows[one].conversation_id, rows.rows[one].text, rows.rows[one].at, 0.0) for one in turns
        )
        model, library = learning.listener.model, learning.centre.brain.agent.library
        again = merge([replace(proposal_from(row), evidence=evidence)], model, library, learning.encoder, now=now)
        share = len(turns) / max(len(rows.places), 1)
        described.append(replace(again, id=row.id, is_known=True, share=share))
    return described


async def _operator_lines(learning: Learning, conversations: Sequence[str]) -> dict[str, list[str]]:
    """What operators said in these conversations."""
    told: dict[str, list[str]] = {}
    for start in range(0, len(conversations), 200):
        part = await learning.past.events_of(conversations[start : start + 200], ["operator_said"])
        for conversation, events in part.items():
            told[conversation] = [one.event.text for one in events if one.event.kind == "operator_said"]
    return told


async def _keep(
    learning: Learning,
    found: Sequence[Proposal],
    made: Sequence[dict[str, Any]],
    rows: Rows,
    scope: set[str],
    now: datetime,
    decisions: Decisions,
) -> int:
    """Write what was found beside what people decided; returns how many proposals are new. Raises _Overtaken."""
    new = 0
    encoder = learning.listener.encoder.name

    def decide(kept: list[StoredProposal]) -> list[StoredProposal]:
        nonlocal new
        if _decisions(kept) != decisions:
            raise _Overtaken
        known = {one.id: one for one in kept}
        changed: dict[str, StoredProposal] = {}
        for proposal, body in zip(found, made, strict=True):
            before = known.get(proposal.id)
            line = _line_of(proposal, rows)
            fresh_id = proposal.id
            if before is not None and before.status in (ProposalStatus.APPROVED, ProposalStatus.MERGED):
                fresh_id, before = f"{proposal.id}_{len(kept)}", None
            if before is None:
                new += 1
                before = StoredProposal(
                    fresh_id, ProposalStatus.PENDING, line, 0.0, encoder, b"", {}, first_seen=now, updated_at=now
                )
            status = ProposalStatus.PENDING if before.status is ProposalStatus.FADED else before.status
            facts = _with_alarm_time(before, body, now)
            after = replace(
                before,
                status=status,
                line_of_business=line,
                rank=proposal.rank,
                encoder=encoder,
                middle=vector_to(proposal.middle),
                body=facts,
            )
            if after != before:
                changed[fresh_id] = replace(after, updated_at=now)
            known.pop(proposal.id, None)
        for gone in known.values():
            is_in_scope = gone.line_of_business in scope or not gone.line_of_business
            if gone.status is ProposalStatus.PENDING and is_in_scope and not gone.draft and gone.id not in changed:
                changed[gone.id] = replace(gone, status=ProposalStatus.FADED, updated_at=now)
        return list(changed.values())

    await learning.proposals.change_all(decide)
    return new


def _decisions(rows: Sequence[StoredProposal]) -> Decisions:
    return frozenset((row.id, row.status, row.is_fixed) for row in rows)


def _line_of(proposal: Proposal, rows: Rows) -> str:
    """The line of business of most of its turns."""
    lines = Counter(rows.rows[one.turn].line_of_business for one in proposal.evidence if one.turn in rows.rows)
    return lines.most_common(1)[0][0] if lines else ""


def _with_alarm_time(before: StoredProposal, body: dict[str, Any], now: datetime) -> dict[str, Any]:
    """An alarm tells since when; what was taught on an earlier approval stays known."""
    facts = body | {name: before.body[name] for name in ("taught", "replay") if name in before.body}
    if facts["alarm"] is not None:
        earlier = before.body.get("alarm") or {}
        facts["alarm"] = facts["alarm"] | {"since": earlier.get("since", now.isoformat())}
    return facts


async def wake_snoozed(learning: Learning, now: datetime) -> None:
    """What was put off until now is pending again."""
    for one in await learning.proposals.all(ProposalStatus.SNOOZED):
        if one.snoozed_until is not None and one.snoozed_until <= now:
            await learning.proposals.change(
                one.id,
                lambda row: logged(row, now, "discovery", "woke", status=ProposalStatus.PENDING, snoozed_until=None),
            )
