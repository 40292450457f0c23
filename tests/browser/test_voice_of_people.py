"""A call in Chromium with recordings of people as its microphones: bench.voice's coffee bar, a caller, an operator.

Orders are answered, an answer is talked over, the caller asks for a person and is put through; what either side heard
is written down again. tests/data/people/README.md says who speaks.
"""

import asyncio
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect

from speech.stt.whisper import WhisperTranscriber
from tests.conftest import Start
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, browser, page_of, say, sounds_for, take_heard
from tests.support.process import ROOT, free_port, settings_of
from tests.support.spoken_pages import CALL_MS, line_is, says, share, sign_in, written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
]

PEOPLE = ROOT / "tests" / "data" / "people"
CAFE = ROOT / "bench" / "cafe"
INTERRUPTS_AFTER_SECONDS = 1.5
"""The answer is four times as long."""


def recording(name: str) -> bytes:
    return (PEOPLE / f"{name}.flac").read_bytes()


async def open_coffee_bar(data: Path) -> None:
    """The coffee bar as the tenant of this data folder."""
    loading = await asyncio.create_subprocess_exec(
        sys.executable, "app.py", "load", str(CAFE), cwd=ROOT, env=settings_of(data, free_port())
    )
    assert await loading.wait() == 0


async def test_people_order_interrupt_and_are_put_through(
    speaking: Start, tmp_path: Path, whisper: WhisperTranscriber
) -> None:
    await open_coffee_bar(tmp_path)
    async with speaking(review_seconds=1) as live, browser() as chromium:
        await live.server.exchange.room.engine()
        desk = await page_of(chromium, width=1440, height=900, talks=True)
        await sign_in(desk, live.base, "noor@cornercoffee.example")
        customer = await page_of(chromium, talks=True)
        await customer.goto(live.base)
        await customer.get_by_test_id("site-call").click()

        await line_is(customer, "speaking")
        await line_is(customer, "listening")
        greeting = await written(whisper, customer)
        assert share("corner coffee the ai speaking", greeting) > 0.6, greeting

        await say(customer, recording("drip-coffee"))
        await says(customer, "drip coffee")
        await line_is(customer, "listening")
        answer = await written(whisper, customer)
        assert share("it will be at the counter in five minutes", answer) > 0.6, answer

        await say(customer, recording("cappuccino"))
        await says(customer, "cappuccino")
        await sounds_for(customer, INTERRUPTS_AFTER_SECONDS)
        await say(customer, recording("representative"))
        await says(customer, "speak with a representative")
        await expect(desk.get_by_test_id("offer-toast")).to_be_visible(timeout=CALL_MS)
        answer = await written(whisper, customer)
        assert share("thank you the bar is making it now", answer) > 0.6, answer
        assert "five minutes" not in answer, "the end of the answer was cut off"

        await desk.get_by_test_id("accept").click()
        await line_is(customer, "bridged")
        await expect(desk.get_by_test_id("legs")).to_contain_text("Customer", timeout=CALL_MS)
        await take_heard(customer)
        await take_heard(desk)
        await say(desk, recording("sunday"))
        await says(customer, "best part of the week")
        await say(customer, recording("mocha"))
        await says(desk, "soy milk")
        at_the_customer = await written(whisper, customer)
        assert share("sunday is the best part of the week", at_the_customer) > 0.6, at_the_customer
        at_the_operator = await written(whisper, desk)
        assert share("ounce mocha with soy milk", at_the_operator) > 0.6, at_the_operator
