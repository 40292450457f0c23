"""Chromium gives and takes access: a person is changed, gets a new password, leaves, comes back; one's own password."""

import re

import pytest
from playwright.async_api import Browser, expect

from config import DEMO_PASSWORD
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, page_of
from tests.support.live import Live
from tests.support.supervisor_pages import SHOTS, on_tab

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)]

NEW = "a-new-long-password"


async def test_a_person_is_changed_signed_out_and_brought_back(live: Live, quiet_chromium: Browser) -> None:
    desk = await page_of(quiet_chromium)
    await desk.goto(f"{live.base}/sign-in?next=/desk")
    await desk.get_by_test_id("email").fill("maya@harbour.example")
    await desk.get_by_test_id("password").fill(DEMO_PASSWORD)
    await desk.get_by_test_id("submit").click()
    await expect(desk.get_by_test_id("presence")).to_be_visible()

    page = await on_tab(quiet_chromium, live, "people")
    row = page.get_by_test_id("person-row").filter(has_text="Maya Okafor")
    await row.get_by_test_id("manage-person").click()
    await page.get_by_test_id("person-capacity").fill("7")
    await page.screenshot(path=SHOTS / "people-change.png")
    await page.get_by_test_id("person-save").click()
    await expect(row).to_contain_text("/7")

    await row.get_by_test_id("manage-person").click()
    await page.get_by_test_id("deactivate").click()
    await page.get_by_test_id("deactivate").click()
    await expect(row).to_have_count(0)
    await expect(page.get_by_test_id("deactivated")).to_contain_text("Maya Okafor")
    await page.screenshot(path=SHOTS / "people-deactivated.png")
    await desk.wait_for_url(re.compile("/sign-in"))

    await page.get_by_test_id("reactivate").click()
    await expect(row).to_have_count(1)


async def test_ones_own_password_is_changed_from_the_desk(live: Live, quiet_chromium: Browser) -> None:
    page = await on_tab(quiet_chromium, live, "people")
    await page.get_by_test_id("own-password").click()
    await page.get_by_test_id("password-current").fill("not-this-one")
    await page.get_by_test_id("password-new").fill(NEW)
    await page.get_by_test_id("password-save").click()
    await expect(page.get_by_role("alert")).to_contain_text("not your present password")
    await page.get_by_test_id("password-current").fill(DEMO_PASSWORD)
    await page.get_by_test_id("password-save").click()
    await expect(page.get_by_text("Your password is changed.")).to_be_visible()
    async with live.browser() as browser:
        right = await browser.post("/api/sign-in", json={"email": "sam@harbour.example", "password": NEW})
        assert right.status_code == 200
