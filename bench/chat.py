"""How fast chat is: a thousand open sockets, a hundred turns a second, one worker, SQLite, no language model.

python -m bench.chat [--json] [--sockets 1000] [--rate 100] [--seconds 20]

Every turn is a real message over a real websocket to a real server process, timed from the send to the agent's first
line. The texts are the demo tenant's examples in changing wording, so that caches do not answer for the models.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml
from websockets.asyncio.client import ClientConnection, connect

from bench.report import Row, print_rows
from bench.server_process import ROOT, ServerProcess, served

PORT = 8765
OPENINGS = (
    "",
    "hi, ",
    "hello there, ",
    "quick question: ",
    "sorry to bother you, ",
    "good morning, ",
    "hey ",
    "ok so ",
)
ENDINGS = ("", " please", " thanks", " today", " if possible", " for me", " again", " right now", " when you can")
LONG_EVENTS, SHORT_EVENTS = 1_000, 10
PAUSE_SECONDS = 0.21
"""One socket may not say more than five things a second."""
COMPARED_TURNS = 120


class Customer:
    """One open chat; `turn` says something and waits for the agent's first line."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._ids = 0
        self._waiting: asyncio.Future[float] | None = None
        self.seq = 0
        self.is_closed = False
        self._may_speak_at = 0.0
        self._reader = asyncio.create_task(self._read())

    async def turn(self, text: str) -> float:
        """Seconds from the send to the first line of the answer."""
        self._ids += 1
        await asyncio.sleep(self._may_speak_at - time.perf_counter())
        self._waiting = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._may_speak_at = began + PAUSE_SECONDS
        await self._wire.send(json.dumps({"type": "say", "client_id": f"m{self._ids}", "text": text}))
        async with asyncio.timeout(30):
            return await self._waiting - began

    async def stop(self) -> None:
        self._reader.cancel()
        await self._wire.close()

    async def _read(self) -> None:
        async for raw in self._wire:
            message: dict[str, Any] = json.loads(raw)
            if message["type"] == "event":
                self.seq = message["seq"]
                kind = message["data"]["kind"]
                if kind == "agent_said" and self._waiting and not self._waiting.done():
                    self._waiting.set_result(time.perf_counter())
                self.is_closed = self.is_closed or kind == "ended"


async def join(port: int) -> Customer:
    """A new chat, welcomed."""
    wire = await connect(f"ws://127.0.0.1:{port}/ws/chat", compression=None, ping_interval=None)
    await wire.send(json.dumps({"type": "hello", "v": 1}))
    welcome = json.loads(await wire.recv())
    assert welcome["type"] == "welcome", welcome
    return Customer(wire)


def texts(seed: int) -> "list[str]":
    """The demo tenant's examples, thousands of wordings of them, shuffled."""
    library = yaml.safe_load((ROOT / "demo" / "insurer" / "intents.yaml").read_text(encoding="utf-8"))
    examples = [text for group in library["groups"] for intent in group["intents"] for text in intent["examples"]]
    made = [f"{opening}{text}{ending}" for text in examples for opening in OPENINGS for ending in ENDINGS]
    random.Random(seed).shuffle(made)
    return made


async def _open_many(port: int, count: int) -> list[Customer]:
    customers: list[Customer] = []
    for start in range(0, count, 20):
        customers += await asyncio.gather(*(join(port) for _ in range(min(20, count - start))))
    return customers


async def _drive(customers: list[Customer], rate: float, seconds: float) -> tuple[list[float], float]:
    """Turns at a fixed rate, each by another customer; latencies in seconds and the rate reached."""
    said = iter(texts(seed=1))
    loop = asyncio.get_running_loop()
    began = loop.time()
    running: list[asyncio.Task[float]] = []
    for index in range(int(rate * seconds)):
        customer = customers[index % len(customers)]
        await asyncio.sleep(max(0.0, began + index / rate - loop.time()))
        if not customer.is_closed:
            running.append(asyncio.create_task(customer.turn(next(said))))
    results = await asyncio.gather(*running, return_exceptions=True)
    took = loop.time() - began
    failed = [one for one in results if isinstance(one, BaseException)]
    if failed:
        raise RuntimeError(f"{len(failed)} of {len(results)} turns got no answer; first: {failed[0]!r}")
    return [one for one in results if isinstance(one, float)], len(results) / took


async def _lengthen(customer: Customer, events: int) -> None:
    """Talk until the conversation has so many events; the topic stays small talk, so that its state stays alike."""
    while customer.seq < events:
        await customer.turn("what does my excess mean?")


async def _long_conversation_cost(server: ServerProcess) -> float:
    """Median time of a turn in a long conversation over that in a short one, taken in turns."""
    long, short = await join(server.port), await join(server.port)
    await _lengthen(long, LONG_EVENTS)
    await _lengthen(short, SHORT_EVENTS)
    longs, shorts = [], []
    for _ in range(COMPARED_TURNS):
        longs.append(await long.turn("what does my excess mean?"))
        if short.seq > SHORT_EVENTS * 6:
            await short.stop()
            short = await join(server.port)
            await _lengthen(short, SHORT_EVENTS)
        shorts.append(await short.turn("what does my excess mean?"))
    await long.stop()
    await short.stop()
    return statistics.median(longs) / statistics.median(shorts)


async def _measure(server: ServerProcess, sockets: int, rate: float, seconds: float) -> list[Row]:
    warm = await _open_many(server.port, 20)
    await asyncio.gather(*(one.turn("what does my excess mean?") for one in warm))
    before = server.memory_kb()
    customers = await _open_many(server.port, sockets)
    await asyncio.sleep(1)  # let what the openings left behind settle before the memory is read
    socket_kb = (server.memory_kb() - before) / sockets
    cpu_before = server.cpu_seconds()
    took, reached = await _drive(customers, rate, seconds)
    cpu_ms = 1000 * (server.cpu_seconds() - cpu_before) / len(took)
    ordered = sorted(took)
    rss = server.memory_kb()
    is_torch_free = not server.has_loaded("libtorch")
    await asyncio.gather(*(one.stop() for one in [*customers, *warm]))
    ratio = await _long_conversation_cost(server)
    return [
        Row("sockets", len(customers), "open"),
        Row("turns_per_s", reached, "1/s"),
        Row("turn_p50_ms", 1000 * statistics.median(took), "ms"),
        Row("turn_p95_ms", 1000 * ordered[int(0.95 * len(ordered))], "ms"),
        Row("turn_cpu_ms", cpu_ms, "ms"),
        Row("socket_kb", socket_kb, "KB"),
        Row("long_conversation_cost_ratio", ratio, "x"),
        Row("rss_mb", rss / 1024, "MB"),
        Row("torch_free", float(is_torch_free), "1 = yes"),
        Row("cold_start_s", server.first_page_seconds, "s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sockets", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with served(Path(folder), PORT):
            pass  # the first start fills the database and the caches
        with served(Path(folder), PORT) as server:
            rows = asyncio.run(_measure(server, given.sockets, given.rate, given.seconds))
    print_rows(rows, as_json=given.json)


if __name__ == "__main__":
    main()
