"""Clients that live through any number of server deaths: they reconnect, resume and send again what was not
acknowledged, and remember all they were told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from config import DEMO_PASSWORD

MOST_AT_ONCE = 15
"""Messages sent on one socket: below the burst a client is allowed."""

GONE = (OSError, EOFError, TimeoutError, WebSocketException)
"""What a dying or absent server looks like from here."""

RECONNECT_SECONDS = 0.02


class Stubborn:
    """What both kinds share: numbered messages, one unacknowledged at a time, and a record of every event."""

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self.port = port
        self.sent: dict[str, str] = {}
        """Client id to text."""
        self.acked: dict[str, int] = {}
        """Client id to sequence number, 0 for a repeat."""
        self.pending: str | None = None
        self.welcomes = 0
        self.is_finishing = False

    def next_message(self) -> str | None:
        """The client id to send now: the unacknowledged one first; None when nothing is to be said any more."""
        if self.pending is None and not self.is_finishing:
            self.pending = f"{self.name}-{len(self.sent) + 1}"
            self.sent[self.pending] = f"message {len(self.sent) + 1} of {self.name}"
        return self.pending

    def acknowledged(self, message: dict[str, Any]) -> None:
        assert message["client_id"] == self.pending, "an acknowledgement of nothing that was sent"
        self.acked[message["client_id"]] = message["seq"]
        self.pending = None

    @property
    def is_done(self) -> bool:
        return self.is_finishing and self.pending is None

    async def run(self) -> None:
        """Connect, talk, be cut off, again; cancel to stop."""
        while True:
            try:
                await self._talk()
            except GONE:
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _talk(self) -> None:
        raise NotImplementedError

    async def _say_what_is_to_say(self, wire: ClientConnection, **fields: Any) -> None:
        client_id = self.next_message()
        if client_id is not None:
            await send(wire, "say", client_id=client_id, text=self.sent[client_id], **fields)


class StubbornCustomer(Stubborn):
    """A customer's page."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(name, port)
        self.conversation_id: str | None = None
        self.token: str | None = None
        self.last_seq = 0
        self.seen: dict[int, dict[str, Any]] = {}

    def saw(self, event: dict[str, Any]) -> None:
        assert event["seq"] > self.last_seq, f"{self.name} was sent {event['seq']} again, or out of order"
        self.seen[event["seq"]] = event["data"]
        self.last_seq = event["seq"]

    @property
    def is_answered(self) -> bool:
        """True when someone else spoke last."""
        turns = [data["kind"] for _, data in sorted(self.seen.items()) if data["kind"].endswith("_said")]
        return bool(turns) and turns[-1] != "customer_said"

    async def _talk(self) -> None:
        async with connect(f"ws://127.0.0.1:{self.port}/ws/chat", max_size=None, open_timeout=5) as wire:
            known = {"conversation_id": self.conversation_id, "token": self.token, "last_seq": self.last_seq}
            await send(wire, "hello", v=1, **(known if self.conversation_id else {}))
            said = 0
            async for message in messages(wire):
                match message["type"]:
                    case "welcome":
                        self.conversation_id = message["conversation_id"]
                        self.token = message["token"] or self.token
                        for event in message["events"]:
                            self.saw(event)
                        self.last_seq = max(self.last_seq, message["seq"])
                        self.welcomes += 1
                        await self._say_what_is_to_say(wire)
                    case "event":
                        self.saw(message)
                    case "ack":
                        self.acknowledged(message)
                        said += 1
                        if said < MOST_AT_ONCE:
                            await self._say_what_is_to_say(wire)
                    case "error":
                        raise AssertionError(f"{self.name} was told {message['code']}")


class StubbornOperator(Stubborn):
    """An operator's desk with one conversation open."""

    def __init__(self, name: str, port: int, conversation_id: str, cookies: dict[str, str]) -> None:
        super().__init__(name, port)
        self.conversation_id = conversation_id
        self.seen: dict[int, dict[str, Any]] = {}
        self._cookies = cookies

    def saw(self, event: dict[str, Any]) -> None:
        assert event["seq"] == len(self.seen) + 1, f"{self.name} was sent {event['seq']} after {len(self.seen)}"
        self.seen[event["seq"]] = event["data"]

    async def _talk(self) -> None:
        async with desk(self.port, self._cookies) as wire:
            said = 0
            async for message in messages(wire):
                match message["type"]:
                    case "desk":
                        await send(wire, "open", conversation_id=self.conversation_id, last_seq=len(self.seen))
                    case "conversation":
                        for event in message["events"]:
                            self.saw(event)
                        self.welcomes += 1
                        await self._say_what_is_to_say(wire, conversation_id=self.conversation_id)
                    case "event":
                        self.saw(message)
                    case "ack":
                        self.acknowledged(message)
                        said += 1
                        if said < MOST_AT_ONCE:
                            await self._say_what_is_to_say(wire, conversation_id=self.conversation_id)
                    case "error":
                        raise AssertionError(f"{self.name} was told {message['code']}: {message['message']}")


@asynccontextmanager
async def desk(port: int, cookies: dict[str, str]) -> AsyncIterator[ClientConnection]:
    """A desk's socket, hello already said."""
    base = f"http://127.0.0.1:{port}"
    async with httpx2.AsyncClient(base_url=base, cookies=cookies, timeout=5) as browser:
        try:
            ticket = (await browser.post("/api/ticket")).json()["ticket"]
        except httpx2.TransportError as error:
            raise OSError("the server is gone") from error
        async with connect(f"ws://127.0.0.1:{port}/ws/desk", max_size=None, open_timeout=5) as wire:
            await send(wire, "hello", v=1, ticket=ticket)
            yield wire


async def signed_in(port: int, email: str) -> dict[str, str]:
    """The session cookie of a demo person."""
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
        response = await browser.post("/api/sign-in", json={"email": email, "password": DEMO_PASSWORD})
        assert response.status_code == 200, response.text
        return dict(browser.cookies)


async def send(wire: ClientConnection, type: str, **fields: Any) -> None:  # noqa: A002 - the protocol's own word
    await wire.send(json.dumps({"type": type, **fields}))


async def messages(wire: ClientConnection) -> AsyncIterator[dict[str, Any]]:
    """Everything the server sends until it goes away."""
    while True:
        yield json.loads(await wire.recv())
