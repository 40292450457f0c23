"""What a stranger sends over HTTP costs nobody anything: bodies, heads, half requests, guesses, first set-ups."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx2
import pytest

from config import DEMO_PASSWORD
from tests.conftest import Start
from tests.support.live import Live, sign_in
from web.kit import http_guard
from web.kit.body_limit import MOST_BODY
from web.kit.http_guard import MOST_HEAD

LARGE = json.dumps({"a": [0] * 400_000}).encode()
"""1.2 MB that would parse for a second."""


@pytest.mark.parametrize("path", ["/api/sign-in", "/api/setup", "/api/people", "/api/library/import/preview"])
async def test_a_strangers_large_body_is_refused_before_it_is_read(live: Live, path: str) -> None:
    async with live.browser() as browser:
        response = await browser.post(path, content=LARGE, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert response.json() == {
        "code": "too_large",
        "detail": f"That is too much at once: {MOST_BODY:,} bytes are the most here.",
    }


async def test_a_body_that_does_not_say_its_length_is_counted(live: Live) -> None:
    taken = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(4_000):
            taken += 1
            yield b"0" * 65_536

    status = 413
    async with live.browser() as browser:
        with suppress(httpx2.TransportError):  # the rest of a body nobody reads may meet a closed connection
            status = (await browser.post("/api/sign-in", content=pieces())).status_code
    assert status == 413
    assert taken < 4_000, "all 250 MB were read"


async def test_a_supervisor_brings_a_file_that_a_stranger_may_not(live: Live) -> None:
    body = {"format": "yaml", "name": "big.yaml", "text": "x" * 200_000}
    async with live.browser() as browser:
        await sign_in(browser, "sam@harbour.example")
        response = await browser.post("/api/library/import/preview", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "not_possible")


async def test_nobody_waits_while_a_long_file_is_read(live: Live) -> None:
    long = "groups: [" + "aaaa, " * 300_000 + "b]"
    body = {"format": "yaml", "name": "long.yaml", "text": long}
    async with live.browser() as browser, live.browser() as other:
        await sign_in(browser, "sam@harbour.example")
        reading = asyncio.create_task(browser.post("/api/library/import/preview", json=body))
        answered = 0
        while not reading.done():
            assert (await other.get("/api/setup")).status_code == 200
            answered += 1
        response = await reading
    assert (response.status_code, response.json()["code"]) == (422, "not_possible")
    assert answered > 10


async def test_what_was_sent_is_never_sent_back(live: Live) -> None:
    async with live.browser() as browser:
        response = await browser.post("/api/sign-in", json={"email": "x", "password": ["zebra-4711"]})
    assert response.status_code == 422
    assert "zebra" not in response.text
    assert response.json()["code"] == "invalid"
    assert response.json()["detail"][0]["loc"] == ["body", "password"]


def _connected(live: Live) -> socket.socket:
    host, _, port = live.base.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def _is_closed(connection: socket.socket) -> bool:
    connection.settimeout(10)
    try:
        return connection.recv(65_536) == b""
    except ConnectionError:
        return True


async def test_a_head_without_end_is_cut_off(live: Live) -> None:
    def flood() -> bool:
        with _connected(live) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
            try:
                for _ in range(64):
                    connection.sendall(b"a" * MOST_HEAD)
            except ConnectionError:
                return True
            return _is_closed(connection)

    assert await asyncio.to_thread(flood)


async def test_a_request_that_never_ends_is_not_waited_for(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_guard, "HEAD_SECONDS", 0.2)

    def half() -> bool:
        with _connected(live) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            return _is_closed(connection)

    assert await asyncio.to_thread(half)
    async with live.browser() as browser:
        assert (await browser.get("/healthz")).status_code == 200


async def test_one_address_holds_only_so_many_connections(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_guard, "MOST_CONNECTIONS", 5)

    def many() -> int:
        open_ = [_connected(live) for _ in range(12)]
        try:
            for one in open_:
                one.settimeout(0.5)
            closed = 0
            for one in open_:
                try:
                    closed += one.recv(1) == b""
                except TimeoutError:
                    continue
                except ConnectionError:
                    closed += 1
            return closed
        finally:
            for one in open_:
                one.close()

    assert await asyncio.to_thread(many) >= 7


async def test_who_guesses_at_an_account_locks_out_no_device_that_knows_it(live: Live) -> None:
    async with live.browser() as own, live.browser() as guesser:
        await sign_in(own, "maya@harbour.example")
        guess = {"email": "maya@harbour.example", "password": "wrong-password"}
        codes = {(await guesser.post("/api/sign-in", json=guess)).status_code for _ in range(9)}
        assert codes == {401, 429}
        right = {"email": "Maya@Harbour.example", "password": DEMO_PASSWORD}
        assert (await guesser.post("/api/sign-in", json=right)).status_code == 429
        assert (await own.post("/api/sign-in", json=right)).status_code == 200


async def test_two_people_never_share_an_address(live: Live) -> None:
    new = {"name": "Aaron", "email": "MAYA@harbour.example", "password": "a-long-password"}
    async with live.browser() as browser:
        await sign_in(browser, "sam@harbour.example")
        response = await browser.post("/api/people", json=new)
    assert (response.status_code, response.json()["code"]) == (409, "email_taken")


async def test_of_many_first_supervisors_one_is_made(start: Start) -> None:
    async with (
        start(SWITCHBOARD_DEMO=False, secret="a secret of 40 letters for the tests only") as live,
        live.browser() as browser,
    ):
        asked = [
            browser.post(
                "/api/setup", json={"name": f"P{n}", "email": f"p{n}@x.example", "password": "a-long-password"}
            )
            for n in range(8)
        ]
        codes = sorted(one.status_code for one in await asyncio.gather(*asked))
    assert codes == [201, *[409] * 7]


async def test_no_number_is_too_large_for_a_door(live: Live) -> None:
    huge = 2**66
    async with live.browser() as browser:
        await sign_in(browser, "sam@harbour.example")
        for path in ("library/history", "procedures/history"):
            for asked in (f"/api/{path}?before={huge}", f"/api/{path}/{huge}"):
                assert (await browser.get(asked)).status_code in (404, 422), asked
