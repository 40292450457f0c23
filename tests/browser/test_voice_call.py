"""A call lived through in Chromium, with recordings as microphones and what the loudspeakers played written down again.

The customer holds a conversation with the agent, interrupts it, and is put through to an operator's page in a second
browser; people do the same at bench.voice's coffee bar (tests/data/people/README.md says who speaks); the server is
killed in the middle of a call and the page takes the same conversation up again.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import Browser, Page, expect

from speech.stt.whisper import WhisperTranscriber
from speech.tts.hibari import HibariVoice
from tests.conftest import Start
from tests.support.chromium import (
    CHROMIUM,
    NO_CHROMIUM,
    browser,
    page_of,
    say,
    sounds_for,
    take_heard,
    write_wav,
)
from tests.support.live import Live
from tests.support.process import ROOT, command_line_server, free_port, settings_of
from tests.support.spoken_pages import CALL_MS, line_is, says, share, sign_in, until_served, written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.alone,
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
]

SHOTS = Path("test-output/screenshots")
INTERRUPTS_AFTER_SECONDS = 4.0
"""The answer is three times as long."""

PEOPLE_INTERRUPT_AFTER_SECONDS = 1.5
"""The coffee bar's answer is four times as long."""

PEOPLE = ROOT / "tests" / "data" / "people"
CAFE = ROOT / "bench" / "cafe"
QUESTION = "What does my excess mean?"
WISH = "Can I talk to a person please?"
CUSTOMERS_WORD = "The plumber came on Tuesday morning."
OPERATORS_WORD = "Hello, this is Maya. I can see your question about the excess."


@pytest.fixture(scope="module")
def voice() -> HibariVoice:
    return HibariVoice()


@pytest.fixture
def recorded(voice: HibariVoice, tmp_path: Path) -> Callable[[str], bytes]:
    """A recording of somebody saying this, with a moment of silence before and after."""

    def record(text: str) -> bytes:
        silence = np.zeros(round(0.3 * voice.rate_hz), np.float32)
        return write_wav(tmp_path / f"{text[:12]}.wav", [silence, voice.say(text), silence], voice.rate_hz).read_bytes()

    return record


async def desk_and_caller(chromium: Browser, live: Live, email: str) -> tuple[Page, Page]:
    """An operator at their desk, and a caller who has been greeted."""
    await live.server.calls.engine_loader.engine()
    desk = await page_of(chromium, width=1440, height=900, talks=True)
    await sign_in(desk, live.base, email)
    customer = await page_of(chromium, talks=True)
    await customer.goto(live.base)
    await customer.get_by_test_id("site-call").click()
    await line_is(customer, "speaking")
    await line_is(customer, "listening")
    return desk, customer


async def test_a_caller_asks_interrupts_and_is_put_through_to_a_person(
    speaking: Start, recorded: Callable[[str], bytes], whisper: WhisperTranscriber
) -> None:
    async with speaking(review_seconds=1, SWITCHBOARD_RECORDING=True) as live, browser() as chromium:
        desk, customer = await desk_and_caller(chromium, live, "maya@harbour.example")
        greeting = await written(whisper, customer)
        assert share("you can ask for a person at any time", greeting) > 0.6, greeting
        await say(customer, recorded(QUESTION))
        await says(customer, "what does my excess mean")
        await sounds_for(customer, INTERRUPTS_AFTER_SECONDS)
        await customer.screenshot(path=SHOTS / "call-speaking.png")
        await say(customer, recorded(WISH))
        await says(customer, "talk to a person")
        await expect(desk.get_by_test_id("offer-toast")).to_be_visible(timeout=CALL_MS)
        answer = await written(whisper, customer)
        assert share("the excess is the part of a claim you pay yourself", answer) > 0.6, answer
        assert "voluntary" not in answer, "the end of the answer was cut off"

        await desk.get_by_test_id("accept").click()
        await line_is(customer, "bridged")
        await expect(customer.get_by_test_id("call-state")).to_have_text("Maya Okafor")
        await expect(desk.get_by_test_id("legs")).to_contain_text("Customer", timeout=CALL_MS)
        await expect(desk.get_by_test_id("unheard").first).to_be_visible()
        await take_heard(customer)
        await take_heard(desk)
        await say(desk, recorded(OPERATORS_WORD))
        await says(customer, "this is Maya")
        await says(customer, "about the excess")
        await say(customer, recorded(CUSTOMERS_WORD))
        await says(desk, "plumber")
        await customer.screenshot(path=SHOTS / "call-bridged.png")
        await desk.screenshot(path=SHOTS / "desk-call.png")
        at_the_customer = await written(whisper, customer)
        assert share("i can see your question about the excess", at_the_customer) > 0.6, at_the_customer
        at_the_operator = await written(whisper, desk)
        assert share("the plumber came on tuesday morning", at_the_operator) > 0.6, at_the_operator
        await ended_and_played_back(desk, customer)


