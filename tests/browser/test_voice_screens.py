"""The screens of a call: what stands in the way of a microphone, the keypad, chat beside a call, and two operators."""

import re
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.async_api import Browser, expect

from tests.conftest import Start
from tests.support.call_pages import SHOTS, desk_of, in_call, sent_by, write
from tests.support.calls import SCRIPTED, hear_tones
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, PATIENCE_MS, browser, page_of
from tests.support.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)]

OTHER_NAME = "calls.test"
"""A name of this machine that browsers do not take for secure."""


async def test_a_blocked_microphone_is_explained_and_taken_up_once_it_is_allowed(lines: Live) -> None:
    async with browser(allows_microphone=False) as chromium:
        page = await page_of(chromium)
        await page.goto(lines.base)
        await page.get_by_test_id("site-call").click()
        await expect(page.get_by_test_id("call-trouble")).to_contain_text("blocked")
        await page.screenshot(path=SHOTS / "call-blocked.png")
        await page.context.grant_permissions(["microphone"], origin=lines.base)
        await in_call(page)


async def test_without_a_microphone_the_chat_is_offered(lines: Live) -> None:
    async with browser(has_microphone=False) as chromium:
        page = await page_of(chromium, width=390, height=844, scheme="dark")
        await page.context.grant_permissions(["microphone"], origin=lines.base)
        await page.goto(lines.base)
        await page.get_by_test_id("site-call").click()
        await expect(page.get_by_test_id("call-trouble")).to_contain_text("No microphone")
        await page.screenshot(path=SHOTS / "call-no-microphone.png")
        await page.get_by_test_id("chat-instead").click()
        await expect(page.get_by_test_id("message").first).to_contain_text("Harriet")


async def test_a_page_that_is_not_secure_says_that_calls_need_it(lines: Live) -> None:
    async with browser(more=[f"--host-resolver-rules=MAP {OTHER_NAME} 127.0.0.1"]) as chromium:
        page = await page_of(chromium)
        await page.goto(f"http://{OTHER_NAME}:{lines.port}/")
        await page.get_by_test_id("site-call").click()
        await expect(page.get_by_test_id("call-trouble")).to_contain_text("secure page")
        await expect(page.get_by_test_id("call-retry")).to_have_count(0)


class Embedding(SimpleHTTPRequestHandler):
    """Somebody else's site, with our chat in it."""

    home = ""

    def do_GET(self) -> None:
        body = f"<!doctype html><title>Shop</title><script type=module src={self.home}/widget.js></script>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


async def test_a_call_from_another_site(lines: Live, chromium: Browser) -> None:
    shop = type("Shop", (Embedding,), {"home": lines.base})
    with ThreadingHTTPServer(("127.0.0.1", 0), shop) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        page = await page_of(chromium)
        await page.goto(f"http://localhost:{server.server_port}/")
        await page.get_by_test_id("launcher").click()
        await page.get_by_test_id("call-offer").click()
        await in_call(page)
        server.shutdown()
        thread.join()


async def test_mute_and_keypad_by_the_keyboard(lines: Live, chromium: Browser) -> None:
    page = await page_of(chromium)
    said = sent_by(page)
    await page.goto(lines.base)
    await page.get_by_test_id("site-call").click()
    await in_call(page)
    await page.keyboard.press("m")
    await expect(page.get_by_test_id("call-text")).to_have_text("You are muted")
    await page.keyboard.press("m")
    await page.keyboard.press("k")
    for key in "12*":
        await page.keyboard.press(key)
    await page.get_by_test_id("key-9").click()
    await expect(page.get_by_test_id("keys-pressed")).to_have_text("12*9")
    await page.screenshot(path=SHOTS / "call-keypad.png")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("keypad")).to_have_count(0)
    await expect(page.get_by_test_id("panel")).to_be_visible()
    assert [one["is_muted"] for one in said if one["type"] == "mute"] == [True, False]
    assert [one["key"] for one in said if one["type"] == "dtmf"] == ["1", "2", "*", "9"]


LATE_SOUND = """
// The worklets are loaded when the test says so.
window.soundsWaiting = 0;
const mayBegin = new Promise((resolve) => (window.letSoundBegin = resolve));
const { addModule } = AudioWorklet.prototype;
AudioWorklet.prototype.addModule = async function (...asked) {
  window.soundsWaiting += 1;
  await mayBegin;
  return addModule.apply(this, asked);
};
"""
KEEP_MICROPHONE = """
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wishes) => (window.microphoneOfTheTest = await open(wishes));
"""


