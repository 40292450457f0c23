"""What every answer carries, and what no door takes."""

import pytest

from tests.conftest import Start
from tests.support.live import Live, sign_in


async def test_answers_can_be_framed_kept_and_shared_by_nobody(live: Live) -> None:
    async with live.browser() as browser:
        page, answer = await browser.get("/sign-in"), await browser.get("/api/me")
    for one in (page, answer):
        assert one.headers["x-frame-options"] == "DENY"
        assert one.headers["cross-origin-opener-policy"] == "same-origin"
        assert one.headers["cross-origin-resource-policy"] == "same-origin"
        assert "connect-src 'self';" in one.headers["content-security-policy"]
        assert "strict-transport-security" not in one.headers
    assert answer.headers["cache-control"] == "no-store"


async def test_behind_https_browsers_stay_there(start: Start) -> None:
    async with start(is_secure=True) as live, live.browser() as browser:
        assert "max-age" in (await browser.get("/sign-in")).headers["strict-transport-security"]


@pytest.mark.parametrize("password", ["aaaaaaaaaa", "1234567890", "2948572946", "password12", "Switchboard2026!"])
async def test_a_password_that_is_guessed_at_once_is_refused_with_advice(live: Live, password: str) -> None:
    async with live.browser() as browser:
        await sign_in(browser, "maya@harbour.example")
        answer = await browser.post("/api/me/password", json={"current": "harbour-demo", "new": password})
        assert answer.status_code == 422
        assert "several words" in answer.text
        kept = await browser.post("/api/me/password", json={"current": "harbour-demo", "new": "seven grey herons"})
        assert kept.is_success


async def test_a_session_has_only_so_many_tickets(live: Live) -> None:
    async with live.browser() as browser:
        first = await sign_in(browser, "maya@harbour.example")
        newest = [(await browser.post("/api/ticket")).json()["ticket"] for _ in range(25)][-1]
        for ticket, is_good in ((first, False), (newest, True)):
            async with live.wire("/ws/desk") as desk:
                await desk.send("hello", v=1, ticket=ticket)
                await desk.expect("desk" if is_good else "error")
