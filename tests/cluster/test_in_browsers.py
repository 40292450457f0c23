"""Customer, operator and supervisor in Chromium, each at a process of their own, while a fourth is killed."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.brokers import BrokerServer
from tests.support.call_pages import SHOTS, in_call, write
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, PATIENCE_MS, browser, page_of
from tests.support.live import Doors
from tests.support.process import WarmServer, free_port, warm_server
from tests.support.spoken_pages import sign_in

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
]
Node = tuple[WarmServer, Doors]


@pytest.fixture
async def four(
    shared_url: str, broker: BrokerServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[list[Node]]:
    """Four processes; the first leads."""
    monkeypatch.setenv("SWITCHBOARD_DATABASE_URL", shared_url)
    monkeypatch.setenv("SWITCHBOARD_BROKER_URL", broker.url)
    monkeypatch.setenv("SWITCHBOARD_STT", "scripted")
    monkeypatch.setenv("SWITCHBOARD_TTS", "scripted")
    monkeypatch.setenv("SWITCHBOARD_REVIEW_SECONDS", "1")
    async with AsyncExitStack() as stack:
        nodes = []
        for name in "abcd":
            port = free_port()
            server = await stack.enter_async_context(warm_server(tmp_path / name, port))
            await server.start()
            nodes.append((server, Doors(port)))
            await nodes[-1][1].served()
        yield nodes


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as found:
        yield found


async def test_a_chat_becomes_a_call_and_the_one_that_led_is_killed(four: list[Node], chromium: Browser) -> None:
    (first, _), (_, at_customer), (_, at_operator), (_, at_supervisor) = four
    maya = await page_of(chromium, width=1440, height=900)
    await sign_in(maya, at_operator.base, "maya@harbour.example")
    await expect(maya.get_by_test_id("presence")).to_have_attribute("data-presence", "available")
    sam = await page_of(chromium, width=1440, height=900)
    await sign_in(sam, at_supervisor.base, "sam@harbour.example")
    await sam.goto(f"{at_supervisor.base}/supervisor")

    customer = await page_of(chromium, talks=True)
    await customer.goto(at_customer.base)
    await customer.get_by_test_id("site-call").click()
    await in_call(customer)
    await first.kill()
    await write(customer, "an operator, please")
    await maya.get_by_test_id("accept").click(timeout=PATIENCE_MS)
    await expect(customer.get_by_test_id("call")).to_have_attribute("data-line", "bridged", timeout=PATIENCE_MS)
    await expect(maya.get_by_test_id("phone-bar")).to_have_attribute("data-phase", "live", timeout=PATIENCE_MS)
    await expect(sam.get_by_test_id("live-row")).to_contain_text("Maya Okafor")
    await sam.screenshot(path=SHOTS / "cluster-supervisor.png")
    await first.start()
    await write(customer, "are you there?")
    await expect(maya.get_by_text("are you there?").first).to_be_visible()
    await maya.get_by_test_id("composer").fill("I am, with words too.")
    await maya.get_by_test_id("send").click()
    await expect(customer.get_by_text("I am, with words too.").first).to_be_visible()
