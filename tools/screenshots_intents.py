"""Takes the pictures of the intent inbox and the library: `python -m tools.screenshots_intents http://127.0.0.1:8000`.

Customers ask for what the demonstration foresaw and for what it did not; the supervisor reads, corrects and replays.
Needs what `tools.screenshots` needs.
"""

import re
import sys

from playwright.sync_api import Browser, expect

from tools.screenshots import IMAGES, PATIENCE_MS, main, new_page, say, signed_in

UNFORESEEN = (
    "when do my points vanish?",
    "do my loyalty points expire",
    "how long before my reward points run out",
    "will I lose my loyalty points at the end of the year",
    "is there a deadline for using my points",
    "points expiry date please",
    "when will my reward points lapse",
    "how long are my loyalty points valid",
    "my points are about to expire, when exactly",
    "can I cover my electric bike",
    "do you insure electric bicycles",
    "cover for my e-bike and its battery please",
    "is my electric bike insured if it gets stolen",
    "does my home policy cover an electric bike battery",
)
FORESEEN = (
    "what does my excess mean?",
    "how much is my excess",
    "where is my claim CL52318?",
    "when is my next payment due",
    "will my no claims discount go down?",
    "how do I renew my policy",
)


def tell_of_intents(browser: Browser, base: str) -> None:
    """A picture of the inbox with a replay, and one of the library with an intent open."""
    for text in (*UNFORESEEN, *FORESEEN):
        customer = new_page(browser)
        customer.goto(base)
        customer.get_by_test_id("launcher").click()
        say(customer, text, "")
        expect(customer.get_by_test_id("message")).to_have_count(3, timeout=PATIENCE_MS)
        customer.context.close()

    page = signed_in(browser, base, "sam@harbour.example", "/supervisor")
    page.get_by_test_id("tab-intents").click()
    page.get_by_test_id("look-now").click()
    page.get_by_test_id("confirm").click()
    page.get_by_test_id("proposal").filter(has_text=re.compile("points", re.IGNORECASE)).first.click()
    page.get_by_test_id("name").fill("Find out when my points expire")
    page.get_by_test_id("description").fill(
        "The customer asks when loyalty points lapse. Not the renewal of the policy."
    )
    page.get_by_test_id("description").blur()
    page.get_by_test_id("kind-article").click()
    expect(page.get_by_test_id("save-state")).to_contain_text("Saved", timeout=PATIENCE_MS)
    page.get_by_test_id("replay").click()
    expect(page.get_by_test_id("replay-result")).to_be_visible(timeout=PATIENCE_MS)
    page.mouse.move(5, 5)
    page.wait_for_timeout(9_000)  # short-lived notices leave the picture
    page.screenshot(path=IMAGES / "intents.png")

    page.get_by_test_id("tab-library").click()
    page.get_by_test_id("library-row").filter(has_text="excess").first.click()
    expect(page.get_by_test_id("intent-editor")).to_contain_text("Stays with the agent", timeout=PATIENCE_MS)
    page.screenshot(path=IMAGES / "library.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], tell_of_intents))
