"""Chromium lives the story of a wish nobody foresaw: asked, found, read, replayed, approved, served, taken back."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from config import DEMO_PASSWORD
from tests.support.live import Live

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SHOTS = Path("test-output/screenshots")
PATIENCE_MS = 30_000

ASKED = (
    "when will my loyalty points vanish?",
    "do my loyalty points expire",
    "how long before my reward points run out",
    "will I lose my loyalty points at the end of the year",
    "is there a deadline for using my points",
    "points expiry date please",
    "when will my reward points lapse",
    "how long are my loyalty points valid",
    "my points are about to expire, when exactly",
    "do the reward points I collected run out",
)
NEXT = "hello, on which day do my loyalty points run out?"
"""What the next customer asks: none of the above."""
ARTICLE = "multi-policy-discount"
NAME = "Find out when my points expire"

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


async def _supervisor(browser: Browser, live: Live, tab: str) -> Page:
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.goto(f"{live.base}/sign-in?next=/supervisor")
    await page.get_by_test_id("email").fill("sam@harbour.example")
    await page.get_by_test_id("password").fill(DEMO_PASSWORD)
    await page.get_by_test_id("submit").click()
    await page.wait_for_url(f"{live.base}/supervisor")
    await page.get_by_test_id(f"tab-{tab}").click()
    return page


async def _ask(live: Live, text: str) -> dict[str, Any]:
    async with live.chat() as chat:
        return await chat.ask(text)


def _articles(said: dict[str, Any]) -> list[str]:
    return [source["article_id"] for source in said["sources"]]


async def _open_proposal(page: Page) -> None:
    await page.get_by_test_id("look-now").click()
    await page.get_by_test_id("confirm").click()
    await page.get_by_test_id("proposal").filter(has_text=re.compile("points", re.IGNORECASE)).first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible(timeout=PATIENCE_MS)


async def _saved(page: Page) -> None:
    await expect(page.get_by_test_id("save-state")).to_contain_text("Saved", timeout=PATIENCE_MS)


async def test_a_wish_nobody_foresaw_is_served_to_the_next_customer_until_it_is_undone(
    live: Live, chromium: Browser
) -> None:
    said = await asyncio.gather(*(_ask(live, text) for text in ASKED))
    assert [_articles(one) for one in said] == [[]] * len(ASKED)
    page = await _supervisor(chromium, live, "intents")
    await _open_proposal(page)
    await expect(page.get_by_test_id("badge-new").first).to_be_visible()

    await page.get_by_test_id("evidence-turn").filter(has_text="vanish").click()
    turn = page.get_by_test_id("drawer").locator(".marked")
    await expect(turn).to_contain_text(ASKED[0], timeout=PATIENCE_MS)
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("drawer")).to_have_count(0)

    await page.keyboard.press("e")
    await page.keyboard.type(NAME)
    await page.keyboard.press("Enter")
    await _saved(page)
    await page.get_by_test_id("kind-article").click()
    await page.get_by_test_id("serve-target").select_option(ARTICLE)
    await page.get_by_test_id("serve-support").select_option("self_service")
    await _saved(page)

    await page.get_by_test_id("replay").click()
    await expect(page.get_by_test_id("caught")).to_have_text(str(len(ASKED)), timeout=PATIENCE_MS)
    await expect(page.get_by_test_id("confusion")).to_contain_text("not understood")
    await page.screenshot(path=SHOTS / "intents-replayed.png")

    await page.keyboard.press("a")
    await expect(page.get_by_test_id("approve-dialog")).to_contain_text(f"caught {len(ASKED)} turns")
    await page.get_by_test_id("confirm").click()
    await expect(page.get_by_test_id("undo-bar")).to_contain_text(NAME, timeout=PATIENCE_MS)
    assert _articles(await _ask(live, NEXT)) == [ARTICLE]

    await page.get_by_test_id("undo").click()
    await expect(page.get_by_test_id("undo-bar")).to_have_count(0, timeout=PATIENCE_MS)
    assert _articles(await _ask(live, NEXT)) == []
    await expect(page.get_by_test_id("proposal").filter(has_text=NAME)).to_be_visible(timeout=PATIENCE_MS)


async def test_the_inbox_is_worked_with_keys_alone(live: Live, chromium: Browser) -> None:
    await asyncio.gather(*(_ask(live, text) for text in ASKED))
    page = await _supervisor(chromium, live, "intents")
    await _open_proposal(page)
    proposals, undo = page.get_by_test_id("proposal"), page.get_by_test_id("undo-bar")

    await page.keyboard.press("?")
    await expect(page.get_by_test_id("inbox-shortcuts")).to_contain_text("Take the last decision back")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("inbox-shortcuts")).to_have_count(0)

    await page.keyboard.press("p")
    await expect(page.get_by_test_id("map")).to_be_visible()
    await page.get_by_test_id("map-list").click()
    await expect(page.get_by_test_id("map-table")).to_contain_text(re.compile("points", re.IGNORECASE))
    await page.keyboard.press("p")
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()

    await page.keyboard.press("z")
    await page.keyboard.press("Enter")
    await expect(undo).to_contain_text("snoozed", timeout=PATIENCE_MS)
    await expect(page.get_by_test_id("inbox-empty")).to_be_visible(timeout=PATIENCE_MS)
    async with asyncio.timeout(PATIENCE_MS / 1_000):
        while not await proposals.count():  # a key is not taken while the inbox is busy with its last answer
            await page.keyboard.press("u")
            await page.wait_for_timeout(250)

    await page.keyboard.press("j")
    await expect(page.get_by_test_id("proposal-view")).to_be_visible(timeout=PATIENCE_MS)
    await page.keyboard.press("x")
    await page.keyboard.type("Not something we serve")
    await page.keyboard.press("Enter")
    await expect(undo).to_contain_text("discarded", timeout=PATIENCE_MS)
    await page.get_by_test_id("status").select_option("discarded")
    await proposals.first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible(timeout=PATIENCE_MS)
    await page.get_by_test_id("reopen").click()
    await page.get_by_test_id("status").select_option("pending")
    await expect(proposals).to_have_count(1, timeout=PATIENCE_MS)

    await proposals.first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible(timeout=PATIENCE_MS)
    await page.keyboard.press("m")
    await page.get_by_test_id("merge-search").fill("renew")
    await page.get_by_test_id("merge-target").first.check()
    await page.get_by_test_id("confirm").click()
    await expect(undo).to_contain_text("joined", timeout=PATIENCE_MS)