async def test_a_microphone_that_is_pulled_out_is_named_and_taken_up_again(lines: Live, chromium: Browser) -> None:
    page = await page_of(chromium)
    said = sent_by(page)
    await page.add_init_script(KEEP_MICROPHONE)
    await page.goto(lines.base)
    await page.get_by_test_id("site-call").click()
    await in_call(page)
    # What the browser tells a page whose headset is unplugged, and then that there is a device again.
    await page.evaluate("() => window.microphoneOfTheTest.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    await expect(page.get_by_test_id("call-trouble")).to_contain_text("disconnected")
    await page.evaluate("() => navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    await expect(page.get_by_test_id("call")).to_have_attribute("data-microphone", "on")
    await expect(page.get_by_test_id("call-trouble")).to_have_count(0)
    assert [one["is_muted"] for one in said if one["type"] == "mute"] == [True, False]


async def test_a_letter_in_the_text_field_is_a_letter(lines: Live, chromium: Browser) -> None:
    page = await page_of(chromium)
    said = sent_by(page)
    await page.goto(lines.base)
    await page.get_by_test_id("site-call").click()
    await in_call(page)
    await page.get_by_test_id("composer").press_sequentially("mk1")
    await expect(page.get_by_test_id("composer")).to_have_value("mk1")
    assert not [one for one in said if one["type"] in ("mute", "dtmf")]


async def test_a_call_goes_on_in_the_chat_and_comes_back(lines: Live, chromium: Browser) -> None:
    page = await page_of(chromium)
    said = sent_by(page)
    await page.goto(lines.base)
    await page.get_by_test_id("site-call").click()
    await in_call(page)
    await page.get_by_test_id("call-to-chat").click()
    await expect(page.get_by_test_id("call-over")).to_contain_text("goes on here in writing")
    await write(page, "what does my excess mean?")
    told = page.get_by_test_id("message").filter(has_text="part of a claim you pay yourself")
    await expect(told.first).to_be_visible()
    await page.get_by_test_id("call-again").click()
    await in_call(page)
    first, again = (one for one in said if one["type"] == "start")
    assert "conversation_id" not in first
    assert again["conversation_id"]
    await expect(page.get_by_test_id("message").filter(has_text="what does my excess mean?")).to_have_count(1)


async def test_a_call_begins_once_however_late_the_sound_is_ready(lines: Live, chromium: Browser) -> None:
    page = await page_of(chromium)
    said = sent_by(page)
    await page.add_init_script(LATE_SOUND)
    await page.goto(lines.base)
    async with page.expect_websocket(lambda socket: socket.url.endswith("voice")):
        await page.get_by_test_id("site-call").click()
    await page.wait_for_function("() => window.soundsWaiting === 2")
    assert said == []
    await page.evaluate("() => window.letSoundBegin()")
    await in_call(page)
    assert [one["type"] for one in said].count("start") == 1
    await expect(page.get_by_test_id("call-trouble")).to_have_count(0)


async def test_the_call_goes_on_behind_the_closed_panel(lines: Live, chromium: Browser) -> None:
    page = await page_of(chromium)
    await page.goto(lines.base)
    await page.get_by_test_id("site-call").click()
    await in_call(page)
    await page.get_by_test_id("close").click()
    await expect(page.get_by_test_id("launcher")).to_have_accessible_name(re.compile("In a call"))
    await page.get_by_test_id("launcher").click()
    await in_call(page)
    await page.get_by_test_id("call-end").click()
    await expect(page.get_by_test_id("ended")).to_be_visible(timeout=PATIENCE_MS)


async def test_an_operator_hears_a_brief_first_and_may_skip_it(lines: Live, chromium: Browser) -> None:
    maya = await desk_of(chromium, lines, "maya@harbour.example")
    said = sent_by(maya)
    customer = await page_of(chromium)
    await customer.goto(lines.base)
    await customer.get_by_test_id("site-call").click()
    await in_call(customer)
    await write(customer, "an operator, please")
    await maya.get_by_test_id("offer-brief").check()
    await maya.screenshot(path=SHOTS / "desk-call-offer.png")
    await maya.keyboard.press("Alt+a")
    await expect(maya.get_by_test_id("brief")).to_be_visible(timeout=PATIENCE_MS)
    await maya.keyboard.press("Alt+b")
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "bridged", timeout=PATIENCE_MS)
    await expect(maya.get_by_test_id("legs")).to_contain_text("Customer")
    await maya.keyboard.press("Alt+u")
    await expect(maya.get_by_test_id("phone-mute")).to_have_attribute("aria-pressed", "true")
    assert [one["type"] for one in said if one["type"] in ("start", "skip_brief", "mute")] == [
        "start",
        "skip_brief",
        "mute",
    ]
    assert said[0]["wants_brief"] is True


async def test_a_recorded_call_is_played_in_step_with_its_words(
    start: Start, monkeypatch: pytest.MonkeyPatch, chromium: Browser
) -> None:
    hear_tones(monkeypatch)
    async with start(**SCRIPTED, review_seconds=1, SWITCHBOARD_RECORDING=True) as live:
        maya = await desk_of(chromium, live, "maya@harbour.example")
        customer = await page_of(chromium)
        await customer.goto(live.base)
        await customer.get_by_test_id("site-call").click()
        await in_call(customer)
        await expect(customer.get_by_test_id("call-recording")).to_be_visible()
        await write(customer, "an operator, please")
        await maya.get_by_test_id("accept").click()
        await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "bridged", timeout=PATIENCE_MS)
        await maya.get_by_test_id("phone-record").click()
        await expect(customer.get_by_test_id("call-recording")).to_have_count(0)
        await expect(maya.get_by_test_id("phone-record")).to_have_attribute("aria-pressed", "false")
        await maya.get_by_test_id("phone-record").click()
        await expect(customer.get_by_test_id("call-recording")).to_be_visible()
        await maya.get_by_test_id("end").click()
        await maya.get_by_test_id("confirm").click()
        await expect(customer.get_by_test_id("ended")).to_be_visible(timeout=PATIENCE_MS)

        player = maya.get_by_test_id("call-player")
        await expect(player).to_be_visible(timeout=PATIENCE_MS)
        await maya.get_by_test_id("play-from").last.click()
        await expect(maya.get_by_test_id("word-now").first).to_be_visible()
        await maya.screenshot(path=SHOTS / "desk-recording.png")
        await maya.get_by_test_id("leg-customer").click()
        await expect(maya.get_by_test_id("leg-customer")).to_have_attribute("aria-pressed", "false")
        await player.get_by_test_id("seek").fill("0.5")
        await expect(player).to_contain_text("0:0")


