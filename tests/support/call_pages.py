"""The pages of a call whose speech is scripted: the caller's, the desks', and what a page says to the voice socket."""

import json
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, WebSocket, expect

from tests.support.chromium import PATIENCE_MS, page_of
from tests.support.live import Live
from tests.support.spoken_pages import sign_in

SHOTS = Path("test-output/screenshots")


def sent_by(page: Page) -> list[dict[str, Any]]:
    """Everything the page says to the voice socket, as it says it."""
    said: list[dict[str, Any]] = []

    def note(frame: str | bytes) -> None:
        if isinstance(frame, str):
            said.append(json.loads(frame))

    def opened(socket: WebSocket) -> None:
        if socket.url.endswith("voice"):
            socket.on("framesent", note)

    page.on("websocket", opened)
    return said


async def in_call(page: Page) -> None:
    await expect(page.get_by_test_id("call")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)


async def desk_of(chromium: Browser, live: Live, email: str, **look: Any) -> Page:
    """This person's desk, taking customers; `look` as for `page_of`."""
    page = await page_of(chromium, **{"width": 1440, "height": 900} | look)
    await sign_in(page, live.base, email)
    await expect(page.get_by_test_id("presence")).to_have_attribute("data-presence", "available")
    return page


async def write(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()
