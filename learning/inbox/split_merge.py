"""Split and merge: what a supervisor puts together stays together, and discovery only adds turns to it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from intents.discovery import CannotSplit, Proposal, merge, split
from learning.context.learning import Learning
from learning.inbox.review import open_proposal, still_open
from learning.inbox.undo import marked
from learning.proposals.drafts import title_of
from learning.proposals.found import Rows, Surroundings, bodies, proposal_from, vector_to, with_articles
from learning.values import NotPossible
from storage.learning import CandidateRow, Finding, ProposalStatus, StoredProposal, logged

MOST_MERGED = 20


async def merge_together(learning: Learning, ids: Sequence[str], actor: str) -> StoredProposal:
    """Several proposals become the largest of them; the others say where they went."""
    rows = [await open_proposal(learning, one) for one in dict.fromkeys(ids)]
    if not 2 <= len(rows) <= MOST_MERGED:
        raise NotPossible(f"Choose 2 to {MOST_MERGED} proposals to merge.")
    now = learning.centre.clock()
    model, library = learning.understander.model, learning.centre.agent_slot.runtime.agent.library
    found = await asyncio.to_thread(
        merge, [proposal_from(one) for one in rows], model, library, learning.encoder, now=now
    )
    (body,) = await _bodies_again(learning, [found], rows, now)
    left = next(one for one in rows if one.id == found.id)
    others = {one.id: title_of(one) for one in rows if one.id != left.id}
    names = ", ".join(f"“{name}”" for name in others.values())
    reshape_id = learning.centre.new_id("reshape")

    def decide(kept: list[StoredProposal]) -> list[StoredProposal]:
        changed = []
        for one in kept:
            if one.id == left.id:
                kept_one = logged(still_open(one), now, actor, "merged", f"With {names}.")
                middle = vector_to(found.middle)
                changed.append(replace(kept_one, body=body, rank=found.rank, middle=middle, is_fixed=True))
            elif one.id in others:
                gone = logged(still_open(one), now, actor, "merged", f"Into “{body['title']}”.")
                changed.append(replace(gone, status=ProposalStatus.MERGED, decided_at=now, decided_by=actor))
        return [marked(one, reshape_id) for one in changed]

    await learning.reshapes.do(reshape_id, now, decide)
    learning.changes += 1
    return await learning.proposals.get(left.id)


async def split_up(learning: Learning, proposal_id: str, actor: str) -> list[StoredProposal]:
    """Two proposals in its stead: the larger keeps its id. Raises NotPossible if its turns do not fall apart."""
    row = await open_proposal(learning, proposal_id)
    now = learning.centre.clock()
    model, library = learning.understander.model, learning.centre.agent_slot.runtime.agent.library
    try:
        larger, smaller = await asyncio.to_thread(split, proposal_from(row), model, library, learning.encoder, now=now)
    except CannotSplit:
        raise NotPossible("Its turns are too few or too much alike to be split.") from None
    larger = replace(larger, id=row.id)
    made = await _bodies_again(learning, [larger, smaller], [row], now)
    reshape_id = learning.centre.new_id("reshape")

    def decide(kept: list[StoredProposal]) -> list[StoredProposal]:
        taken = {one.id for one in kept}
        before = still_open(next(one for one in kept if one.id == row.id))
        fresh = smaller.id if smaller.id not in taken else f"{smaller.id}_{len(taken)}"
        fixed = replace(logged(before, now, actor, "split"), is_fixed=True, draft={})
        first = marked(replace(fixed, body=made[0], rank=larger.rank), reshape_id)
        second = replace(first, id=fresh, body=made[1], rank=smaller.rank, middle=vector_to(smaller.middle))
        return [replace(first, middle=vector_to(larger.middle)), replace(second, first_seen=now)]

    await learning.reshapes.do(reshape_id, now, decide)
    learning.changes += 1
    return [one for one in await learning.proposals.all() if one.log and one.log[-1].get("reshape") == reshape_id]


async def _bodies_again(
    learning: Learning, found: Sequence[Proposal], rows: Sequence[StoredProposal], now: datetime
) -> list[Finding]:
    """Bodies of proposals put together by hand, from the turns the old ones were made of."""
    kept: dict[tuple[str, int], CandidateRow] = {}
    for row in rows:
        for one in row.body["evidence"]:
            key = (one["conversation_id"], one["seq"])
            at = datetime.fromisoformat(one["at"] or row.first_seen.isoformat())
            kept[key] = CandidateRow(*key, at, one["channel"], row.line_of_business, one["text"], "", 0.0, None)
    vectors = await asyncio.to_thread(learning.encoder.encode, [one.text for one in kept.values()])
    gathered = Rows.of(list(kept.values()), np.asarray(vectors))
    agent = learning.centre.agent_slot.runtime.agent
    around = Surroundings(learning.understander.model, agent.library, learning.encoder, {}, {}, now, agent.safety)
    described = await asyncio.to_thread(bodies, found, gathered, around)
    made = with_articles(described, found, agent.knowledge)
    asked = [one for row in rows for one in row.body["asked_next"]]
    return [{**body, "asked_next": asked[:8]} for body in made]
