"""What learning keeps: versions of the library, candidates beside their events, proposals, leases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from conversation import State
from conversation.events import Event, IntentRecognised, UtteranceUnmatched
from storage.conversation import EventStore
from storage.kit import Database, Leases
from storage.kit.tables import candidates as candidate_table
from storage.learning import (
    Candidates,
    Finding,
    IntentChange,
    LibraryStore,
    LibraryVersion,
    Proposals,
    ProposalStatus,
    StoredProposal,
    UnknownProposal,
    Version,
    VersionMoved,
    logged,
)
from tests.support.happenings import NOON, said, started

MINUTE = timedelta(minutes=1)
CHANGE: IntentChange = {"intent": "x", "name": "X", "kind": "added", "fields": []}


def version(number: int, **content: Any) -> LibraryVersion:
    return Version(number, {"groups": [], **content}, "edited", "Sam", "a test", [CHANGE], NOON)


async def test_versions_are_appended_one_after_the_other(database: Database) -> None:
    store = LibraryStore(database)
    assert await store.newest_number() == 0
    assert await store.newest() is None
    await store.append(version(1, version=1))
    await store.append(version(2, version=2))
    newest = await store.newest()
    assert newest == version(2, version=2)
    assert await store.get(1) == version(1, version=1)
    assert await store.get(7) is None
    assert [(one.version, one.content, one.changes) for one in await store.history()] == [
        (2, {}, [CHANGE]),
        (1, {}, [CHANGE]),
    ]
    assert [one.version for one in await store.history(before=2, limit=5)] == [1]


async def test_of_two_that_change_the_same_version_one_is_refused_with_all_it_did(database: Database) -> None:
    store = LibraryStore(database)
    await store.append(version(1))
    done = []

    async def also(_: Any) -> None:
        done.append("also")

    with pytest.raises(VersionMoved) as refused:
        await store.append(version(1), also)
    assert refused.value.newest == 1
    with pytest.raises(VersionMoved):
        await store.append(version(3), also)
    assert done == []


async def test_what_fails_beside_a_version_takes_it_back(database: Database) -> None:
    store = LibraryStore(database)

    async def also(_: Any) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await store.append(version(1), also)
    assert await store.newest_number() == 0


async def happened(store: EventStore, conversation_id: str, events: Sequence[Event], minute: int = 0) -> State:
    at = NOON + minute * MINUTE
    return (await store.append(State(conversation_id), [*started(), *events], at, token_hash=conversation_id)).state


def unmatched(text: str, *, is_doubtful: bool = False) -> UtteranceUnmatched:
    return UtteranceUnmatched(3, "payment_due", -2.5, text, "personal", is_doubtful)


async def test_an_unmatched_turn_is_a_candidate_as_soon_as_its_event_is_kept(
    store: EventStore, database: Database
) -> None:
    await happened(store, "c-1", [said("when do my points go?"), unmatched("when do my points go?")])
    await happened(store, "c-2", [said("old"), replace(unmatched(""), text="")], minute=1)
    kept = Candidates(database)
    (only,) = await kept.since(NOON - MINUTE, "minilm")
    assert (only.conversation_id, only.seq, only.channel, only.line_of_business) == ("c-1", 3, "chat", "personal")
    assert (only.text, only.nearest, only.score, only.vector) == ("when do my points go?", "payment_due", -2.5, None)
    assert await kept.count_new(None) == 1
    assert await kept.count_new(NOON) == 0
    assert await kept.newest() == (1, NOON)


async def test_a_doubtful_turn_is_a_candidate_until_the_customer_says_what_was_meant(
    store: EventStore, database: Database
) -> None:
    meant = IntentRecognised("payment_due", "Check the next payment", "billing", 0.9, "uncertain", (), 5, 1)
    state = await happened(store, "c-1", [said("my points"), unmatched("my points", is_doubtful=True)])
    await happened(store, "c-2", [said("my points"), unmatched("my points", is_doubtful=True)])
    await store.append(state, [said("the first", "m2"), meant], NOON + MINUTE)
    assert [one.conversation_id for one in await Candidates(database).since(NOON, "minilm")] == ["c-2"]
    assert state.dialogue.unmatched == 0


async def test_vectors_are_kept_for_their_encoder_only_and_old_turns_are_forgotten(
    store: EventStore, database: Database
) -> None:
    await happened(store, "c-1", [said("one two three"), unmatched("one two three")])
    await happened(store, "c-2", [said("four five six"), unmatched("four five six")], minute=5)
    kept = Candidates(database)
    await kept.keep_vectors("minilm", [("c-1", 3, b"vector")])
    assert [one.vector for one in await kept.since(NOON, "minilm")] == [b"vector", None]
    assert [one.vector for one in await kept.since(NOON, "another")] == [None, None]
    assert await kept.forget(NOON + MINUTE) == 1
    assert [one.conversation_id for one in await kept.since(NOON, "minilm")] == ["c-2"]


async def test_the_history_adds_what_is_no_candidate_yet(store: EventStore, database: Database) -> None:
    await happened(store, "c-1", [said("one two three"), unmatched("one two three")])
    kept = Candidates(database)
    (known,) = await kept.since(NOON, "minilm")
    assert await kept.add([known, replace(known, conversation_id="c-9")]) == 1
    assert {one.conversation_id for one in await kept.since(NOON, "minilm")} == {"c-1", "c-9"}


def finding(title: str) -> Finding:
    return {
        "title": title,
        "subtitle": [],
        "examples": [],
        "border": [],
        "conversations": 0,
        "turns": 0,
        "this_week": 0,
        "share": 0.0,
        "novelty": 0.0,
        "unmatched": 0.0,
        "cohesion": 0.0,
        "stability": 0.0,
        "nearest_intent": None,
        "nearest_similarity": 0.0,
        "duplicate_of": None,
        "group": None,
        "queue": None,
        "sibling_of": None,
        "trend": None,
        "per_day": [],
        "evidence": [],
        "asked_next": [],
        "nearest": [],
        "flags": [],
        "alarm": None,
    }


def proposal(key: str, rank: float = 1.0) -> StoredProposal:
    return StoredProposal(
        key,
        ProposalStatus.PENDING,
        "personal",
        rank,
        "minilm",
        b"\x00",
        finding(key),
        first_seen=NOON,
        updated_at=NOON,
    )


async def test_proposals_are_changed_where_they_are_and_counted(database: Database) -> None:
    inbox = Proposals(database)
    await inbox.change_all(lambda _: [proposal("a"), proposal("b", 2.0)])
    later = NOON + MINUTE
    gone = await inbox.change(
        "a", lambda one: replace(logged(one, later, "Sam", "discarded", "no"), status=ProposalStatus.DISCARDED)
    )
    assert gone.log == [{"at": later.isoformat(), "actor": "Sam", "action": "discarded", "reason": "no"}]
    assert [one.id for one in await inbox.all()] == ["b", "a"]
    assert [one.id for one in await inbox.all(ProposalStatus.PENDING)] == ["b"]
    assert await inbox.get("a") == gone
    assert (await inbox.counts())["discarded"] == 1
    assert await inbox.changed_at() == later
    with pytest.raises(UnknownProposal):
        await inbox.change("c", lambda one: one)


async def test_a_decision_that_is_refused_changes_nothing(database: Database) -> None:
    inbox = Proposals(database)
    await inbox.change_all(lambda _: [proposal("a")])

    def refuse(_: StoredProposal) -> StoredProposal:
        raise ValueError("somebody else was first")

    with pytest.raises(ValueError, match="first"):
        await inbox.change("a", refuse)
    assert await inbox.get("a") == proposal("a")


async def test_work_has_one_holder_until_its_lease_runs_out(database: Database) -> None:
    one, other = Leases(database, "p-1"), Leases(database, "p-2")
    assert await one.take("discovery", NOON, 60)
    assert not await other.take("discovery", NOON, 60)
    assert await one.take("discovery", NOON + MINUTE / 2, 60)
    assert not await other.take("discovery", NOON + MINUTE, 60)
    assert await other.take("discovery", NOON + 2 * MINUTE, 60)
    await other.drop("discovery")
    assert await one.take("discovery", NOON, 60)


async def test_a_batch_with_the_same_turn_twice_is_kept_once(store: EventStore, database: Database) -> None:
    await happened(store, "c-1", [said("my points"), unmatched("my points", is_doubtful=True), unmatched("my points")])
    async with database.reading() as connection:
        rows = (await connection.execute(select(candidate_table.c.is_doubtful))).scalars().all()
    assert rows == [False]
