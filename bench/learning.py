"""What a run of discovery costs the customers who chat meanwhile.

python -m bench.learning --texts FILE [--json] [--candidates 5000] [--sockets 200] [--rate 30] [--seconds 20]

FILE holds one {"utterance": ...} a line. The same load is driven twice at one real server process: first alone, then
while discovery encodes, groups and describes the candidates.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from bench.chat import PAUSE_SECONDS, _drive, _open_many
from bench.report import Row, print_rows
from bench.server_process import served
from config import DEMO_PASSWORD
from storage.kit import Database
from storage.learning import CandidateRow, Candidates

PORT = 8767


def rows_of(texts: list[str], count: int) -> list[CandidateRow]:
    """As many candidates, spread over the last three weeks."""
    now = datetime.now(UTC)
    step = timedelta(days=21) / count
    chosen = [texts[index % len(texts)] for index in range(count)]
    return [
        CandidateRow(f"past-{index}", 3, now - step * (count - index), "chat", "personal", text, "", -3.0, None)
        for index, text in enumerate(chosen)
    ]


async def _until_looked(port: int, candidates: int) -> dict[str, float]:
    """The run that saw most of the candidates; the others the model understands."""
    async with asyncio.timeout(900), httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
        await browser.post("/api/sign-in", json={"email": "sam@harbour.example", "password": DEMO_PASSWORD})
        while True:
            run: dict[str, float] = (await browser.get("/api/discovery")).json()["last_run"]
            if run["candidates"] >= candidates * 0.5:
                return run
            await asyncio.sleep(0.5)


async def _measure(data: Path, texts: list[str], count: int, sockets: int, rate: float, seconds: float) -> list[Row]:
    with served(data, PORT, SWITCHBOARD_DISCOVERY_SECONDS="5") as server:
        customers = await _open_many(server.port, sockets)
        await _drive(customers, rate, 3)
        alone, _ = await _drive(customers, rate, seconds)
        database = Database(f"sqlite:///{data / 'switchboard.sqlite3'}")
        began = time.monotonic()
        await Candidates(database).add(rows_of(texts, count))
        looking = asyncio.create_task(_until_looked(server.port, count))
        beside: list[float] = []
        while not looking.done():
            took, _ = await _drive(customers, rate, 3)
            beside += took
        run = await looking
        waited = time.monotonic() - began
        rss = server.memory_kb()
        await database.close()
        await asyncio.gather(*(one.stop() for one in customers))
    return [
        Row("candidates", run["candidates"], "not understood"),
        Row("proposals", run["proposals"], "found"),
        Row("alone_turn_p50_ms", 1000 * statistics.median(alone), "ms"),
        Row("alone_turn_p95_ms", 1000 * sorted(alone)[int(0.95 * len(alone))], "ms"),
        Row("beside_turn_p50_ms", 1000 * statistics.median(beside), "ms"),
        Row("beside_turn_p95_ms", 1000 * sorted(beside)[int(0.95 * len(beside))], "ms"),
        Row("beside_turn_p99_ms", 1000 * sorted(beside)[int(0.99 * len(beside))], "ms"),
        Row("run_s", run["seconds"], "s at low priority"),
        Row("in_the_inbox_after_s", waited, "s"),
        Row("rss_mb", rss / 1024, "MB"),
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Chat's speed beside a run of discovery.")
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--candidates", type=int, default=5_000)
    parser.add_argument("--sockets", type=int, default=200)
    parser.add_argument("--rate", type=float, default=30.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    if given.rate * PAUSE_SECONDS > given.sockets:
        parser.error("one socket may say five things a second: open more")
    lines = given.texts.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["utterance"] for line in lines if line.strip()]
    random.Random(1).shuffle(texts)
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(_measure(Path(folder), texts, given.candidates, given.sockets, given.rate, given.seconds))
    print_rows(rows, as_json=given.json)


if __name__ == "__main__":
    main()
