"""What tests of learning share: a wish nobody foresaw, and a supervisor's browser."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from tests.support.live import PATIENCE_SECONDS, Live, sign_in

SUPERVISOR = "sam@harbour.example"

POINTS = (
    "when do my loyalty points expire?",
    "do my reward points vanish at some time?",
    "are loyalty points valid forever?",
    "will I lose my loyalty points at the end of the year?",
    "when do my loyalty points run out?",
    "are my reward points gone after a year?",
    "expiry date of loyalty points please",
)
"""The demo's library has no intent for it."""
DRONES = (
    "can drones be rented from you",
    "do you rent out drones",
    "drone rental please, a big one",
    "how much is it to rent a drone for a day",
    "where can I pick up a rented drone",
)


class Door:
    """JSON in and out of the supervisor's doors; `expected` is the status that must come back."""

    def __init__(self, browser: httpx2.AsyncClient) -> None:
        self.browser = browser

    async def get(self, path: str, expected: int = 200, **query: Any) -> Any:
        return self._read(await self.browser.get(path, params=query), expected)

    async def post(self, path: str, body: dict[str, Any] | None = None, expected: int = 200) -> Any:
        return self._read(await self.browser.post(path, json=body or {}), expected)

    async def patch(self, path: str, body: dict[str, Any], expected: int = 200) -> Any:
        return self._read(await self.browser.patch(path, json=body), expected)

    async def put(self, path: str, body: dict[str, Any], expected: int = 200) -> Any:
        return self._read(await self.browser.put(path, json=body), expected)

    async def delete(self, path: str, expected: int = 200) -> Any:
        return self._read(await self.browser.delete(path), expected)

    async def job(self, path: str, body: dict[str, Any]) -> Any:
        """Start long work and wait for its result."""
        job = await self.post(path, body, 202)

        async def state() -> Any:
            now = await self.get(f"/api/jobs/{job['id']}")
            return now if now["state"] != "running" else None

        done = await until(state)
        assert done["state"] == "done", done
        return done["result"]

    async def inbox(self, count: int, status: str = "pending") -> list[Any]:
        """The proposals of a status, once there are so many."""

        async def found() -> Any:
            items = (await self.get("/api/proposals", status=status))["items"]
            return items if len(items) == count else None

        items: list[Any] = await until(found) if count else (await self.get("/api/proposals", status=status))["items"]
        return items

    def _read(self, response: httpx2.Response, expected: int) -> Any:
        assert response.status_code == expected, f"{response.status_code}: {response.text[:600]}"
        return response.json() if response.content else None


async def until(look: Callable[[], Awaitable[Any]]) -> Any:
    """What `look` gives once it is something; raises TimeoutError if it never is."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (found := await look()):  # noqa: ASYNC110 - another process may be what changes it
            await asyncio.sleep(0.05)
        return found


@asynccontextmanager
async def supervisor(live: Live) -> AsyncIterator[Door]:
    """A signed-in supervisor."""
    async with live.browser() as browser:
        await sign_in(browser, SUPERVISOR)
        yield Door(browser)


async def say_each(live: Live, texts: Sequence[str]) -> list[str]:
    """One customer each, who asks and leaves; their conversations' ids."""
    ids = []
    for text in texts:
        async with live.chat() as customer:
            await customer.ask(text)
            ids.append(customer.conversation_id)
    return ids


async def recognised(live: Live, text: str) -> str | None:
    """The intent that a new customer's words are recognised as."""
    async with live.chat() as customer:
        await customer.ask(text)
        state = await live.centre.store.reload(customer.conversation_id)
        return state.dialogue.intents[-1].intent if state.dialogue.intents else None
