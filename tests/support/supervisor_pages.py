"""The supervisor's page in Chromium, and a customer beside it."""

from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from config import DEMO_PASSWORD
from tests.support.chromium import page_of
from tests.support.learning import SUPERVISOR
from tests.support.live import Live

SHOTS = Path("test-output/screenshots")


async def on_tab(browser: Browser, live: Live, tab: str, *, width: int = 1440, height: int = 900) -> Page:
    """A supervisor who has signed in and opened this tab."""
    page = await page_of(browser, width=width, height=height)
    await page.goto(f"{live.base}/sign-in?next=/supervisor")
    await page.get_by_test_id("email").fill(SUPERVISOR)
    await page.get_by_test_id("password").fill(DEMO_PASSWORD)
    await page.get_by_test_id("submit").click()
    await page.wait_for_url(f"{live.base}/supervisor")
    await page.get_by_test_id(f"tab-{tab}").click()
    return page


async def ask(live: Live, text: str) -> dict[str, Any]:
    """What a new customer is answered."""
    async with live.chat() as chat:
        return await chat.ask(text)
