"""People, their sessions and one-use tickets, on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.kit import Database
from storage.kit.tables import sessions, tickets
from storage.people import EmailTaken, OpenDesks, People, Presence
from tests.support.happenings import MAYA, NOON, NOOR, operator

LATER = NOON + timedelta(seconds=30)


async def test_a_person_comes_back_as_added(people: People) -> None:
    await people.add(operator(NOOR))
    await people.add(operator(MAYA))
    assert await people.all() == [operator(MAYA), operator(NOOR)]
    assert await people.find_by_email(" OP-Maya@Harbour.example ") == operator(MAYA)
    assert await people.find("op-unknown") is None
    assert await people.count() == 2


async def test_an_address_belongs_to_one_person(people: People) -> None:
    await people.add(operator(MAYA))
    with pytest.raises(EmailTaken):
        await people.add(replace(operator(NOOR), email=operator(MAYA).email))
    assert await people.count() == 1


async def test_presence_says_who_set_it_and_when(people: People, database: Database) -> None:
    await people.add(operator(MAYA))
    await people.set_presence(MAYA[0], Presence.INACTIVE, by="system", at=LATER)
    await OpenDesks(database).closed(MAYA[0])
    found = await people.find(MAYA[0])
    assert found is not None
    assert (found.presence, found.presence_set_by, found.presence_at) == (Presence.INACTIVE, "system", LATER)
    assert not found.is_connected


async def test_a_ticket_opens_one_socket_even_when_two_use_it_at_once(people: People) -> None:
    await people.add(operator(MAYA))
    await people.issue_ticket("one-use", MAYA[0], LATER, session="session")
    found = await asyncio.gather(*(people.use_ticket("one-use", NOON) for _ in range(6)))
    assert [one[0] for one in found if one is not None] == [operator(MAYA)]
    assert await people.use_ticket("one-use", NOON) is None


async def test_expired_and_invented_tickets_open_nothing(people: People) -> None:
    await people.add(operator(MAYA))
    await people.issue_ticket("short", MAYA[0], LATER, session="session")
    assert await people.use_ticket("short", LATER) is None
    assert await people.use_ticket("invented", NOON) is None


async def test_a_session_lasts_until_it_expires_or_is_closed(people: People) -> None:
    await people.add(operator(MAYA))
    await people.open_session("cookie", MAYA[0], LATER)
    assert await people.session_person("cookie", NOON) == operator(MAYA)
    assert await people.session_person("cookie", LATER) is None
    await people.close_session("cookie")
    assert await people.session_person("cookie", NOON) is None


async def test_tokens_are_not_kept_in_the_clear_and_expired_ones_are_forgotten(
    people: People, database: Database
) -> None:
    await people.add(operator(MAYA))
    await people.open_session("cookie", MAYA[0], LATER)
    await people.issue_ticket("ticket", MAYA[0], NOON, session="session")
    async with database.reading() as connection:
        kept = [*(await connection.execute(select(sessions))), *(await connection.execute(select(tickets)))]
    assert len(kept) == 2
    assert "cookie" not in str(kept)
    assert "'ticket'" not in str(kept)
    await people.sweep(NOON)
    async with database.reading() as connection:
        assert len((await connection.execute(select(sessions))).all()) == 1
        assert (await connection.execute(select(tickets))).all() == []
