"""From what customers said to proposals, on a small stream with one wish nobody foresaw."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from encoder import CachingEncoder, Encoder, MiniLmEncoder
from intents import IntentModel, Library, train
from intents.discovery import CannotSplit, CustomerTurn, DiscoveryOptions, Proposal, asked_next, merge, split
from intents.discovery.identity import remember
from intents.discovery.proposing import discover
from tests.support.plain_intent import intent

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALL = DiscoveryOptions(least_turns=1)

POINTS = [
    "when do my loyalty points expire", "do my points run out", "I want to know when my points expire",
    "how long are loyalty points valid", "did I lose my points", "why did my loyalty points vanish",
    "I need to check my loyalty points", "can you check my points balance", "are my reward points still there",
    "what happens to my points at renewal", "my loyalty points have gone", "can I still use my old points",
]  # fmt: skip
CLAIMS = [
    "where is my claim", "any news on my claim", "has my claim been approved", "I want an update on my claim",
    "how long will the claim take", "when will my claim be paid", "what's happening with the claim I made",
    "is there progress on my claim", "did you get the photos for my claim", "who is handling my claim",
]  # fmt: skip
PAYMENTS = [
    "when is my next payment due", "how much do I owe this month", "what date is the direct debit taken",
    "when will you take the money", "how much is my next premium", "is my payment due this week",
    "I want to know when I have to pay", "what is the amount of the next instalment",
    "when does the payment leave my account", "how much is the monthly payment",
]  # fmt: skip
KNOWN = {"claim_status": CLAIMS[::2], "payment_due": PAYMENTS[::2]}


LIBRARY = Library(1, tuple(intent(id_, examples, group="all", queue="claims") for id_, examples in KNOWN.items()))


def turns_of(texts: list[str], prefix: str, *, days_ago: int = 1) -> list[CustomerTurn]:
    at = NOW - timedelta(days=days_ago)
    return [CustomerTurn(f"{prefix}{index}", f"chat-{prefix}{index}", text, at) for index, text in enumerate(texts)]


STREAM = [*turns_of(CLAIMS, "c"), *turns_of(POINTS, "p"), *turns_of(PAYMENTS, "m")]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return CachingEncoder(MiniLmEncoder.from_packages())


@pytest.fixture(scope="module")
def model(encoder: Encoder) -> IntentModel:
    return train(LIBRARY, encoder)


@pytest.fixture(scope="module")
def proposals(model: IntentModel, encoder: Encoder) -> tuple[Proposal, ...]:
    return discover(STREAM, model, LIBRARY, encoder, now=NOW, options=ALL)


def ids_of(proposal: Proposal) -> set[str]:
    return {evidence.turn for evidence in proposal.evidence}


def test_the_new_wish_comes_first(proposals: tuple[Proposal, ...]) -> None:
    first = proposals[0]
    assert "points" in first.title.lower()
    assert "points" in first.subtitle
    assert {turn[0] for turn in ids_of(first)} == {"p"}
    assert first.duplicate_of is None
    assert first.unmatched > 0.8
    assert first.trend is not None
    assert first.trend.is_growing


def test_known_wishes_are_named_as_duplicates(proposals: tuple[Proposal, ...]) -> None:
    assert {"claim_status", "payment_due"} <= {proposal.duplicate_of for proposal in proposals[1:]}


def test_evidence_points_at_every_turn(proposals: tuple[Proposal, ...]) -> None:
    assert sorted(turn for proposal in proposals for turn in ids_of(proposal)) == sorted(turn.id for turn in STREAM)


def test_the_same_turns_give_the_same_proposals(
    proposals: tuple[Proposal, ...], model: IntentModel, encoder: Encoder
) -> None:
    again = discover(STREAM, model, LIBRARY, encoder, now=NOW, options=ALL)
    assert [(one.id, one.title, one.rank) for one in again] == [(one.id, one.title, one.rank) for one in proposals]


def test_a_rejected_proposal_stays_rejected_when_more_of_it_comes(
    proposals: tuple[Proposal, ...], model: IntentModel, encoder: Encoder
) -> None:
    rejected = [
        remember(replace(one, is_rejected=True)) for one in proposals if "p" in {turn[0] for turn in ids_of(one)}
    ]
    more = [*STREAM, *turns_of(["my points are about to expire", "where have my points gone"], "q", days_ago=0)]
    found = discover(more, model, LIBRARY, encoder, now=NOW, earlier=rejected, options=ALL)
    about_points = [one for one in found if {turn[0] for turn in ids_of(one)} & {"p", "q"}]
    assert about_points
    assert all(one.is_rejected for one in about_points)
    assert proposals[0].id in {one.id for one in about_points}


def test_personal_data_never_reaches_a_proposal(model: IntentModel, encoder: Encoder) -> None:
    texts = [f"my name is Ann Miller, call 07700 90012{index} about my lost umbrella please" for index in range(8)]
    found = discover(turns_of(texts, "u"), model, LIBRARY, encoder, now=NOW)
    shown = [text for one in found for text in (one.title, *one.examples, *(row.text for row in one.evidence))]
    assert shown
    assert not any("Miller" in text or "07700" in text for text in shown)


@pytest.mark.parametrize("turns", [[], turns_of(["yes", "ok"], "s")])
def test_nothing_to_say_gives_nothing(turns: list[CustomerTurn], model: IntentModel, encoder: Encoder) -> None:
    assert discover(turns, model, LIBRARY, encoder, now=NOW) == ()


def test_one_sentence_again_and_again_is_one_topic(model: IntentModel, encoder: Encoder) -> None:
    (only,) = discover(turns_of(["do you sell garden furniture"] * 50, "r"), model, LIBRARY, encoder, now=NOW)
    assert len(only.evidence) == 50
    assert only.examples == ("do you sell garden furniture",)


def test_everything_is_new_to_an_empty_library(encoder: Encoder) -> None:
    empty = Library(1, ())
    found = discover(STREAM, train(empty, encoder), empty, encoder)
    assert len(found) >= 2
    assert all(one.nearest_intent is None and one.trend is None for one in found)


def test_small_topics_are_left_out(model: IntentModel, encoder: Encoder) -> None:
    assert discover(STREAM[:4], model, LIBRARY, encoder, options=DiscoveryOptions(least_turns=5)) == ()


def test_split_and_merge_keep_every_turn(proposals: tuple[Proposal, ...], model: IntentModel, encoder: Encoder) -> None:
    merged = merge(proposals[:2], model, LIBRARY, encoder)
    assert ids_of(merged) == ids_of(proposals[0]) | ids_of(proposals[1])
    one, other = split(merged, model, LIBRARY, encoder)
    assert ids_of(one) | ids_of(other) == ids_of(merged)
    assert not ids_of(one) & ids_of(other)
    assert one.id != other.id


def test_what_is_all_alike_cannot_be_split(model: IntentModel, encoder: Encoder) -> None:
    (only,) = discover(turns_of(["do you sell garden furniture"] * 9, "r"), model, LIBRARY, encoder)
    with pytest.raises(CannotSplit, match="1 different sentences"):
        split(only, model, LIBRARY, encoder)


def test_what_operators_asked_becomes_attributes(proposals: tuple[Proposal, ...], encoder: Encoder) -> None:
    replies = {
        evidence.conversation: ["Hello, how can I help you?", "Could I have your policy number please?"]
        for evidence in proposals[0].evidence
    }
    (asked,) = asked_next(proposals[0], replies, encoder)
    assert (asked.type, asked.share) == ("policy_number", 1.0)
    assert "policy number" in asked.prompt


def test_middles_have_length_one(proposals: tuple[Proposal, ...]) -> None:
    assert all(np.linalg.norm(one.middle) == pytest.approx(1.0, abs=1e-5) for one in proposals)
