"""A live call is passed to a colleague in Chromium: what the caller's page and both desks show, all along."""

import asyncio
import io
import re
import wave

import numpy as np
import pytest
from playwright.async_api import Browser, Page, expect

from speech.audio import Samples, to_pcm16
from tests.support.call_pages import SHOTS, desk_of, in_call, sent_by, write
from tests.support.calls import pitch_of
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, PATIENCE_MS, WAV_HZ, hush, page_of, say
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)]

MAYA, TOM = "maya@harbour.example", "tom@harbour.example"
NOTHING_HZ = 3_000
"""A tone that stands for no words."""


def tones(*parts: tuple[float, float]) -> bytes:
    """A WAV of (hertz, seconds); 0 Hz is silence."""
    pieces: list[Samples] = []
    for hertz, seconds in parts:
        time = np.arange(round(seconds * WAV_HZ)) / WAV_HZ
        pieces.append((0.3 * np.sin(2 * np.pi * hertz * time)).astype(np.float32))
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(WAV_HZ)
        file.writeframes(to_pcm16(np.concatenate(pieces)))
    return kept.getvalue()


async def caller_with(chromium: Browser, lines: Live, maya: Page) -> Page:
    """A caller who speaks with Maya."""
    caller = await page_of(chromium, talks=True)
    await caller.goto(lines.base)
    await caller.get_by_test_id("site-call").click()
    await in_call(caller)
    await write(caller, "an operator, please")
    await maya.get_by_test_id("accept").click()
    await bridged(caller, "Maya")
    await expect(maya.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    return caller


async def bridged(caller: Page, name: str) -> None:
    await expect(caller.get_by_test_id("call")).to_have_attribute("data-line", "bridged", timeout=PATIENCE_MS)
    await expect(caller.get_by_test_id("call-state")).to_have_text(re.compile(name))


async def test_a_live_call_is_passed_to_a_colleague(lines: Live, chromium: Browser) -> None:
    maya = await desk_of(chromium, lines, MAYA)
    caller = await caller_with(chromium, lines, maya)
    tom = await desk_of(chromium, lines, TOM, width=390, height=844, scheme="dark")

    await maya.get_by_test_id("transfer").click()
    await maya.get_by_test_id("colleague").filter(has_text="Tom").click()
    await maya.get_by_test_id("note").fill("Knows about boilers.")
    await maya.screenshot(path=SHOTS / "desk-call-transfer.png")
    await maya.get_by_test_id("confirm").click()

    await expect(maya.get_by_text("You are off the line.")).to_be_visible()
    await expect(maya.get_by_test_id("work-item")).to_have_count(0)
    await expect(maya.get_by_test_id("phone-bar")).to_have_count(0)
    await maya.screenshot(path=SHOTS / "desk-call-passed-on.png")
    await expect(caller.get_by_test_id("call")).to_have_attribute("data-line", "holding")
    await expect(caller.get_by_test_id("call")).to_have_attribute("data-phase", "live")
    await caller.screenshot(path=SHOTS / "call-passed-on.png")
    card = caller.get_by_test_id("handover-card")
    await expect(card).to_have_attribute("data-state", "passed")
    await expect(caller.get_by_test_id("confirm-handover")).to_have_count(0)
    await expect(tom.get_by_test_id("offer-toast")).to_contain_text("Call")
    await expect(tom.get_by_test_id("passed-on")).to_contain_text("Maya Okafor passes this on")
    await expect(tom.get_by_test_id("passed-on")).to_contain_text("Knows about boilers.")
    await tom.screenshot(path=SHOTS / "desk-phone-call-passed-on.png")

    await tom.get_by_test_id("accept").click()
    await bridged(caller, "Tom")
    await expect(tom.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    await expect(tom.get_by_text("Passed to Tom Ashdown. Knows about boilers.")).to_be_visible()
    await expect(maya.get_by_test_id("work-item")).to_have_count(0)
    await tom.screenshot(path=SHOTS / "desk-phone-call-taken.png")


async def test_a_colleague_who_was_asked_in_is_told_when_the_call_goes_on_without_them(
    lines: Live, chromium: Browser
) -> None:
    maya = await desk_of(chromium, lines, MAYA)
    caller = await caller_with(chromium, lines, maya)
    tom = await desk_of(chromium, lines, TOM)
    await maya.get_by_test_id("phone-consult").click()
    await maya.get_by_test_id("colleague").filter(has_text="Tom").click()
    await maya.get_by_test_id("note").fill("Is this covered?")
    await maya.get_by_test_id("confirm").click()
    await expect(tom.get_by_test_id("consult-toast")).to_contain_text("Maya Okafor asks you in")
    await expect(tom.get_by_test_id("consult-toast")).to_contain_text("Is this covered?")
    await tom.screenshot(path=SHOTS / "desk-consult-asked.png")
    await tom.get_by_test_id("consult-take").click()
    await expect(maya.get_by_test_id("consult")).to_have_attribute("data-status", "private", timeout=PATIENCE_MS)
    await expect(tom.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    await maya.get_by_test_id("consult-end").click()
    await expect(tom.get_by_text("You are off the line.")).to_be_visible()
    await tom.screenshot(path=SHOTS / "desk-consult-over.png")
    await bridged(caller, "Maya")
    await expect(maya.get_by_text("You are off the line.")).to_have_count(0)


async def test_words_appear_while_they_are_said_and_go_when_they_were_none(lines: Live, chromium: Browser) -> None:
    maya = await desk_of(chromium, lines, MAYA)
    caller = await caller_with(chromium, lines, maya)
    being_said = maya.locator("article.ghost")
    await say(caller, tones((pitch_of("my roof leaks again"), 2.5), (0, 1.5)))
    await expect(maya.get_by_test_id("message").filter(has_text="my roof leaks again")).to_have_count(1)
    await expect(being_said).to_have_count(0)
    await say(caller, tones((pitch_of("and then the"), 1.6), (NOTHING_HZ, 2.5), (0, 0.5)))
    await expect(being_said).to_contain_text("and then the")
    await maya.screenshot(path=SHOTS / "desk-being-said.png")
    await expect(being_said).to_have_count(0, timeout=PATIENCE_MS)
    await expect(maya.get_by_test_id("message").filter(has_text="and then the")).to_have_count(0)


async def test_words_a_colleague_is_saying_stand_under_their_name(lines: Live, chromium: Browser) -> None:
    maya = await desk_of(chromium, lines, MAYA)
    await caller_with(chromium, lines, maya)
    tom = await desk_of(chromium, lines, TOM, talks=True)
    await maya.get_by_test_id("phone-consult").click()
    await maya.get_by_test_id("colleague").filter(has_text="Tom").click()
    await maya.get_by_test_id("confirm").click()
    await tom.get_by_test_id("consult-take").click()
    await expect(tom.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    await maya.get_by_test_id("consult-merge").click()
    await expect(tom.get_by_test_id("consult")).to_have_attribute("data-status", "merged")

    talking = asyncio.create_task(say(tom, tones((pitch_of("the drying comes first"), 1)), again=True))
    at_maya, at_tom = maya.locator("article.ghost"), tom.locator("article.ghost")
    await expect(at_maya).to_contain_text("the drying comes first")
    await expect(at_maya).to_contain_text("Tom Ashdown")
    await maya.screenshot(path=SHOTS / "desk-colleague-being-said.png")
    await expect(at_tom).to_contain_text("You")
    await hush(tom)
    await talking
    said = maya.get_by_test_id("message").filter(has_text="the drying comes first")
    await expect(said).to_contain_text("Tom Ashdown", timeout=PATIENCE_MS)


async def test_a_brief_is_heard_once_though_the_line_is_opened_again(lines: Live, chromium: Browser) -> None:
    maya = await desk_of(chromium, lines, MAYA)
    said = sent_by(maya)
    caller = await page_of(chromium)
    await caller.goto(lines.base)
    await caller.get_by_test_id("site-call").click()
    await in_call(caller)
    await write(caller, "an operator, please")
    await maya.get_by_test_id("offer-brief").check()
    await maya.get_by_test_id("accept").click()
    await expect(maya.get_by_test_id("brief")).to_be_visible(timeout=PATIENCE_MS)
    await bridged(caller, "Maya")
    await maya.reload()
    await expect(maya.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    assert [one["wants_brief"] for one in said if one["type"] == "start"] == [True, False]
    await expect(maya.get_by_test_id("wants-brief")).to_be_checked()
