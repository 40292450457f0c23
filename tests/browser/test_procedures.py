"""Chromium works the procedures: read, break, be told the line, mend, try with a share, put live, go back."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.support.chromium import CHROMIUM, NO_CHROMIUM
from tests.support.live import Live
from tests.support.supervisor_pages import SHOTS, ask, on_tab

QUOTE = "I'd like to get a quote"
OLD, NEW = "What would you like to insure", "Lovely! What shall we cover"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
]


async def test_a_procedure_is_changed_tried_and_brought_back(live: Live, quiet_chromium: Browser) -> None:
    page = await on_tab(quiet_chromium, live, "procedures")
    await page.locator("[data-testid=procedure-file][data-name='sales.yaml']").click()
    field = page.get_by_test_id("procedure-text")
    await expect(field).to_have_value(re.compile(OLD))
    text = await field.input_value()

    wrong = text.replace("type: postcode", "type: postkode", 1)
    await field.fill(wrong)
    await page.get_by_test_id("check").click()
    problem = page.get_by_test_id("procedure-problem")
    line = wrong[: wrong.index("- collect: postcode")].count("\n") + 1
    await expect(problem).to_contain_text(f"sales.yaml, line {line}")
    await expect(page.locator("li.marked")).to_have_text(str(line))
    await page.screenshot(path=SHOTS / "procedures-fault.png")

    await field.fill(text.replace(OLD, NEW))
    await page.get_by_test_id("tab-library").click()
    await expect(field).to_have_count(0)
    await page.get_by_test_id("tab-procedures").click()
    await expect(field).to_have_value(re.compile(NEW))
    await page.get_by_test_id("check").click()
    await expect(page.get_by_test_id("checked")).to_be_visible()
    await page.get_by_test_id("share").select_option("0.5")
    await page.get_by_test_id("put-live").click()
    await expect(page.get_by_test_id("procedure-trial")).to_contain_text("serves 50")
    await page.screenshot(path=SHOTS / "procedures-trial.png")
    await page.get_by_test_id("trial-all").click()
    await expect(page.get_by_test_id("procedure-trial")).to_have_count(0)
    assert NEW in (await ask(live, QUOTE))["text"]

    await page.get_by_test_id("procedures-history").click()
    rows = page.get_by_test_id("procedure-version")
    await expect(rows).to_have_count(3)
    await rows.nth(1).get_by_test_id("procedures-lines").click()
    await expect(page.get_by_test_id("procedure-differences")).to_contain_text(NEW)
    await page.screenshot(path=SHOTS / "procedures-history.png")
    await rows.nth(1).get_by_test_id("procedures-lines").click()
    await rows.last.get_by_test_id("procedures-back").click()
    await expect(page.get_by_test_id("procedure-differences")).to_contain_text(OLD)
    await page.screenshot(path=SHOTS / "procedures-back.png")
    await page.get_by_test_id("confirm").click()
    await expect(rows).to_have_count(4)
    assert OLD in (await ask(live, QUOTE))["text"]
