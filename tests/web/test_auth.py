"""Signing in, roles, the cookie, first-run set-up, and headers."""

import pytest

from config import DEMO_PASSWORD
from tests.conftest import Start
from tests.support.live import Live, sign_in


async def test_the_session_cookie_is_kept_from_scripts_and_other_sites(live: Live) -> None:
    async with live.browser() as browser:
        response = await browser.post("/api/sign-in", json={"email": "MAYA@harbour.example", "password": DEMO_PASSWORD})
        cookie = response.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert (await browser.get("/api/me")).json()["name"] == "Maya Okafor"
        await browser.post("/api/sign-out")
        assert (await browser.get("/api/me")).status_code == 401


@pytest.mark.parametrize("email", ["maya@harbour.example", "nobody@harbour.example"])
async def test_a_wrong_password_and_an_unknown_address_look_the_same(live: Live, email: str) -> None:
    async with live.browser() as browser:
        response = await browser.post("/api/sign-in", json={"email": email, "password": "wrong-password"})
        assert response.status_code == 401
        assert response.json()["detail"] == "That e-mail address and password don't match."


async def test_guessing_passwords_is_slowed_down(live: Live) -> None:
    async with live.browser() as browser:
        codes = [
            (
                await browser.post("/api/sign-in", json={"email": "maya@harbour.example", "password": f"guess {n}"})
            ).status_code
            for n in range(10)
        ]
    assert codes[0] == 401
    assert codes[-1] == 429


async def test_roles_open_only_their_doors(live: Live) -> None:
    async with live.browser() as browser:
        assert (await browser.get("/api/people")).status_code == 401
        await sign_in(browser, "maya@harbour.example")
        assert (await browser.get("/api/people")).status_code == 403
        assert (await browser.get("/api/conversations")).status_code == 403
        assert (await browser.get("/supervisor")).headers["location"] == "/desk"
    async with live.browser() as browser:
        await sign_in(browser, "sam@harbour.example")
        assert len((await browser.get("/api/people")).json()) == 8


async def test_changes_from_another_site_are_refused(live: Live) -> None:
    async with live.browser() as browser:
        response = await browser.post(
            "/api/sign-in",
            json={"email": "maya@harbour.example", "password": DEMO_PASSWORD},
            headers={"Origin": "https://evil.example"},
        )
        assert response.status_code == 403


async def test_pages_send_a_strict_policy(live: Live) -> None:
    async with live.browser() as browser:
        headers = (await browser.get("/")).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_an_empty_centre_is_set_up_from_the_first_page(start: Start) -> None:
    async with (
        start(SWITCHBOARD_DEMO=False, secret="a secret of 40 letters for the tests only") as live,
        live.browser() as browser,
    ):
        assert (await browser.get("/")).headers["location"] == "/setup"
        assert (await browser.get("/api/setup")).json() == {
            "is_needed": True,
            "is_demo": False,
            "brand": "Your company",
            "logins": [],
        }
        body = {"name": "Ada Quist", "email": "ada@example.com", "password": "long-enough-1"}
        assert (await browser.post("/api/setup", json=body)).status_code == 201
        assert (await browser.get("/api/me")).json()["role"] == "supervisor"
        assert (await browser.post("/api/setup", json=body)).status_code == 409
        operator = {"name": "Bo", "email": "bo@example.com", "password": "long-enough-2", "queues": ["general"]}
        assert (await browser.post("/api/people", json=operator)).status_code == 201
        assert (await browser.post("/api/people", json=operator)).status_code == 409
        async with live.chat() as customer:
            said = await customer.ask("an operator, please")
            assert "pass on" in said["text"]


async def test_a_default_secret_is_refused_outside_demo_mode() -> None:
    from pydantic import ValidationError

    from config import Settings

    with pytest.raises(ValidationError, match="SWITCHBOARD_SECRET"):
        Settings(SWITCHBOARD_DEMO=False, _env_file=None)  # type: ignore[call-arg]


async def test_knowledge_search_and_transcript_export(live: Live) -> None:
    async with live.chat() as customer:
        await customer.ask("=cmd|' /C calc'!A0")
        async with live.browser() as browser:
            await sign_in(browser, "sam@harbour.example")
            found = (await browser.get("/api/knowledge", params={"q": "excess"})).json()["results"]
            assert found[0]["article_id"] == "what-is-an-excess"
            url = f"/api/conversations/{customer.conversation_id}/transcript"
            assert "Customer: =cmd" in (await browser.get(url)).text
            rows = (await browser.get(url, params={"format": "csv"})).text
            assert "'=cmd" in rows
            assert (await browser.get(url, params={"format": "json"})).json()["events"]
            items = (await browser.get("/api/conversations", params={"q": "cmd"})).json()["items"]
            assert items[0]["conversation_id"] == customer.conversation_id
        async with live.browser() as browser:
            await sign_in(browser, "maya@harbour.example")
            assert (await browser.get(url)).status_code == 403
