"""Chromium works the library: find, edit, pause, look back, roll back, import with a preview, export."""

import pytest
from playwright.async_api import Browser, expect

from tests.support.chromium import CHROMIUM, NO_CHROMIUM
from tests.support.live import Live
from tests.support.supervisor_pages import SHOTS, ask, on_tab

QUOTE = "I'd like to get a quote"
ASKED_FOR = "What would you like to insure"
"""What the agent asks whoever wants a quote."""

LADDERS = """can I borrow a ladder
do you lend ladders
is there a ladder I could have for a day
I need a ladder for the weekend
lend me a ladder please"""

RASA = b"""nlu:
- intent: claim_status
  examples: |
    - any word on my claim by now
- intent: borrow_a_ladder
  examples: |
    - can I borrow a ladder
    - do you lend ladders
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
]


async def test_an_intent_is_edited_paused_and_brought_back(live: Live, quiet_chromium: Browser) -> None:
    assert ASKED_FOR in (await ask(live, QUOTE))["text"]
    page = await on_tab(quiet_chromium, live, "library")
    await page.get_by_test_id("library-search").fill("get a quote")
    row = page.get_by_test_id("library-row").first
    await expect(row).to_contain_text("Get a quote")
    await row.click()

    await page.get_by_test_id("intent-description").fill("A price for a new policy. Not a renewal.")
    await page.get_by_test_id("example-add").fill(
        "name me your price for a new policy\nname me your price for a new policy"
    )
    await page.get_by_test_id("example-add").press("Enter")
    await page.get_by_test_id("save").click()
    await expect(page.get_by_test_id("undo-bar")).to_contain_text("was changed")
    await page.screenshot(path=SHOTS / "library-edited.png")

    await page.get_by_test_id("pause").click()
    await expect(page.get_by_test_id("undo-bar")).to_contain_text("is paused")
    assert ASKED_FOR not in (await ask(live, QUOTE))["text"]

    await page.get_by_test_id("editor-close").click()
    await page.get_by_test_id("library-versions").click()
    versions = page.get_by_test_id("version")
    await expect(versions).to_have_count(3)
    await versions.nth(1).locator("summary").click()
    await expect(versions.nth(1)).to_contain_text("name me your price for a new policy")
    await versions.nth(1).get_by_test_id("roll-back").click()
    await page.get_by_test_id("confirm").click()
    await expect(versions).to_have_count(4)
    assert ASKED_FOR in (await ask(live, QUOTE))["text"]


async def test_an_intent_written_by_hand_serves_the_next_customer(live: Live, quiet_chromium: Browser) -> None:
    page = await on_tab(quiet_chromium, live, "library")
    await page.get_by_test_id("new-intent").click()
    await page.get_by_test_id("intent-name").fill("Borrow a ladder")
    await page.get_by_test_id("example-add").fill(LADDERS)
    await page.get_by_test_id("example-add").press("Enter")
    await page.get_by_test_id("kind-article").click()
    await page.get_by_test_id("serve-target").select_option("refunds")
    await page.get_by_test_id("save").click()
    await expect(page.get_by_test_id("editor-problem")).to_contain_text("description")
    await page.get_by_test_id("intent-description").fill("Whether we lend ladders.")
    await page.get_by_test_id("save").click()
    await expect(page.get_by_test_id("undo-bar")).to_contain_text("Borrow a ladder")
    said = await ask(live, "could you lend me a ladder for the weekend?")
    assert [source["article_id"] for source in said["sources"]] == ["refunds"]


async def test_an_import_shows_what_it_would_change_and_refuses_nonsense(live: Live, quiet_chromium: Browser) -> None:
    page = await on_tab(quiet_chromium, live, "library")
    await expect(page.get_by_test_id("library-row").first).to_be_visible()
    count = await page.get_by_test_id("library-row").count()
    await page.get_by_test_id("import").click()
    file = page.get_by_test_id("import-file")
    await file.set_input_files({"name": "broken.yaml", "mimeType": "text/yaml", "buffer": b"groups: [oops"})
    await expect(page.get_by_test_id("import-problem")).to_be_visible()
    await expect(page.get_by_test_id("confirm")).to_be_disabled()

    await file.set_input_files({"name": "nlu.yml", "mimeType": "text/yaml", "buffer": RASA})
    await expect(page.get_by_test_id("import-preview")).to_contain_text("can I borrow a ladder")
    await expect(page.get_by_test_id("import-problem")).to_have_count(0)
    await page.get_by_test_id("confirm").click()
    await expect(page.get_by_test_id("library-row")).to_have_count(count + 1)

    await page.get_by_test_id("export").locator("summary").click()
    async with page.expect_download() as started:
        await page.get_by_test_id("export-rasa").click()
    exported = await (await started.value).path()
    assert "any word on my claim by now" in exported.read_text()
