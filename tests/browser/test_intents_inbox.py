"""Chromium at the intent inbox: merge and split taken back, the focus kept, a server that goes away, a phone."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.conftest import Start
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, PATIENCE_MS
from tests.support.learning import DRONES, POINTS, say_each, supervisor
from tests.support.live import Live
from tests.support.supervisor_pages import on_tab

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)]

FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.dataset.id ?? at?.dataset.testid ?? at?.tagName;
}"""
"""The id of the row that has the focus."""


@pytest.fixture
async def live(start: Start) -> AsyncIterator[Live]:
    """Two wishes nobody foresaw, found and waiting; nothing more is looked for."""
    async with start(discovery_seconds=0.1) as server:
        await say_each(server, [*POINTS, *DRONES])
        async with supervisor(server) as door:
            await door.inbox(2)
            for line in (await door.get("/api/discovery"))["lines"]:
                name = line.pop("line_of_business")
                await door.put(f"/api/discovery/lines/{name}", line | {"mode": "manual"})
        yield server


async def inbox(chromium: Browser, live: Live, *, width: int = 1440, height: int = 900) -> Page:
    page = await on_tab(chromium, live, "intents", width=width, height=height)
    await expect(page.get_by_test_id("proposal")).to_have_count(2)
    return page


async def focused(page: Page) -> str:
    return str(await page.evaluate(FOCUSED))


async def test_merge_and_split_are_taken_back_from_the_toast_and_from_the_history(
    live: Live, quiet_chromium: Browser
) -> None:
    page = await inbox(quiet_chromium, live)
    proposals, undo = page.get_by_test_id("proposal"), page.get_by_test_id("undo-bar")
    names = await proposals.locator("b").all_inner_texts()

    await page.keyboard.press("j")
    await page.keyboard.press("m")
    await page.get_by_test_id("merge-search").fill(names[1])
    await page.get_by_test_id("merge-target").first.check()
    await page.get_by_test_id("confirm").click()
    await expect(undo).to_contain_text(f"“{names[0]}” and “{names[1]}” are one proposal now.")
    await expect(proposals).to_have_count(1)
    await page.get_by_test_id("undo").click()
    await expect(undo).to_have_count(0)
    await expect(proposals.locator("b")).to_have_text(names)

    await page.keyboard.press("m")
    await page.get_by_test_id("merge-search").fill(names[1])
    await page.get_by_test_id("merge-target").first.check()
    await page.get_by_test_id("confirm").click()
    await expect(proposals).to_have_count(1)
    await page.keyboard.press("s")
    await page.keyboard.press("Enter")
    await expect(undo).to_contain_text("was split; both parts are in the list.")
    await expect(proposals).to_have_count(2)
    await page.get_by_test_id("undo-reshape").click()
    await expect(proposals).to_have_count(1)
    await page.get_by_test_id("undo-reshape").click()
    await expect(proposals.locator("b")).to_have_text(names)


async def test_the_focus_stays_where_the_keys_left_it(live: Live, quiet_chromium: Browser) -> None:
    page = await inbox(quiet_chromium, live)
    first, second = [await row.get_attribute("data-id") for row in await page.get_by_test_id("proposal").all()]
    await page.keyboard.press("j")
    assert await focused(page) == first
    for key in ("?", "a", "m", "s", "z", "x"):
        await page.keyboard.press(key)
        await expect(page.locator("dialog[open]")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog[open]")).to_have_count(0)
        assert await focused(page) == first, key

    name = await page.get_by_test_id("name").input_value()
    await page.keyboard.press("e")
    await page.keyboard.type("not meant to be kept")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("name")).to_have_value(name)

    await page.keyboard.press("z")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("proposal")).to_have_count(1)
    await page.wait_for_function(f"() => ({FOCUSED})() === {second!r}")
    await page.keyboard.press("u")
    await expect(page.get_by_test_id("proposal")).to_have_count(2)
    await page.wait_for_function(f"() => ({FOCUSED})() === {first!r}")


async def test_what_is_written_while_the_server_is_away_is_kept_once_it_is_back(
    live: Live, quiet_chromium: Browser
) -> None:
    page = await inbox(quiet_chromium, live)
    await page.keyboard.press("j")
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()
    await page.route("**/api/**", lambda route: route.abort())
    await page.keyboard.press("e")
    await page.keyboard.type("Written while it was away")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("save-state")).to_contain_text("Not saved. The server cannot be reached.")
    await page.keyboard.press("x")
    await page.keyboard.type("no")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("decision-problem")).to_contain_text("cannot be reached")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("inbox-problem")).to_be_visible(timeout=PATIENCE_MS)

    await page.unroute("**/api/**")
    await page.get_by_test_id("inbox-problem").get_by_role("button").click()
    await expect(page.get_by_test_id("save-state")).to_contain_text("Saved")
    async with supervisor(live) as door:
        assert "Written while it was away" in {row["name"] for row in (await door.get("/api/proposals"))["items"]}

    await page.route("**/api/proposals/*", lambda route: route.abort())
    await page.keyboard.press("j")
    await expect(page.get_by_test_id("proposal-error")).to_contain_text("cannot be reached")
    await page.unroute("**/api/proposals/*")
    await page.get_by_test_id("proposal-error").get_by_role("button").click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()


async def test_every_tab_and_every_decision_is_in_sight_on_a_narrow_screen(live: Live, quiet_chromium: Browser) -> None:
    page = await inbox(quiet_chromium, live, width=390, height=844)
    await page.get_by_test_id("proposal").first.click()
    await expect(page.get_by_test_id("proposal-view")).to_be_visible()
    tabs = [f"tab-{name}" for name in ("live", "intents", "library", "procedures", "people", "calls", "history")]
    for width in (320, 390, 768, 1024):
        await page.set_viewport_size({"width": width, "height": 844})
        for test_id in (*tabs, "approve", "merge", "split", "snooze", "discard"):
            await expect(page.get_by_test_id(test_id), f"{width} pixels").to_be_in_viewport(ratio=0.99)
    await page.set_viewport_size({"width": 390, "height": 844})
    for test_id in tabs:
        await page.get_by_test_id(test_id).click()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), test_id
