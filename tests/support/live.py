"""A real server on a free port in the test's own loop, and clients that speak the real protocol."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Self

import httpx2
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect

from actions import Centre
from app import create_app, serving
from config import DEMO_PASSWORD, Settings
from server import MakeWing, Server, Think

PATIENCE_SECONDS = 20.0
"""How long a client waits for what it expects; generous, since the machine is shared."""


START_SECONDS = 290.0
"""The first server of a run also encodes what the tenant wrote and trains the agent."""

_IDS = count(1)


class Doors:
    """What a centre on this port offers from outside."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.base = f"http://127.0.0.1:{port}"

    async def served(self) -> None:
        """Wait until its agent is ready."""
        async with asyncio.timeout(START_SECONDS), httpx2.AsyncClient(base_url=self.base) as browser:
            while True:
                with suppress(httpx2.TransportError):
                    if (await browser.get("/healthz")).json()["agent"]:
                        return
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx2.AsyncClient]:
        """An HTTP client with its own cookies."""
        async with httpx2.AsyncClient(base_url=self.base, timeout=PATIENCE_SECONDS) as client:
            yield client

    @asynccontextmanager
    async def chat(self, *, headers: Any = None, **hello: Any) -> AsyncIterator["ChatClient"]:
        """A customer's page, already welcomed."""
        url = f"ws://127.0.0.1:{self.port}/ws/chat"
        async with connect(url, max_size=None, max_queue=None, additional_headers=headers) as wire:
            client = ChatClient(wire)
            await client.hello(**hello)
            yield client

    @asynccontextmanager
    async def wire(self, path: str, **headers: str) -> AsyncIterator["Client"]:
        """A bare socket: nothing said yet."""
        async with connect(
            f"ws://127.0.0.1:{self.port}{path}", max_size=None, max_queue=None, additional_headers=headers
        ) as wire:
            yield Client(wire)

    @asynccontextmanager
    async def desk(self, email: str = "maya@harbour.example") -> AsyncIterator["DeskClient"]:
        """A signed-in operator's or supervisor's desk."""
        async with self.browser() as browser:
            ticket = await sign_in(browser, email)
            async with connect(f"ws://127.0.0.1:{self.port}/ws/desk", max_size=None, max_queue=None) as wire:
                client = DeskClient(wire)
                await client.send("hello", v=1, ticket=ticket)
                client.board = await client.expect("desk")
                yield client


class Live(Doors):
    """A centre that runs in the test's own loop."""

    def __init__(self, app: FastAPI, port: int) -> None:
        super().__init__(port)
        self.app = app
        self.server: Server = app.state.server

    @property
    def centre(self) -> Centre:
        return self.server.centre


async def sign_in(browser: httpx2.AsyncClient, email: str) -> str:
    """Sign in and get a ticket for the desk socket."""
    response = await browser.post("/api/sign-in", json={"email": email, "password": DEMO_PASSWORD})
    assert response.status_code == 200, response.text
    ticket: str = (await browser.post("/api/ticket")).json()["ticket"]
    return ticket


