"""What was given can be taken back: people deactivated, passwords changed, sessions and sockets ended at once."""

import asyncio

from websockets.exceptions import ConnectionClosed

from config import DEMO_PASSWORD
from conversation import Stage
from tests.support.live import PATIENCE_SECONDS, DeskClient, Live, sign_in

MAYA, SAM = "maya@harbour.example", "sam@harbour.example"
NEW = "another-long-password"


async def _closed(desk: DeskClient) -> int:
    """The code the desk's socket is closed with."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await desk.wire.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


async def _id_of(live: Live, email: str) -> str:
    person = await live.centre.people.find_by_email(email)
    assert person is not None
    return person.id


async def test_who_is_deactivated_is_out_at_once_and_their_customer_goes_on_to_others(live: Live) -> None:
    async with live.browser() as sam, live.desk(MAYA) as maya, live.chat() as customer:
        await sign_in(sam, SAM)
        await customer.ask_for_person()
        await maya.accept(customer.conversation_id)
        response = await sam.patch(f"/api/people/{await _id_of(live, MAYA)}", json={"is_active": False})
        assert (response.status_code, response.json()["is_active"]) == (200, False)
        assert await _closed(maya) == 4401
        assert (await customer.stage("queued"))["stage"] == "queued"
        state = await live.centre.store.reload(customer.conversation_id)
        assert state.owner.stage is Stage.QUEUED
        async with live.browser() as again:
            refused = await again.post("/api/sign-in", json={"email": MAYA, "password": DEMO_PASSWORD})
            assert refused.status_code == 401
        await sam.patch(f"/api/people/{await _id_of(live, MAYA)}", json={"is_active": True})
        async with live.browser() as again:
            assert await sign_in(again, MAYA)


async def test_signing_out_closes_the_desk_and_the_ticket_of_that_session_alone(live: Live) -> None:
    async with live.browser() as here, live.desk(MAYA) as elsewhere:
        ticket = await sign_in(here, MAYA)
        unused = (await here.post("/api/ticket")).json()["ticket"]
        async with live.wire("/ws/desk") as wire:
            desk = DeskClient(wire.wire)
            await desk.send("hello", v=1, ticket=ticket)
            await desk.expect("desk")
            await here.post("/api/sign-out")
            assert await _closed(desk) == 4401
        async with live.wire("/ws/desk") as wire:
            late = DeskClient(wire.wire)
            await late.send("hello", v=1, ticket=unused)
            assert await _closed(late) == 4401
        await elsewhere.send("presence", presence="busy")
        await elsewhere.expect("people", lambda m: any(one["presence"] == "busy" for one in m["operators"]))


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(live: Live) -> None:
    async with live.browser() as here, live.browser() as other, live.desk(MAYA) as desk:
        await sign_in(here, MAYA)
        await sign_in(other, MAYA)
        wrong = await here.post("/api/me/password", json={"current": "not-this-one", "new": NEW})
        assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
        right = await here.post("/api/me/password", json={"current": DEMO_PASSWORD, "new": NEW})
        assert right.status_code == 204
        assert await _closed(desk) == 4401
        assert (await other.get("/api/me")).status_code == 401
        assert (await here.get("/api/me")).status_code == 200
        assert (await other.post("/api/sign-in", json={"email": MAYA, "password": DEMO_PASSWORD})).status_code == 401
        assert (await other.post("/api/sign-in", json={"email": MAYA, "password": NEW})).status_code == 200


async def test_a_forgotten_password_is_replaced_by_a_supervisor_and_by_nobody_else(live: Live) -> None:
    maya = await _id_of(live, MAYA)
    async with live.browser() as sam, live.browser() as tom:
        await sign_in(sam, SAM)
        await sign_in(tom, "tom@harbour.example")
        for path in (f"/api/people/{maya}", f"/api/people/{maya}/password"):
            asked = tom.patch(path, json={}) if path.endswith(maya) else tom.post(path, json={"password": NEW})
            assert (await asked).status_code == 403
        assert (await sam.post(f"/api/people/{maya}/password", json={"password": NEW})).status_code == 204
        assert (await tom.post("/api/sign-in", json={"email": MAYA, "password": NEW})).status_code == 200
        assert (await sam.post("/api/people/p-nobody/password", json={"password": NEW})).status_code == 404


async def test_nobody_locks_the_last_supervisor_out(live: Live) -> None:
    async with live.browser() as sam:
        await sign_in(sam, SAM)
        me = await _id_of(live, SAM)
        for change in ({"is_active": False}, {"role": "operator"}):
            refused = await sam.patch(f"/api/people/{me}", json=change)
            assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
        assert (await sam.get("/api/me")).json()["role"] == "supervisor"


async def test_another_role_takes_effect_at_once(live: Live) -> None:
    tom = await _id_of(live, "tom@harbour.example")
    async with live.browser() as sam, live.desk("tom@harbour.example") as desk, live.browser() as again:
        await sign_in(sam, SAM)
        changed = await sam.patch(f"/api/people/{tom}", json={"role": "supervisor", "capacity": 5})
        assert changed.json()["role"] == "supervisor"
        assert await _closed(desk) == 4401
        await sign_in(again, "tom@harbour.example")
        assert (await again.get("/api/people")).status_code == 200
        assert (await sam.patch(f"/api/people/{tom}", json={"queues": ["nowhere"]})).json()["code"] == "unknown_queue"