async def ended_and_played_back(desk: Page, customer: Page) -> None:
    """The operator ends the call; the transcript plays it, word by word."""
    await desk.get_by_test_id("end").click()
    await desk.get_by_test_id("confirm").click()
    await expect(customer.get_by_test_id("call-over")).to_be_visible(timeout=CALL_MS)
    await expect(customer.get_by_test_id("ended")).to_be_visible()
    player = desk.get_by_test_id("call-player")
    await expect(player).to_be_visible(timeout=CALL_MS)
    await desk.get_by_test_id("play-from").last.click()
    await expect(desk.get_by_test_id("word-now").first).to_be_visible()
    await desk.screenshot(path=SHOTS / "desk-recording.png")
    await desk.get_by_test_id("leg-customer").click()
    await expect(desk.get_by_test_id("leg-customer")).to_have_attribute("aria-pressed", "false")
    await player.get_by_test_id("play").click()
    await expect(player).to_have_attribute("data-playing", "false")


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
        desk, customer = await desk_and_caller(chromium, live, "noor@cornercoffee.example")
        greeting = await written(whisper, customer)
        assert share("corner coffee the ai speaking", greeting) > 0.6, greeting

        await say(customer, recording("drip-coffee"))
        await says(customer, "drip coffee")
        await line_is(customer, "listening")
        answer = await written(whisper, customer)
        assert share("it will be at the counter in five minutes", answer) > 0.6, answer

        await say(customer, recording("cappuccino"))
        await say(customer, recording("representative"), after_sounding=PEOPLE_INTERRUPT_AFTER_SECONDS)
        await says(customer, "dark roast")  # then comes a cappuccino, whose spelling lies at the edge
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
        assert share("give me a ounce soy milk", at_the_operator) > 0.6, at_the_operator


async def test_a_killed_server_is_named_and_the_call_goes_on_in_the_same_conversation(
    voice: HibariVoice, models: Path, tmp_path: Path
) -> None:
    silence = np.zeros(10 * voice.rate_hz, np.float32)
    # Chromium plays this as its microphone from the first press on; the question comes every ten seconds.
    question = [silence, silence, *[voice.say(QUESTION), silence] * 8]
    microphone = write_wav(tmp_path / "question.wav", question, voice.rate_hz)
    data, port = tmp_path / "data", free_port()
    data.mkdir()
    (data / "models").symlink_to(models)
    async with browser(microphone=microphone) as chromium:
        page = await page_of(chromium)
        async with command_line_server(data, port) as server:
            await until_served(page, port)
            await page.get_by_test_id("site-call").click()
            await line_is(page, "speaking")
            await says(page, "Harriet")
            server.kill()
            await server.wait()
            await expect(page.get_by_test_id("call-lost")).to_be_visible(timeout=CALL_MS)
            await page.screenshot(path=SHOTS / "call-lost.png")
        async with command_line_server(data, port):
            await expect(page.get_by_test_id("call-back")).to_be_visible(timeout=CALL_MS)
            # The greeting of before the kill is still there, and the agent answers what is said now.
            await says(page, "Harriet")
            await says(page, "what does my excess mean")
            await says(page, "part of a claim you pay yourself")