class Client:
    """One socket; keeps every message it received."""

    def __init__(self, wire: ClientConnection) -> None:
        self.wire = wire
        self.received: list[dict[str, Any]] = []
        self._unread: list[dict[str, Any]] = []

    async def send(self, type: str, **fields: Any) -> None:  # noqa: A002 - the protocol's own word
        await self.send_text(json.dumps({"type": type, **fields}))

    async def send_text(self, text: str) -> None:
        await self.wire.send(text)

    async def expect(self, type: str, where: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:  # noqa: A002
        """The next message of a type that fits; earlier others stay for later expectations."""
        for index, message in enumerate(self._unread):
            if message["type"] == type and where(message):
                return self._unread.pop(index)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    message = await self._next()
                    if message["type"] == type and where(message):
                        return message
                    self._unread.append(message)
        except TimeoutError:
            kinds = [
                (one["type"], one.get("data", {}).get("kind", one.get("message", ""))) for one in self.received[-12:]
            ]
            raise AssertionError(f"no {type!r} that fits; newest messages: {kinds}") from None

    async def event(self, kind: str, where: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The next event of a kind: its data with seq."""
        found = await self.expect("event", lambda m: m["data"]["kind"] == kind and where(m["data"]))
        return {**found["data"], "seq": found["seq"]}

    async def answered(self, client_id: str) -> None:
        """Wait until the message of that id was acknowledged or refused."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (message := await self._next()).get("client_id") != client_id:
                self._unread.append(message)

    async def error(self) -> dict[str, Any]:
        return await self.expect("error")

    async def closed(self) -> tuple[int, str]:
        """Wait for the server to hang up: code and reason."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.wire.wait_closed()
        assert self.wire.close_code is not None
        return self.wire.close_code, self.wire.close_reason or ""

    def fresh_id(self) -> str:
        return f"fresh-{next(_IDS)}"  # none that a test writes itself

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await self.wire.recv())
        self.received.append(message)
        return message


class ChatClient(Client):
    conversation_id: str
    token: str

    async def hello(self, **fields: Any) -> dict[str, Any]:
        await self.send("hello", v=1, **fields)
        self.welcome = await self.expect("welcome")
        self.conversation_id = self.welcome["conversation_id"]
        self.token = self.welcome["token"] or fields.get("token", "")
        return self.welcome

    async def say(self, text: str, client_id: str | None = None) -> int:
        """Send and wait for the acknowledgement; returns its sequence number."""
        client_id = client_id or self.fresh_id()
        await self.send("say", client_id=client_id, text=text)
        ack = await self.expect("ack", lambda m: m["client_id"] == client_id)
        return int(ack["seq"])

    async def ask(self, text: str) -> dict[str, Any]:
        """Say something; the agent's first line in reply."""
        seq = await self.say(text)
        return await self.event_after("agent_said", seq)

    async def event_after(self, kind: str, seq: int) -> dict[str, Any]:
        found = await self.expect("event", lambda m: m["data"]["kind"] == kind and m["seq"] > seq)
        return {**found["data"], "seq": found["seq"]}

    async def stage(self, stage: str) -> dict[str, Any]:
        return await self.expect("stage", lambda m: m["stage"] == stage)

    async def ask_for_person(self) -> dict[str, Any]:
        """Ask for an operator and confirm the summary; returns the summary card."""
        said = await self.say("an operator, please")
        card = await self.expect("event", lambda m: bool(m["data"].get("card")) and m["seq"] > said)
        await self.send("confirm_handover")
        found: dict[str, Any] = card["data"]["card"]
        return found


class DeskClient(Client):
    board: dict[str, Any]

    async def __aenter__(self) -> Self:
        return self

    async def offer(self, conversation_id: str) -> dict[str, Any]:
        """Wait for the offer; one made while the desk was being opened stands on its board."""
        offers: list[dict[str, Any]] = self.board["offers"]
        for index, one in enumerate(offers):
            if one["item"]["conversation_id"] == conversation_id:
                return offers.pop(index)
        return await self.expect("offer", lambda m: m["item"]["conversation_id"] == conversation_id)

    async def accept(self, conversation_id: str, **fields: Any) -> dict[str, Any]:
        """Wait for the offer, take it, open the conversation; returns the `conversation` message."""
        offered = await self.offer(conversation_id)
        await self.send("accept", conversation_id=conversation_id, offer_id=offered["offer_id"], **fields)
        await self.item(conversation_id, "operator")
        await self.send("open", conversation_id=conversation_id)
        return await self.expect("conversation", lambda m: m["item"]["conversation_id"] == conversation_id)

    async def item(self, conversation_id: str, stage: str) -> dict[str, Any]:
        found = await self.expect(
            "item", lambda m: m["item"]["conversation_id"] == conversation_id and m["item"]["stage"] == stage
        )
        item: dict[str, Any] = found["item"]
        return item

    async def say(self, conversation_id: str, text: str, client_id: str | None = None) -> int:
        client_id = client_id or self.fresh_id()
        await self.send("say", conversation_id=conversation_id, client_id=client_id, text=text)
        ack = await self.expect("ack", lambda m: m["client_id"] == client_id)
        return int(ack["seq"])


@asynccontextmanager
async def running(
    folder: Path, think: Think | None, further: Sequence[MakeWing] = (), **settings: Any
) -> AsyncIterator[Live]:
    """A server over a database in `folder`, stopped with the block."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = {"reload_seconds": 0} | settings  # a desk that closes in a test has left
    app = create_app(Settings(data=folder, port=port, _env_file=None, **settings), think=think, further=further)  # type: ignore[call-arg]
    proxies = settings.get("trusted_proxies", ())
    server = uvicorn.Server(serving(app, trusted_proxies=proxies, shutdown_seconds=2))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        async with asyncio.timeout(START_SECONDS):
            while not server.started:
                assert not task.done(), "the server did not start"
                await asyncio.sleep(0.01)
            if think is not None:
                await app.state.server.centre.agent_slot.ready.wait()
        yield Live(app, port)
    finally:
        server.should_exit = True
        await task
        listening.close()
