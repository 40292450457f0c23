"""Approving without a person: only where the line of business wants it, and every guard holds."""

import asyncio
from collections.abc import Sequence

import structlog

from encoder import Vectors
from intents import Intent, IntentModel, add_intent, encode_texts
from learning.context.learning import Learning
from learning.inbox.review import approve
from learning.proposals.drafts import draft_of, intent_of
from learning.values import Guards, LearningError, LineSettings, Mode
from storage.learning import ProposalStatus, StoredProposal

log = structlog.get_logger(__name__)

PEOPLE_DECIDED = ("undone", "rolled_back", "reopened", "edited", "split", "merged")
"""After any of these a person is at it."""


async def approve_what_passes(learning: Learning, lines: Sequence[LineSettings]) -> list[str]:
    """Approve the pending proposals of autonomous lines that pass; returns the new intents' ids."""
    autonomous = {line.line_of_business: line for line in lines if line.mode is Mode.AUTONOMOUS}
    approved: list[str] = []
    if not autonomous:
        return approved
    for row in await learning.proposals.all(ProposalStatus.PENDING):
        line = autonomous.get(row.line_of_business)
        if line is None or any(entry["action"] in PEOPLE_DECIDED for entry in row.log):
            continue
        try:
            why = await reason_to_approve(learning, row, line.guards)
            if why is not None:
                _, _, intent = await approve(learning, row.id, actor="discovery", share=line.canary_share, reason=why)
                approved.append(intent.id)
        except LearningError as error:
            log.info("a proposal was left to a person", proposal=row.id, why=type(error).__name__)
    return approved


async def reason_to_approve(learning: Learning, row: StoredProposal, guards: Guards) -> str | None:
    """One sentence with the numbers if every guard holds, else None."""
    body = row.body
    holds = (
        body["conversations"] >= guards.least_conversations
        and body["cohesion"] >= guards.least_cohesion
        and body["nearest_similarity"] <= guards.most_similarity
        and body["duplicate_of"] is None
        and body["sibling_of"] is None
    )
    if not holds:
        return None
    intent = intent_of(draft_of(row, await learning.library.current()))
    vectors = await asyncio.to_thread(learning.encoder.encode, encode_texts(intent))
    accuracy = await asyncio.to_thread(held_out_accuracy, learning.understander.model, intent, vectors)
    if accuracy < guards.least_accuracy:
        return None
    return (
        f"Every guard held: {body['conversations']} conversations, cohesion {body['cohesion']:.2f},"
        f" {accuracy:.0%} of held-out examples recognised, nearest intent at {body['nearest_similarity']:.2f}."
    )


def held_out_accuracy(model: IntentModel, intent: Intent, vectors: Vectors) -> float:
    """Share of the examples that are recognised after learning from the other half; 0 for fewer than four.

    `vectors` are those of `encode_texts`, shape (examples + 1, dimensions).
    """
    count = len(intent.examples)
    if count < 4:
        return 0.0
    right = 0
    for half in (0, 1):
        taught = [place for place in range(count) if place % 2 != half]
        asked = [place for place in range(count) if place % 2 == half]
        lesson = Intent(**(vars(intent) | {"examples": tuple(intent.examples[place] for place in taught)}))
        grown = add_intent(model, lesson, vectors[[*taught, count]])
        found = grown.classify_many([intent.examples[place].text for place in asked], vectors[asked])
        right += sum(one.candidates[0].intent == intent.id for one in found)
    return right / count
