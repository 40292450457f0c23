"""What tests of a spoken call in Chromium look for on a page, and what its loudspeaker said."""

import asyncio
import re

from playwright.async_api import Page, expect

from config import DEMO_PASSWORD
from speech.stt.values import TranscriptionRequest
from speech.stt.whisper import WhisperTranscriber
from tests.support.chromium import HEARD_HZ, take_heard

CALL_MS = 60_000
"""A spoken answer takes its time, and the machine is shared."""


def share(words: str, of: str) -> float:
    """How many of the words are in the other text: a busy machine drops a syllable here and there."""
    wanted = words.lower().split()
    return sum(word in of.split() for word in wanted) / len(wanted)


async def written(whisper: WhisperTranscriber, page: Page) -> str:
    """The words in what the page has played since the last look, in lower case without signs."""
    heard = await take_heard(page)
    texts = []
    for start in range(0, len(heard), 25 * HEARD_HZ):
        piece = TranscriptionRequest(heard[start : start + 25 * HEARD_HZ])
        texts.append((await asyncio.to_thread(whisper.transcribe, piece)).text)
    return re.sub(r"[^a-z0-9 ]", "", " ".join(texts).lower())


async def sign_in(page: Page, base: str, email: str) -> None:
    """The desk of this person."""
    await page.goto(f"{base}/sign-in?next=/desk")
    await page.get_by_test_id("email").fill(email)
    await page.get_by_test_id("password").fill(DEMO_PASSWORD)
    await page.get_by_test_id("submit").click()
    await page.wait_for_url(f"{base}/desk")  # not the page before, whose address ends like it


async def line_is(page: Page, line: str) -> None:
    """The call's line comes to be `listening`, `speaking`, `bridged` ..."""
    await expect(page.get_by_test_id("call")).to_have_attribute("data-line", line, timeout=CALL_MS)


async def says(page: Page, words: str) -> None:
    """The log of the chat has the words."""
    said = page.get_by_test_id("message").filter(has_text=re.compile(words, re.IGNORECASE))
    await expect(said.last).to_be_visible(timeout=CALL_MS)


async def until_served(page: Page, port: int) -> None:
    """The customer's page, as soon as the server answers."""
    async with asyncio.timeout(60):
        while True:
            try:
                await page.goto(f"http://127.0.0.1:{port}/")
            except Exception:  # noqa: BLE001 - playwright has no narrower word for "connection refused"
                await asyncio.sleep(0.2)
            else:
                return
