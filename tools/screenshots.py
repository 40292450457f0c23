"""Takes docs/images from a running demonstration: `python -m tools.screenshots http://127.0.0.1:8000`.

One customer asks, is answered, asks for a person; Maya takes over. Needs Chromium on the machine and an empty demo
database, so that the pictures show one conversation in order.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000


def main(arguments: list[str], tell: Callable[[Browser, str], None]) -> int:
    """Runs a story in Chromium against the address given; returns the exit code."""
    if len(arguments) != 1:
        print("usage: python -m tools.screenshots http://127.0.0.1:8000", file=sys.stderr)
        return 2
    chromium = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if chromium is None:
        print("Chromium is not installed; on Debian: apt-get install chromium", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        tell(browser, arguments[0])
        browser.close()
    return 0


def tell_the_story(browser: Browser, base: str) -> None:
    """Customer, operator, supervisor; one picture of each."""
    desk = signed_in(browser, base, "maya@harbour.example", "/desk")
    desk.get_by_test_id("presence").click()
    desk.get_by_test_id("presence-available").click()

    customer = new_page(browser)
    customer.goto(base)
    customer.get_by_test_id("launcher").click()
    say(customer, "Where is my claim CL52318?", "date of birth")
    say(customer, "14 September 1987", "Is there anything else")
    say(customer, "Will my no claims discount go down?", "five or more years")
    customer.screenshot(path=IMAGES / "customer.png")

    say(customer, "I'd like to talk to someone about it, please", "pass on")
    customer.get_by_test_id("confirm-handover").click()
    desk.get_by_test_id("accept-greet").click(timeout=PATIENCE_MS)
    expect(customer.get_by_test_id("chat-log")).to_contain_text("no need to repeat", timeout=PATIENCE_MS)
    say(customer, "Great. Does the water damage count against me?", "")
    expect(desk.get_by_test_id("transcript")).to_contain_text("count against me", timeout=PATIENCE_MS)
    expect(desk.get_by_test_id("card-headline")).to_be_visible()
    desk.mouse.move(5, 5)
    desk.wait_for_timeout(6_000)  # short-lived notices leave the picture
    desk.screenshot(path=IMAGES / "desk.png")

    supervisor = signed_in(browser, base, "sam@harbour.example", "/supervisor")
    expect(supervisor.get_by_test_id("live-row")).to_have_count(1, timeout=PATIENCE_MS)
    supervisor.get_by_test_id("live-row").first.click()
    expect(supervisor.get_by_test_id("drawer")).to_be_visible()
    supervisor.wait_for_timeout(1_000)  # the drawer has slid in
    supervisor.screenshot(path=IMAGES / "supervisor.png")


def new_page(browser: Browser) -> Page:
    """A person of their own: cookies and storage are not shared."""
    page = browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="en-GB"
    ).new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def signed_in(browser: Browser, base: str, email: str, path: str) -> Page:
    """Signed in with the demo password, on the page wanted."""
    page = new_page(browser)
    page.goto(f"{base}/sign-in?next={path}")
    page.get_by_test_id("email").fill(email)
    page.get_by_test_id("password").fill("harbour-demo")
    page.get_by_test_id("submit").click()
    page.wait_for_url(f"{base}{path}")
    return page


def say(customer: Page, text: str, answer: str) -> None:
    """Write a message and wait for a reply that contains `answer`."""
    customer.get_by_test_id("composer").fill(text)
    customer.get_by_test_id("send").click()
    expect(customer.get_by_test_id("chat-log")).to_contain_text(answer or text, timeout=PATIENCE_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], tell_the_story))
