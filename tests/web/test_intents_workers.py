"""Two server processes over one database agree about the library, and a third that starts later too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect

from tests.support.learning import Door
from tests.support.live import ChatClient, Client, sign_in
from tests.support.process import command_line_server, free_port

START_SECONDS = 240.0
"""Patience with a busy machine; a free one needs five."""
AGREE_SECONDS = 30.0
"""They look twice a second; a busy machine takes longer."""
ASKED = "when do my loyalty points vanish?"
POINTS = {
    "name": "Ask when loyalty points expire",
    "description": "When points lapse, not how many there are.",
    "group": "billing",
    "solution": {"kind": "article", "target": "renewals"},
    "examples": [
        "when do my loyalty points expire?",
        "do my reward points vanish at some time?",
        "how long are my loyalty points valid?",
        "when do my points run out?",
    ],
}


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[int]:
    """A server as users start it, its agent loaded; its port."""
    port = free_port()
    async with command_line_server(folder, port), httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
        async with asyncio.timeout(START_SECONDS):
            while not await _is_ready(browser):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.1)
        yield port


async def _is_ready(browser: httpx2.AsyncClient) -> bool:
    try:
        return bool((await browser.get("/healthz")).json()["agent"])
    except httpx2.TransportError:
        return False


@asynccontextmanager
async def supervisor_at(port: int) -> AsyncIterator[Door]:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
        await sign_in(browser, "sam@harbour.example")
        yield Door(browser)


async def answer(port: int) -> str:
    """What a new customer of that process is told."""
    async with connect(f"ws://127.0.0.1:{port}/ws/chat", max_size=None) as wire:
        customer = ChatClient(wire)
        assert isinstance(customer, Client)
        await customer.hello()
        return str((await customer.ask(ASKED))["text"])


async def becomes_served(port: int, *, is_served: bool) -> None:
    """Returns once a new customer of that process is served, or is not any more."""
    async with asyncio.timeout(AGREE_SECONDS):
        while ("renewal" in (await answer(port)).lower()) is not is_served:  # noqa: ASYNC110 - the other process
            await asyncio.sleep(0.02)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_two_workers_agree_and_so_does_one_that_starts_later(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(started(tmp_path))
        other = await stack.enter_async_context(started(tmp_path))
        door = await stack.enter_async_context(supervisor_at(one))
        assert not any(["renewal" in (await answer(port)).lower() for port in (one, other)])

        changed = await door.post("/api/library/intents", POINTS, expected=201)
        assert "renewal" in (await answer(one)).lower()
        await becomes_served(other, is_served=True)

        later = await stack.enter_async_context(started(tmp_path))
        assert "renewal" in (await answer(later)).lower()

        await door.post("/api/library/undo", {"version": changed["version"]})
        assert "renewal" not in (await answer(one)).lower()
        await becomes_served(other, is_served=False)
