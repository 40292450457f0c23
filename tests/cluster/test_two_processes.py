"""A customer at one process, an operator at another, a supervisor at a third: one centre."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from sqlalchemy import delete

from cluster import SharedFeed
from storage.kit.tables import processes
from tests.cluster.conftest import Join
from tests.support.brokers import BrokerServer
from tests.support.live import PATIENCE_SECONDS, Live, sign_in

AT_ONCE_SECONDS = 2.0
"""Far above what a hint takes, far below what looking into the tables would."""


def crosses(centre: Live) -> bool:
    feed = centre.server.feed
    return isinstance(feed, SharedFeed) and feed.is_crossing


async def is_at_a_desk(centre: Live, name: str) -> bool:
    return any(one.is_connected for one in await centre.centre.people.all() if one.name == name)


@pytest.fixture
async def two(join: Join) -> AsyncIterator[tuple[Live, Live]]:
    async with join("a") as first, join("b") as second:
        yield first, second


@pytest.mark.postgres
@pytest.mark.parametrize("broker", ["nats", "redis"], indirect=True)
async def test_customer_operator_and_supervisor_are_at_three_processes(join: Join) -> None:
    async with (
        join("a") as a,
        join("b") as b,
        join("c") as c,
        c.desk("sam@harbour.example") as sam,
        b.desk() as maya,
        a.chat() as customer,
    ):
        began = time.monotonic()
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await customer.stage("operator")
        await maya.say(customer.conversation_id, "Good morning")
        assert (await customer.event("operator_said"))["text"] == "Good morning"
        await customer.say("Hello Maya")
        assert await maya.event("customer_said", lambda one: one["text"] == "Hello Maya")
        await customer.send("typing", is_typing=True)
        await maya.expect("typing", lambda m: m["who"] == "customer" and m["is_typing"])
        seen = await sam.item(customer.conversation_id, "operator")
        assert seen["is_customer_online"]
        assert seen["operator_name"] == "Maya Okafor"
        assert time.monotonic() - began < 10 * AT_ONCE_SECONDS
        await sam.send("open", conversation_id=customer.conversation_id)
        watched = await sam.expect("conversation")
        assert watched["viewers"] == [] or watched["viewers"] == ["Maya Okafor"]
        await maya.expect("viewers", lambda m: len(m["viewers"]) == 1)
        await sam.expect("viewers", lambda m: m["viewers"] == ["Maya Okafor"])


@pytest.mark.postgres
async def test_twenty_customers_of_one_process_are_offered_at_the_other_each_once(two: tuple[Live, Live]) -> None:
    a, b = two
    person = await a.centre.people.find_by_email("maya@harbour.example")
    assert person is not None
    await a.centre.people.change(replace(person, capacity=20))
    async with AsyncExitStack() as stack:
        maya = await stack.enter_async_context(b.desk())
        customers = [await stack.enter_async_context(a.chat()) for _ in range(20)]
        for customer in customers:
            await customer.ask_for_person()
        offers = [await maya.expect("offer") for _ in customers]
        assert {one["item"]["conversation_id"] for one in offers} == {one.conversation_id for one in customers}
        for customer in customers:
            events = await a.centre.store.read(customer.conversation_id)
            assert [one.event.kind for one in events].count("offered") == 1
            assert [one.seq for one in events] == list(range(1, len(events) + 1))


@pytest.mark.postgres
@pytest.mark.parametrize("broker", ["nats", "redis"], indirect=True)
async def test_a_broker_that_is_away_costs_a_moment_and_no_word(two: tuple[Live, Live], broker: BrokerServer) -> None:
    a, b = two
    async with a.chat() as customer, b.desk() as maya:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        await customer.stage("operator")
        await broker.kill()
        await customer.say("Are you there?")
        await maya.event("customer_said", lambda one: one["text"] == "Are you there?")
        await maya.say(customer.conversation_id, "I am")
        await customer.event("operator_said", lambda one: one["text"] == "I am")
        await broker.start()
        async with asyncio.timeout(20):
            while not all(crosses(one) for one in two):  # noqa: ASYNC110 - nothing announces it
                await asyncio.sleep(0.02)
        began = time.monotonic()
        await customer.say("Thank you")
        await maya.event("customer_said", lambda one: one["text"] == "Thank you")
        assert time.monotonic() - began < AT_ONCE_SECONDS


@pytest.mark.postgres
async def test_signing_out_at_one_process_closes_what_is_open_at_another(two: tuple[Live, Live]) -> None:
    a, b = two
    async with a.browser() as browser:
        ticket = await sign_in(browser, "maya@harbour.example")
        async with b.wire("/ws/desk") as desk:
            await desk.send("hello", v=1, ticket=ticket)
            await desk.expect("desk")
            assert (await browser.post("/api/sign-out")).is_success
            assert (await desk.closed())[0] == 4401


@pytest.mark.postgres
async def test_an_operator_with_two_desks_is_gone_when_the_last_one_is(two: tuple[Live, Live]) -> None:
    a, b = two
    async with a.chat() as customer, b.desk() as maya:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        async with a.desk():
            pass
        await maya.say(customer.conversation_id, "Still here")
        await customer.event("operator_said")
        kinds = [one.event.kind for one in await a.centre.store.read(customer.conversation_id)]
        assert "operator_lost" not in kinds
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await is_at_a_desk(a, "Maya Okafor"):  # noqa: ASYNC110 - nothing announces it
            await asyncio.sleep(0.02)
    kinds = [one.event.kind for one in await a.centre.store.read(customer.conversation_id)]
    assert "operator_lost" in kinds


@pytest.mark.postgres
async def test_one_process_leads_and_the_next_when_it_stops(join: Join) -> None:
    async with join("b") as b:
        async with join("a") as a:
            assert [one.centre.membership.leads for one in (a, b)] == [False, True]
        async with join("c") as c:
            assert [one.centre.membership.leads for one in (b, c)] == [True, False]


@pytest.mark.postgres
async def test_a_process_that_stalled_and_was_taken_for_dead_says_again_what_it_has(two: tuple[Live, Live]) -> None:
    a, b = two
    async with a.chat() as customer, a.desk() as maya:
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        async with b.server.database.writing() as connection:  # as if its lease had run out
            await connection.execute(delete(processes).where(processes.c.name == a.centre.membership.process))
        await b.centre.membership.beat()
        assert b.centre.membership.leads
        await b.server._takeover.step()
        await customer.event("notice", lambda one: one["code"] == "operator_lost")
        await customer.event("notice", lambda one: one["code"] == "operator_back")  # its next beat, a second later
        await maya.say(customer.conversation_id, "Still here")
        await customer.event("operator_said", lambda one: one["text"] == "Still here")
        assert await is_at_a_desk(b, "Maya Okafor")
        assert b.centre.attendance.is_here(customer.conversation_id)
        assert [one.centre.membership.leads for one in (a, b)] == [False, True]