async def test_an_operator_asks_a_colleague_in_and_leaves_the_caller_to_them(lines: Live, chromium: Browser) -> None:
    maya = await desk_of(chromium, lines, "maya@harbour.example")
    customer = await page_of(chromium)
    await customer.goto(lines.base)
    await customer.get_by_test_id("site-call").click()
    await in_call(customer)
    await write(customer, "an operator, please")
    await expect(maya.get_by_test_id("offer-toast")).to_contain_text("Call", timeout=PATIENCE_MS)
    await maya.get_by_test_id("accept").click()
    await expect(maya.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "bridged", timeout=PATIENCE_MS)

    await maya.get_by_test_id("phone-hold").click()
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "on_hold")
    await expect(maya.get_by_test_id("phone-hold")).to_have_attribute("aria-pressed", "true")
    await maya.screenshot(path=SHOTS / "desk-hold.png")
    await maya.get_by_test_id("phone-hold").click()
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "bridged")

    tom = await desk_of(chromium, lines, "tom@harbour.example", width=390, height=844, scheme="dark")
    await maya.get_by_test_id("phone-consult").click()
    await maya.get_by_test_id("colleague").filter(has_text="Tom").click()
    await maya.get_by_test_id("note").fill("Is this covered?")
    await maya.get_by_test_id("confirm").click()
    await expect(maya.get_by_test_id("consult")).to_have_attribute("data-status", "asked")
    await expect(tom.get_by_test_id("consult-toast")).to_contain_text("Is this covered?", timeout=PATIENCE_MS)
    await tom.screenshot(path=SHOTS / "desk-phone-consult.png")
    await tom.get_by_test_id("consult-take").click()
    await expect(maya.get_by_test_id("consult")).to_have_attribute("data-status", "private", timeout=PATIENCE_MS)
    await expect(tom.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "on_hold")
    await maya.screenshot(path=SHOTS / "desk-consult.png")
    await maya.get_by_test_id("consult-merge").click()
    await expect(tom.get_by_test_id("consult")).to_have_attribute("data-status", "merged", timeout=PATIENCE_MS)
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "bridged")
    await tom.screenshot(path=SHOTS / "desk-phone-merged.png")
    await maya.get_by_test_id("consult-complete").click()
    await expect(tom.get_by_test_id("consult")).to_have_count(0, timeout=PATIENCE_MS)
    await expect(tom.get_by_test_id("end")).to_be_visible(timeout=PATIENCE_MS)
    await expect(customer.get_by_test_id("call-state")).to_have_text(re.compile("Tom"), timeout=PATIENCE_MS)
    await expect(maya.get_by_test_id("work-item")).to_have_count(0, timeout=PATIENCE_MS)
