"""What a supervisor does in the inbox."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncConnection

from intents import Example, Intent, Library, Zone, encode_texts
from intents.discovery import DUPLICATE, DUPLICATE_ACCEPTED, direction, nearest_intent
from learning.context.learning import Learning
from learning.proposals.drafts import draft_of, identifier, intent_of
from learning.values import Action, Changed, Conflict, NotPossible, NotThere, replaced
from storage.learning import Also, Decide, Finding, ProposalStatus, StoredProposal, UnknownProposal, logged

OPEN = (ProposalStatus.PENDING, ProposalStatus.SNOOZED, ProposalStatus.FADED)


async def proposal(learning: Learning, proposal_id: str) -> StoredProposal:
    """Raises NotThere."""
    try:
        return await learning.proposals.get(proposal_id)
    except UnknownProposal:
        raise NotThere("There is no such proposal.") from None


async def edit(learning: Learning, proposal_id: str, fields: dict[str, JsonValue], actor: str) -> StoredProposal:
    """Keep these fields of the draft, complete or not. Raises NotPossible where one is no value of its kind."""
    row = await open_proposal(learning, proposal_id)
    library = await learning.library.current()
    whole = draft_of(replace(row, draft=row.draft | fields), library)
    intent_of({**whole, "description": whole["description"].strip() or "Not described yet."})
    now = learning.centre.clock()
    changed = ", ".join(sorted(fields))
    return await learning.proposals.change(
        proposal_id,
        lambda one: replace(logged(still_open(one), now, actor, "edited", changed), draft=one.draft | fields),
    )


async def approve(
    learning: Learning, proposal_id: str, *, actor: str, share: float = 1.0, reason: str = "", force: bool = False
) -> tuple[Changed, StoredProposal, Intent]:
    """Make it an intent that the next customer is served by. Raises NotPossible or Conflict, and nothing changes."""
    row = await open_proposal(learning, proposal_id)
    library = await learning.library.current()
    intent = intent_of(draft_of(row, library), share)
    if not force:
        await _refuse_repetition(learning, intent)
    now = learning.centre.clock()
    made: list[Intent] = []

    def make(before: Library) -> Library:
        made[:] = [replace(intent, id=identifier(intent.name, before))]
        return replaced(before, made[0])

    def decide(one: StoredProposal) -> StoredProposal:
        taught = [example.text for example in intent.examples]
        return _decided(one, now, actor, "approved", reason, ProposalStatus.APPROVED, made[0].id, taught)

    changed = await learning.library.change(
        make,
        action=Action.APPROVED if share >= 1.0 else Action.CANARY_STARTED,
        actor=actor,
        reason=reason or f"From discovery: {row.body['conversations']} conversations.",
        also=_also(learning, proposal_id, decide),
    )
    return changed, await learning.proposals.get(proposal_id), made[0]


async def merge_into(
    learning: Learning, proposal_id: str, intent_id: str, *, actor: str, reason: str = ""
) -> tuple[Changed, StoredProposal]:
    """Its examples join an intent of the library."""
    row = await open_proposal(learning, proposal_id)
    library = await learning.library.current()
    known = library.find(intent_id)
    if known is None or known.is_group:
        raise NotThere("There is no such intent to merge into.")
    texts = [one["text"] for one in draft_of(row, library)["examples"]]
    now = learning.centre.clock()

    def make(before: Library) -> Library:
        into = before.get(intent_id)
        owned = {one.text.casefold() for intent in before.intents for one in intent.examples}
        fresh = tuple(Example(text, "discovery") for text in texts if text.casefold() not in owned)
        return replaced(before, replace(into, examples=(*into.examples, *fresh)))

    def decide(one: StoredProposal) -> StoredProposal:
        return _decided(one, now, actor, "merged", reason, ProposalStatus.MERGED, intent_id, texts)

    changed = await learning.library.change(
        make, action=Action.MERGED, actor=actor, reason=reason, also=_also(learning, proposal_id, decide)
    )
    return changed, await learning.proposals.get(proposal_id)


async def discard(learning: Learning, proposal_id: str, reason: str, actor: str) -> StoredProposal:
    """It stays rejected in later runs, and so do its pieces."""
    await open_proposal(learning, proposal_id)
    now = learning.centre.clock()
    return await learning.proposals.change(
        proposal_id,
        lambda one: _decided(one, now, actor, "discarded", reason, ProposalStatus.DISCARDED, None),
    )


async def snooze(learning: Learning, proposal_id: str, until: datetime, actor: str) -> StoredProposal:
    """Out of the inbox until then."""
    now = learning.centre.clock()
    if not now < until <= now + timedelta(days=366):
        raise NotPossible("Snooze until a time within the next year.")
    await open_proposal(learning, proposal_id)
    return await learning.proposals.change(
        proposal_id,
        lambda one: replace(
            logged(still_open(one), now, actor, "snoozed"), status=ProposalStatus.SNOOZED, snoozed_until=until
        ),
    )


async def reopen(learning: Learning, proposal_id: str, actor: str) -> StoredProposal:
    """Back to the inbox; what became an intent is undone in the library instead."""
    row = await proposal(learning, proposal_id)
    if row.status is ProposalStatus.APPROVED or (row.status is ProposalStatus.MERGED and row.intent):
        raise Conflict("It is part of the library: undo it in the history there, and it comes back.")
    now = learning.centre.clock()
    return await learning.proposals.change(
        proposal_id,
        lambda one: replace(
            logged(one, now, actor, "reopened"), status=ProposalStatus.PENDING, snoozed_until=None, decided_at=None
        ),
    )


def is_applied(row: StoredProposal, library: Library) -> bool:
    """Whether what was approved or merged is in this library."""
    intent = library.find(row.intent) if row.intent else None
    if intent is None:
        return False
    texts = {example.text for example in intent.examples}
    return row.status is ProposalStatus.APPROVED or any(text in texts for text in row.body.get("taught", []))


def bring_back(learning: Learning, library: Library, actor: str, reason: str = "") -> Also:
    """For the transaction of a roll-back: proposals whose intent is gone from `library` are pending again."""
    now = learning.centre.clock()

    def decide(kept: list[StoredProposal]) -> list[StoredProposal]:
        decided = [one for one in kept if one.status in (ProposalStatus.APPROVED, ProposalStatus.MERGED) and one.intent]
        return [
            replace(
                logged(one, now, actor, "undone", reason), status=ProposalStatus.PENDING, decided_at=None, intent=None
            )
            for one in decided
            if not is_applied(one, library)
        ]

    return lambda connection: learning.proposals.change_all_within(connection, decide)


async def open_proposal(learning: Learning, proposal_id: str) -> StoredProposal:
    """One that is still to be decided. Raises NotThere or Conflict."""
    return still_open(await proposal(learning, proposal_id))


def still_open(row: StoredProposal) -> StoredProposal:
    """The row, unless someone decided about it. Raises Conflict."""
    if row.status not in OPEN:
        who = f" by {row.decided_by}" if row.decided_by else ""
        raise Conflict(f"This proposal was {row.status.value}{who} already. Please look at it again.")
    return row


def _decided(
    row: StoredProposal,
    now: datetime,
    actor: str,
    action: str,
    reason: str,
    status: ProposalStatus,
    intent: str | None,
    taught: list[str] | None = None,
) -> StoredProposal:
    after = replace(logged(still_open(row), now, actor, action, reason), status=status, intent=intent)
    body: Finding = row.body if taught is None else {**row.body, "taught": taught}
    return replace(after, decided_at=now, decided_by=actor, reason=reason, snoozed_until=None, body=body)


def _also(learning: Learning, proposal_id: str, decide: Decide) -> Also:
    async def change(connection: AsyncConnection) -> None:
        await learning.proposals.change_within(connection, proposal_id, decide)

    return change


async def _refuse_repetition(learning: Learning, intent: Intent) -> None:
    """Raises Conflict where the library knows the wish already."""
    vectors = await asyncio.to_thread(learning.encoder.encode, encode_texts(intent))
    model = learning.understander.model
    nearest, similarity = nearest_intent(model, direction(vectors[:-1] if len(vectors) > 1 else vectors))
    names = {one.id: one.name for one in learning.centre.agent_slot.runtime.agent.library.intents}
    if similarity >= DUPLICATE:
        raise Conflict(
            f"It nearly repeats “{names.get(nearest or '', nearest)}” (likeness {similarity:.0%}): merge it into that"
            " one, or approve it all the same."
        )
    found = model.classify_many([one.text for one in intent.examples], vectors[:-1])
    accepted = [one.candidates[0].intent for one in found if one.zone is Zone.ACCEPT]
    if len(accepted) > DUPLICATE_ACCEPTED * len(found):
        most = max(set(accepted), key=accepted.count)
        raise Conflict(
            f"{len(accepted)} of its {len(found)} examples are understood already, most as “{names.get(most, most)}”:"
            " merge it into that one, or approve it all the same."
        )
