"""Chromium lives the story of a wish nobody foresaw: asked, found, read, replayed, approved, served, taken back."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.chromium import CHROMIUM, NO_CHROMIUM, PATIENCE_MS
from tests.support.live import Live
from tests.support.supervisor_pages import SHOTS, ask, on_tab

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
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
]


def _articles(said: dict[str, Any]) -> list[str]:
    return [source["article_id"] for source in said["sources"]]


async def _open_proposal(page: Page) -> None:
    await page.get_by_test_id("look-now").click()
    await page.get_by_test_id("confirm").click()
    await page.get_by_test_id("proposal").filter(has_text=re.compile("points", re.IGNORECASE)).first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()


async def _saved(page: Page) -> None:
    await expect(page.get_by_test_id("save-state")).to_contain_text("Saved")


async def test_a_wish_nobody_foresaw_is_served_to_the_next_customer_until_it_is_undone(
    live: Live, quiet_chromium: Browser
) -> None:
    said = await asyncio.gather(*(ask(live, text) for text in ASKED))
    assert [_articles(one) for one in said] == [[]] * len(ASKED)
    page = await on_tab(quiet_chromium, live, "intents")
    await _open_proposal(page)
    await expect(page.get_by_test_id("badge-new").first).to_be_visible()

    await page.get_by_test_id("evidence-turn").filter(has_text="vanish").click()
    turn = page.get_by_test_id("drawer").locator(".marked")
    await expect(turn).to_contain_text(ASKED[0])
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
    await expect(page.get_by_test_id("caught")).to_have_text(str(len(ASKED)))
    await expect(page.get_by_test_id("confusion")).to_contain_text("not understood")
    await page.screenshot(path=SHOTS / "intents-replayed.png")

    await page.keyboard.press("a")
    await expect(page.get_by_test_id("approve-dialog")).to_contain_text(f"caught {len(ASKED)} turns")
    await page.get_by_test_id("confirm").click()
    await expect(page.get_by_test_id("undo-bar")).to_contain_text(NAME)
    assert _articles(await ask(live, NEXT)) == [ARTICLE]

    await page.get_by_test_id("undo").click()
    await expect(page.get_by_test_id("undo-bar")).to_have_count(0)
    assert _articles(await ask(live, NEXT)) == []
    await expect(page.get_by_test_id("proposal").filter(has_text=NAME)).to_be_visible()


async def test_the_inbox_is_worked_with_keys_alone(live: Live, quiet_chromium: Browser) -> None:
    await asyncio.gather(*(ask(live, text) for text in ASKED))
    page = await on_tab(quiet_chromium, live, "intents")
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
    await expect(undo).to_contain_text("snoozed")
    await expect(page.get_by_test_id("inbox-empty")).to_be_visible()
    async with asyncio.timeout(PATIENCE_MS / 1_000):
        while not await proposals.count():  # a key is not taken while the inbox is busy with its last answer
            await page.keyboard.press("u")
            await page.wait_for_timeout(250)

    await page.keyboard.press("j")
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()
    await page.keyboard.press("x")
    await page.keyboard.type("Not something we serve")
    await page.keyboard.press("Enter")
    await expect(undo).to_contain_text("discarded")
    await page.get_by_test_id("status").select_option("discarded")
    await proposals.first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()
    await page.get_by_test_id("reopen").click()
    await page.get_by_test_id("status").select_option("pending")
    await expect(proposals).to_have_count(1)

    await proposals.first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()
    await page.keyboard.press("m")
    await page.get_by_test_id("merge-search").fill("renew")
    await page.get_by_test_id("merge-target").first.check()
    await page.get_by_test_id("confirm").click()
    await expect(undo).to_contain_text("joined")
