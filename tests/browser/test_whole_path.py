"""Chromium plays customer, operator and supervisor through the whole path; the screenshots are kept in test-output/."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from config import DEMO_PASSWORD
from tests.support.live import Live

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = Path("test-output/screenshots")
PATIENCE_MS = 30_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="NO CHROMIUM: the browser tests can't run; apt-get install chromium"),
]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


async def _page(browser: Browser, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return await context.new_page()


async def _shoot(page: Page, name: str) -> None:
    await page.screenshot(path=SHOTS / f"{name}.png")


async def _sign_in(page: Page, live: Live, email: str, path: str) -> None:
    await page.goto(f"{live.base}/sign-in?next={path}")
    await page.get_by_test_id("email").fill(email)
    await page.get_by_test_id("password").fill(DEMO_PASSWORD)
    await page.get_by_test_id("submit").click()
    await page.wait_for_url(f"**{path}")


async def _say(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


async def _hears(page: Page, words: str) -> None:
    said = page.get_by_test_id("message").filter(has_text=re.compile(re.escape(words)))
    await expect(said.last).to_be_visible(timeout=PATIENCE_MS)


async def test_customer_and_operator_from_hello_to_wrap_up(live: Live, chromium: Browser) -> None:
    desk = await _page(chromium)
    await _sign_in(desk, live, "maya@harbour.example", "/desk")
    await expect(desk.get_by_test_id("presence")).to_have_attribute("data-presence", "available")
    await _shoot(desk, "desk-empty")

    customer = await _page(chromium)
    await customer.goto(live.base)
    await customer.get_by_test_id("launcher").click()
    await _hears(customer, "AI assistant")
    await _say(customer, "Where is my claim CL52318?")
    await _hears(customer, "date of birth")
    await _say(customer, "14 September 1987")
    await _hears(customer, "drying certificate")
    await _shoot(customer, "chat-answered")
    await _say(customer, "Can I talk to a person please?")
    await expect(customer.get_by_test_id("handover-card")).to_be_visible(timeout=PATIENCE_MS)
    await _shoot(customer, "chat-summary")
    await customer.get_by_test_id("confirm-handover").click()

    toast = desk.get_by_test_id("offer-toast")
    await expect(toast).to_be_visible(timeout=PATIENCE_MS)
    await expect(toast).to_contain_text("Priya Raman")
    await _shoot(desk, "desk-offer")
    await desk.get_by_test_id("accept-greet").click()
    await expect(desk.get_by_test_id("card")).to_contain_text("CL52318", timeout=PATIENCE_MS)
    await _hears(customer, "no need to repeat")
    await _say(desk, "Your repairer comes on Tuesday at nine.")
    await _hears(customer, "Tuesday at nine")
    await _say(customer, "Lovely, thank you")
    await _hears(desk, "Lovely, thank you")
    for page in (desk, customer):
        bubble = page.locator(".bubble", has_text="Lovely, thank you").last
        assert await bubble.evaluate("bubble => bubble.textContent") == "Lovely, thank you"
    await _shoot(desk, "desk-conversation")
    await _shoot(customer, "chat-operator")

    supervisor = await _page(chromium, scheme="dark")
    await _sign_in(supervisor, live, "sam@harbour.example", "/supervisor")
    await supervisor.get_by_test_id("live-row").first.click()
    await expect(supervisor.get_by_test_id("drawer")).to_contain_text("Tuesday at nine", timeout=PATIENCE_MS)
    await _shoot(supervisor, "supervisor-dark")

    await desk.get_by_test_id("end").click()
    if await desk.get_by_test_id("confirm").is_visible():
        await desk.get_by_test_id("confirm").click()
    await expect(desk.get_by_test_id("wrap-up")).to_be_visible(timeout=PATIENCE_MS)
    await desk.get_by_test_id("disposition").select_option("status_given")
    await _shoot(desk, "desk-wrap-up")
    await desk.get_by_test_id("wrap-up-submit").click()
    await expect(desk.get_by_test_id("work-item")).to_have_count(0, timeout=PATIENCE_MS)
    await expect(customer.get_by_test_id("ended")).to_be_visible(timeout=PATIENCE_MS)
    await _shoot(customer, "chat-ended")


async def test_the_chat_on_a_phone_survives_a_reload_and_a_second_tab(live: Live, chromium: Browser) -> None:
    phone = await _page(chromium, width=390, height=844, scheme="dark")
    await phone.goto(live.base)
    await phone.get_by_test_id("launcher").click()
    await _say(phone, "what does my excess mean?")
    await _hears(phone, "part of a claim you pay yourself")
    await _shoot(phone, "chat-phone-dark")
    await phone.reload()
    if await phone.get_by_test_id("launcher").is_visible():
        await phone.get_by_test_id("launcher").click()
    await _hears(phone, "part of a claim you pay yourself")
    second = await phone.context.new_page()
    await second.goto(live.base)
    if await second.get_by_test_id("launcher").is_visible():
        await second.get_by_test_id("launcher").click()
    await _say(second, "from the second tab")
    await _hears(phone, "from the second tab")


async def test_scripts_in_messages_stay_text(live: Live, chromium: Browser) -> None:
    page = await _page(chromium)
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    await page.goto(live.base)
    await page.get_by_test_id("launcher").click()
    await _say(page, "<img src=x onerror=alert(1)><script>alert(2)</script>")
    await _hears(page, "<script>alert(2)</script>")
    await expect(page.get_by_test_id("message").last).to_be_visible()
    assert alarms == []
