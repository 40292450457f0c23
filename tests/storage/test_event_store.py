"""The event store's promises, on both engines: order, expected sequence numbers, batches, room, restart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.workers import Worker
from conversation import Appended, ClosureReason, Stage, State
from conversation.events import AgentSaid, CallbackRequested, Ended, Event, OperatorSaid
from conversation.fold import IllegalEvent
from storage.conversation import CapacityClaim, EventStore, Lists, Moved, OperatorFull, UnknownConversation
from storage.conversation.event_store import BATCH, WAITING_LIMIT
from storage.kit import Database, StorageError, StorageUnavailable
from storage.people import People
from tests.support.happenings import MAYA, NOON, accepted, handed_off, offered, operator, said, started
from tests.support.stores import IDLE, assert_lawful, opened, writing


async def begun(store: EventStore, conversation_id: str, *more: Event) -> State:
    """A conversation that has started, and what else happened."""
    events = [*started(), *more]
    return (await store.append(State(conversation_id), events, NOON, token_hash=f"hash-of-{conversation_id}")).state


def wish(callback_id: str) -> CallbackRequested:
    return CallbackRequested(callback_id, "+441632960001", "tomorrow", "A claim", "claims")


async def test_what_is_appended_is_read_in_order_without_gaps(store: EventStore) -> None:
    state = await begun(store, "c-1")
    texts = [f"message {n}" for n in range(5)]
    for n, text in enumerate(texts):
        state = (await store.append(state, [said(text, f"m{n}")], NOON + timedelta(seconds=n))).state
    events = await store.read("c-1")
    assert [one.seq for one in events] == [1, 2, 3, 4, 5, 6, 7]
    assert [getattr(one.event, "text", "") for one in events[2:]] == texts
    assert [one.at for one in events[2:]] == [NOON + timedelta(seconds=n) for n in range(5)]
    assert await assert_lawful(store, "c-1") == state


async def test_reading_goes_on_from_a_sequence_number_and_stops_at_the_limit(store: EventStore) -> None:
    await begun(store, "c-1", *(said(f"{n}", f"m{n}") for n in range(8)))
    assert [one.seq for one in await store.read("c-1", after=4)] == [5, 6, 7, 8, 9, 10]
    assert [one.seq for one in await store.read("c-1", after=4, limit=2)] == [5, 6]
    assert await store.read("c-1", after=10) == ()
    assert await store.read("c-unknown") == ()


@pytest.mark.parametrize(
    "text",
    ["<script>alert('x')</script>", "naïve 😀🏳️‍🌈 שלום عليكم", "nul \0 byte", "x" * 20_000, "'; DROP TABLE events"],
)
async def test_any_text_comes_back_as_it_was_said(store: EventStore, text: str) -> None:
    await begun(store, "c-1", said(text))
    assert (await store.read("c-1", after=2))[0].event == said(text)
    await assert_lawful(store, "c-1")


async def test_an_append_on_an_older_state_is_refused_and_keeps_nothing(store: EventStore) -> None:
    before = await begun(store, "c-1")
    await store.append(before, [said("first", "m1")], NOON)
    with pytest.raises(Moved):
        await store.append(before, [said("second", "m2")], NOON)
    assert [one.event for one in await store.read("c-1", after=2)] == [said("first", "m1")]
    assert (await store.load("c-1")).seq == 3


async def test_of_two_servers_that_append_at_once_one_is_refused(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        before = await begun(one, "c-1")
        outcomes = await asyncio.gather(
            one.append(before, [said("one", "m1")], NOON),
            other.append(before, [said("other", "m2")], NOON),
            return_exceptions=True,
        )
        assert [type(outcome) for outcome in outcomes].count(Moved) == 1
        assert (await assert_lawful(one, "c-1")).seq == 3


async def test_an_illegal_event_is_refused_before_anything_is_written(store: EventStore) -> None:
    state = await begun(store, "c-1", handed_off(), offered(), accepted())
    with pytest.raises(IllegalEvent):
        await store.append(state, [AgentSaid("Me again.")], NOON)
    with pytest.raises(IllegalEvent):
        await store.append(state, [said("hello"), offered("o-2")], NOON)
    assert (await assert_lawful(store, "c-1")).seq == state.seq


async def test_a_repeated_conversation_id_is_refused(store: EventStore) -> None:
    first = await begun(store, "c-1")
    with pytest.raises(StorageError):
        await begun(store, "c-1", said("an impostor"))
    assert await assert_lawful(store, "c-1") == first


class CountingDatabase(Database):
    """Counts write transactions."""

    transactions = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        self.transactions += 1
        async with super().writing() as connection:
            yield connection


async def test_what_waits_together_is_written_together_in_bounded_batches(url: str) -> None:
    database = CountingDatabase(url)
    waiting = EventStore(database, idle=IDLE)
    appends = [asyncio.create_task(begun(waiting, f"c-{n}")) for n in range(3 * BATCH - 10)]
    await asyncio.sleep(0)
    writer = asyncio.create_task(Worker("events", waiting.step, 0.0).run())
    states = await asyncio.gather(*appends)
    assert database.transactions == 3
    assert {state.seq for state in states} == {2}
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    await database.close()


async def test_more_than_can_wait_is_told_to_come_back(database: Database) -> None:
    stopped = EventStore(database, idle=IDLE)
    appends = [asyncio.create_task(begun(stopped, f"c-{n}")) for n in range(WAITING_LIMIT)]
    await asyncio.sleep(0)
    with pytest.raises(StorageUnavailable, match="too many"):
        await begun(stopped, "c-late")
    for append in appends:
        append.cancel()
    await asyncio.gather(*appends, return_exceptions=True)


async def test_a_write_the_database_refuses_does_not_take_its_neighbours_down(store: EventStore) -> None:
    taken = await begun(store, "c-taken", wish("cb-1"))
    states = [await begun(store, f"c-{n}") for n in range(6)]
    appends = [store.append(state, [said("hello", "m1")], NOON) for state in states]
    appends.insert(3, store.append(taken, [wish("cb-1")], NOON))
    outcomes = await asyncio.gather(*appends, return_exceptions=True)
    assert isinstance(outcomes.pop(3), StorageError)
    assert all(isinstance(one, Appended) for one in outcomes)
    for n in range(6):
        assert (await assert_lawful(store, f"c-{n}")).seq == 3
    assert await assert_lawful(store, "c-taken") == taken


async def queued(store: EventStore, count: int) -> list[State]:
    return [await begun(store, f"c-{n}", handed_off()) for n in range(count)]


async def test_the_last_free_place_of_an_operator_goes_to_one_of_many_at_once(store: EventStore) -> None:
    states = await queued(store, 5)
    claim = CapacityClaim(MAYA[0], 2)
    appends = [store.append(state, [offered(f"o-{n}")], NOON, claim=claim) for n, state in enumerate(states)]
    outcomes = await asyncio.gather(*appends, return_exceptions=True)
    assert [type(one) for one in outcomes].count(Appended) == 2
    assert [type(one) for one in outcomes].count(OperatorFull) == 3
    assert [(await assert_lawful(store, state.conversation_id)).owner.stage for state in states].count(
        Stage.OFFERED
    ) == 2


async def test_two_servers_never_fill_the_same_place(url: str, people: People) -> None:
    await people.add(operator(MAYA))
    async with opened(url) as one, opened(url) as other:
        states = await queued(one, 12)
        claim = CapacityClaim(MAYA[0], 3)
        appends = [
            (one if n % 2 else other).append(state, [offered(f"o-{n}")], NOON, claim=claim)
            for n, state in enumerate(states)
        ]
        outcomes = await asyncio.gather(*appends, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes].count(Appended) == 3
        assert [type(outcome) for outcome in outcomes].count(OperatorFull) == 9


async def test_offers_and_wrap_ups_take_room_and_closing_gives_it_back(store: EventStore, database: Database) -> None:
    first, second = await queued(store, 2)
    claim = CapacityClaim(MAYA[0], 1)
    taken = (await store.append(first, [offered(), accepted()], NOON, claim=claim)).state
    wrapping = (await store.append(taken, [Ended("operator", ClosureReason.OPERATOR_ENDED)], NOON)).state
    assert wrapping.owner.stage is Stage.WRAP_UP
    with pytest.raises(OperatorFull):
        await store.append(second, [offered("o-2")], NOON, claim=claim)
    await store.append(second, [Ended("customer", ClosureReason.CUSTOMER_ENDED)], NOON)
    assert await Lists(database).loads() == {MAYA[0]: 1}


async def test_everything_is_there_after_a_restart(url: str) -> None:
    async with opened(url) as store:
        state = await begun(store, "c-1", said("hello"), handed_off(), offered(), accepted())
        state = (await store.append(state, [OperatorSaid(*MAYA, "Hello, Maya here.", "d1")], NOON)).state
        events = await store.read("c-1")
    async with opened(url) as again:
        assert await again.load("c-1") == state
        assert await again.read("c-1") == events
        assert await again.token_hash("c-1") == "hash-of-c-1"
        await again.append(state, [said("thanks", "m2")], NOON)
        assert (await assert_lawful(again, "c-1")).seq == state.seq + 1


async def test_an_unknown_conversation_is_named(store: EventStore) -> None:
    with pytest.raises(UnknownConversation):
        await store.load("c-unknown")
    with pytest.raises(UnknownConversation):
        await store.token_hash("c-unknown")


async def test_a_caller_who_gives_up_waiting_does_not_undo_the_write(store: EventStore) -> None:
    state = await begun(store, "c-1")
    append = asyncio.create_task(store.append(state, [said("hello")], NOON))
    await asyncio.sleep(0)
    append.cancel()
    await asyncio.gather(append, return_exceptions=True)
    await begun(store, "c-2")  # written after it
    assert (await store.load("c-1")).seq == 3
    await assert_lawful(store, "c-1")


async def test_what_was_not_written_when_the_server_stops_is_refused(database: Database) -> None:
    stopping = EventStore(database, idle=IDLE)
    append = asyncio.create_task(begun(stopping, "c-1"))
    await asyncio.sleep(0)
    writer = asyncio.create_task(Worker("events", stopping.step, 0.0).run())
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    stopping.close()
    async with writing(database):
        append.cancel()
        await asyncio.gather(append, return_exceptions=True)
        assert await stopping.read("c-1") == ()


class Forgetful(Database):
    """Commits, and loses the answer `losses` times: the connection broke between commit and reply."""

    losses = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        async with super().writing() as connection:
            yield connection
        if self.losses:
            self.losses -= 1
            raise StorageUnavailable("the answer was lost")


async def test_a_commit_whose_answer_was_lost_counts_once_and_is_acknowledged(url: str) -> None:
    database = Forgetful(url)
    async with writing(database) as store:
        state = await begun(store, "c-1")
        database.losses = 1
        appended = await store.append(state, [said("hello")], NOON)
        assert appended.state.seq == 3
        database.losses = 1
        assert (await begun(store, "c-2", said("hi"))).seq == 3
        assert (await assert_lawful(store, "c-1")).seq == 3
        assert (await assert_lawful(store, "c-2")).seq == 3
    await database.close()


async def test_a_commit_whose_answer_was_lost_does_not_cover_another_writer(url: str) -> None:
    database = Forgetful(url)
    async with writing(database) as store, opened(url) as other:
        before = await begun(store, "c-1")
        await other.append(before, [said("theirs", "m9")], NOON)
        database.losses = 1
        with pytest.raises(Moved):
            await store.append(before, [said("ours", "m1")], NOON)
        assert [one.event for one in await store.read("c-1", after=2)] == [said("theirs", "m9")]
    await database.close()
