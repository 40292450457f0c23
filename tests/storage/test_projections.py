"""What is written beside the events, in their transaction: lists, callbacks, the outbox; and the small tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from conversation import CallbackStatus, ClosureReason, State
from conversation.events import CallbackRequested, CallbackUpdated, Ended, Event, WrappedUp
from storage.conversation import Absences, EventStore, Lists
from storage.kit import Database, Documents, Kind, Outbox
from storage.people import FailedChecks, People
from tests.support.happenings import MAYA, NOON, NOOR, accepted, checked, handed_off, offered, operator, said, started
from tests.support.stores import IDLE, assert_lawful

MINUTE = timedelta(minutes=1)


@pytest.fixture
def lists(database: Database) -> Lists:
    return Lists(database)


async def happened(store: EventStore, conversation_id: str, events: Sequence[Event], minute: int = 0) -> State:
    """A conversation that started at noon plus `minute`."""
    at = NOON + minute * MINUTE
    return (await store.append(State(conversation_id), [*started(), *events], at, token_hash=conversation_id)).state


def ids(states: Sequence[State]) -> list[str]:
    return [state.conversation_id for state in states]


async def test_the_queue_is_served_by_priority_then_by_waiting_time(store: EventStore, lists: Lists) -> None:
    await happened(store, "c-second", [handed_off()], minute=1)
    await happened(store, "c-third", [handed_off(), offered(at=NOON + 2 * MINUTE)], minute=2)
    await happened(store, "c-first", [handed_off(priority=100)], minute=3)
    await happened(store, "c-agent", [said("hello")], minute=0)
    assert ids(await lists.waiting()) == ["c-first", "c-second", "c-third"]


async def test_what_waits_elsewhere_keeps_no_queue_from_being_served(
    store: EventStore, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.conversation.lists.LIST_LIMIT", 3)
    for number in range(5):
        await happened(store, f"c-{number}", [handed_off(queue="sales")], minute=number)
    await happened(store, "c-claim", [handed_off(queue="claims")], minute=9)
    assert [state.conversation_id for state, _ in await lists.offerable(["claims"], NOON)] == ["c-claim"]
    assert len(await lists.offerable(["claims", "sales"], NOON)) == 3


async def test_who_has_left_is_served_behind_all_who_are_there_and_then_not_at_all(
    store: EventStore, lists: Lists, database: Database
) -> None:
    absences = Absences(database)
    for number in range(3):
        await happened(store, f"c-{number}", [handed_off()], minute=number)
    await absences.write({"c-0": NOON + 10 * MINUTE, "c-1": NOON + 20 * MINUTE})
    found = await lists.offerable(["claims"], NOON + 15 * MINUTE)
    assert [(state.conversation_id, is_absent) for state, is_absent in found] == [("c-2", False), ("c-1", True)]
    assert [(row.conversation_id, row.is_absent) for row in await lists.queued()] == [
        ("c-0", True),
        ("c-1", True),
        ("c-2", False),
    ]
    assert await absences.waiting_since(NOON + 15 * MINUTE) == ["c-0"]
    await absences.write({"c-0": None})
    assert await absences.waiting_since(NOON + 15 * MINUTE) == []
    await absences.take_over(["another"], NOON + 30 * MINUTE)
    assert [row.is_absent for row in await lists.queued()] == [True] * 3


async def test_an_operators_work_is_what_they_hold_are_offered_or_wrap_up(store: EventStore, lists: Lists) -> None:
    holding: list[Event] = [handed_off(), offered(), accepted()]
    await happened(store, "c-held", holding, minute=0)
    await happened(store, "c-offered", [handed_off(), offered("o-2", at=NOON + MINUTE)], minute=1)
    await happened(store, "c-wrap-up", [*holding, Ended("operator", ClosureReason.OPERATOR_ENDED)], minute=2)
    await happened(store, "c-of-noor", [handed_off(), offered("o-3", NOOR), accepted("o-3", NOOR)], minute=3)
    assert ids(await lists.held_by(MAYA[0])) == ["c-held", "c-offered", "c-wrap-up"]
    assert await lists.loads() == {MAYA[0]: 3, NOOR[0]: 1}


async def test_live_lists_end_with_the_conversation_and_search_finds_it(store: EventStore, lists: Lists) -> None:
    await happened(store, "c-old", [said("hello")], minute=0)
    state = await happened(store, "c-new", [checked()], minute=1)
    assert ids(await lists.live()) == ["c-new", "c-old"]
    await store.append(state, [Ended("customer", ClosureReason.CUSTOMER_ENDED)], NOON + 2 * MINUTE)
    assert ids(await lists.live()) == ["c-old"]
    assert ids(await lists.search("priya SHAH", 10)) == ["c-new"]
    assert ids(await lists.search("100%_", 10)) == []
    assert ids(await lists.search("", 1)) == ["c-new"]


async def test_a_deadline_is_due_when_it_passes(store: EventStore, lists: Lists) -> None:
    await happened(store, "c-offered", [handed_off(), offered(at=NOON)])
    await happened(store, "c-agent", [said("hello")])
    await happened(store, "c-queued", [handed_off()])
    assert await lists.due(NOON + timedelta(seconds=59)) == []
    assert await lists.due(NOON + timedelta(seconds=60)) == ["c-offered"]
    assert sorted(await lists.due(NOON + IDLE)) == ["c-agent", "c-offered"]


async def test_a_callback_is_listed_until_it_is_done(store: EventStore, lists: Lists) -> None:
    wish = CallbackRequested("cb-1", "+441632960001", "tomorrow morning", "A claim", "claims", "Priya Shah")
    state = await happened(store, "c-1", [wish])
    row = (await lists.callbacks())[0]
    assert (row.callback_id, row.phone, row.wanted_when, row.status) == ("cb-1", wish.phone, wish.when, "open")
    taken = CallbackUpdated("cb-1", CallbackStatus.TAKEN, MAYA[0])
    state = (await store.append(state, [taken], NOON + MINUTE)).state
    assert (await lists.callbacks())[0].operator_id == MAYA[0]
    done = CallbackUpdated("cb-1", CallbackStatus.DONE, MAYA[0], "Reached her")
    await store.append(state, [done], NOON + 2 * MINUTE)
    assert await lists.callbacks() == []
    assert (await lists.callbacks(only_open=False))[0].outcome == "Reached her"


async def test_a_callback_with_a_very_long_wish_is_kept_whole_as_an_event(store: EventStore, lists: Lists) -> None:
    wish = CallbackRequested("cb-1", "0" * 60, "after the news, " * 120, "why " * 500, "claims", "P" * 200)
    await happened(store, "c-1", [wish])
    assert (await store.read("c-1", after=2))[0].event == wish
    assert wish.when.startswith((await lists.callbacks())[0].wanted_when)
    await assert_lawful(store, "c-1")


async def test_the_end_of_a_known_customers_conversation_puts_a_note_into_the_outbox(
    store: EventStore, database: Database
) -> None:
    outbox = Outbox(database)
    await happened(store, "c-stranger", [Ended("customer", ClosureReason.CUSTOMER_ENDED)])
    await happened(store, "c-agent", [checked(), Ended("agent", ClosureReason.RESOLVED)])
    held = await happened(store, "c-held", [checked(), handed_off(), offered(), accepted()], minute=1)
    ended = (await store.append(held, [Ended("operator", ClosureReason.OPERATOR_ENDED)], NOON + 2 * MINUTE)).state
    assert [item.key for item in await outbox.due(NOON + 5 * MINUTE)] == ["note-c-agent-4"]
    await store.append(ended, [WrappedUp(MAYA[0], "solved", "Told the next step.")], NOON + 3 * MINUTE)
    parcels = await outbox.due(NOON + 5 * MINUTE)
    assert [item.key for item in parcels] == ["note-c-agent-4", "note-c-held-8"]
    assert parcels[1].payload == {
        "customer_id": "HM10001",
        "conversation_id": "c-held",
        "summary": "Told the next step.",
        "disposition": "solved",
    }


async def test_a_parcel_is_tried_again_later_and_later_until_it_is_delivered(
    store: EventStore, database: Database
) -> None:
    outbox = Outbox(database)
    await happened(store, "c-1", [checked(), Ended("agent", ClosureReason.RESOLVED)])
    item = (await outbox.due(NOON))[0]
    await outbox.failed(item, "the CRM is away", NOON)
    assert await outbox.due(NOON + timedelta(seconds=1)) == []
    again = (await outbox.due(NOON + timedelta(seconds=2)))[0]
    assert again.attempts == 1
    await outbox.failed(replace(again, attempts=40), "still away", NOON)
    assert await outbox.due(NOON + timedelta(minutes=29)) == []
    await outbox.delivered((await outbox.due(NOON + timedelta(minutes=30)))[0], NOON + timedelta(minutes=30))
    assert await outbox.due(NOON + timedelta(days=1)) == []


async def test_wrapping_up_makes_the_operator_the_newest_idle(store: EventStore, people: People) -> None:
    await people.add(operator(MAYA))
    held = await happened(store, "c-1", [handed_off(), offered(), accepted()])
    ended = (await store.append(held, [Ended("operator", ClosureReason.OPERATOR_ENDED)], NOON + MINUTE)).state
    await store.append(ended, [WrappedUp(MAYA[0], "solved", "")], NOON + 2 * MINUTE)
    found = await people.find(MAYA[0])
    assert found is not None
    assert found.idle_since == NOON + 2 * MINUTE


async def test_failed_checks_count_per_record_within_the_window(database: Database) -> None:
    checks = FailedChecks(database)
    for minute in (0, 10, 59):
        await checks.record_failure("HM10001", NOON + minute * MINUTE)
    await checks.record_failure("HM10002", NOON)
    assert await checks.failures("HM10001", NOON + 5 * MINUTE) == 2
    assert await checks.failures("HM10003", NOON) == 0


async def test_documents_of_a_kind_are_replaced_as_a_whole(database: Database) -> None:
    documents = Documents(database)
    article, library = Kind[dict[str, str]]("article"), Kind[dict[str, list[str]]]("library")
    await documents.replace(article, {"a": {"title": "Excess"}, "b": {"title": "Renewal"}}, NOON)
    own: dict[str, dict[str, list[str]]] = {"own": {"intents": []}}
    await documents.replace(library, own, NOON)
    await documents.replace(article, {"b": {"title": "Renewals"}, "c": {"title": "Refunds"}}, NOON)
    assert await documents.all(article) == {"b": {"title": "Renewals"}, "c": {"title": "Refunds"}}
    nothing: dict[str, dict[str, str]] = {}
    await documents.replace(article, nothing, NOON)
    assert await documents.all(article) == {}
    assert await documents.all(library) == own
