"""Does a server that takes calls grow? `python -m bench.calls_leak [--calls 200] [--at-once 10] [--seconds 5] [--json]`

A real server process with the real speech models; callers speak a sentence of the server's own voice through real
sockets, hang up after so many seconds, or are cut off (every fifth). Memory is read when all lines are closed: after
the first 20 calls, which load the models and fill the caches, and after all of them. Promised: within 5 %.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from bench.report import Row, print_rows
from bench.server_process import ServerProcess, served
from bench.voice.caller import Caller, CallFailed, Target
from bench.voice.lines import Line
from bench.voice.servers import free_port
from speech.audio import to_pcm16
from speech.providers import SpeechOptions, open_voice
from telephony.wire import FRAME_BYTES, SAMPLE_RATE_HZ

WARM_CALLS = 20
MOST_GROWTH = 0.05
WISH = "Hello, where is my claim, please?"
SETTLE_SECONDS = 3.0
"""From the last line's end to the reading: what was said last is being recorded."""


def main() -> int:
    """The command line; 1 when it grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.calls_leak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of a call")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        line = spoken(Path(folder))
        port = free_port()
        settings = {"SWITCHBOARD_VOICE_AT_START": "true"}
        with served(Path(folder), port, **settings) as server:
            rows = asyncio.run(measure(server, port, line, given.calls, given.at_once, given.seconds))
    print_rows(rows, as_json=given.json)
    growth = next(row.value for row in rows if row.name == "growth_pct")
    return int(growth > MOST_GROWTH * 100)


def spoken(folder: Path) -> Line:
    """The callers' sentence, in the voice that comes with the install."""
    voice = open_voice(SpeechOptions(model_cache=folder))
    sound = resample_poly(voice.say(WISH), SAMPLE_RATE_HZ, voice.rate_hz)
    pcm = to_pcm16(np.asarray(sound, np.float32))
    pcm += bytes(-len(pcm) % FRAME_BYTES)
    frames = tuple(pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm), FRAME_BYTES))
    return Line("wish", frames, 0.0, 0.0, len(pcm) / 2 / SAMPLE_RATE_HZ)


async def measure(server: ServerProcess, port: int, line: Line, calls: int, at_once: int, seconds: float) -> list[Row]:
    """Rows: memory after the first calls and after all, what it grew, what was heard and what failed."""
    target = Target("ours", f"ws://127.0.0.1:{port}/ws/voice", f"ws://127.0.0.1:{port}/ws/chat")
    started = time.monotonic()
    done = await run(target, line, WARM_CALLS, at_once, seconds)
    await asyncio.sleep(SETTLE_SECONDS)
    warm_mb = server.memory_kb() / 1024
    done += await run(target, line, calls - WARM_CALLS, at_once, seconds)
    await asyncio.sleep(SETTLE_SECONDS)
    after_mb = server.memory_kb() / 1024
    return [
        Row("calls", len(done), "calls"),
        Row("calls_understood", sum(done), "calls"),
        Row("rss_after_20_mb", warm_mb, "MB"),
        Row("rss_after_all_mb", after_mb, "MB"),
        Row("growth_pct", (after_mb / warm_mb - 1) * 100, "%"),
        Row("server_cpu_s", server.cpu_seconds(), "s"),
        Row("wall_s", time.monotonic() - started, "s"),
    ]


async def run(target: Target, line: Line, calls: int, at_once: int, seconds: float) -> list[bool]:
    """So many calls, some at once; for each whether the caller's words arrived."""
    numbers = iter(range(calls))
    done: list[bool] = []

    async def caller(delay: float) -> None:
        await asyncio.sleep(delay)  # people do not all ring in the same instant
        while (number := next(numbers, None)) is not None:
            done.append(await one_call(target, line, seconds, is_cut_off=number % 5 == 4))

    async with asyncio.TaskGroup() as tasks:
        for index in range(min(at_once, calls)):
            tasks.create_task(caller(seconds * index / at_once))
    return done


async def one_call(target: Target, line: Line, seconds: float, *, is_cut_off: bool) -> bool:
    """Ring, speak, stay, go; True when the words arrived."""
    try:
        caller = await Caller.ring(target)
    except (CallFailed, OSError, TimeoutError) as error:
        print(f"a call failed: {error}", file=sys.stderr)
        return False
    caller.say(line)
    await asyncio.sleep(seconds)
    if is_cut_off:
        caller.cut_off()
    with suppress(OSError):
        await caller.hang_up()
    return bool(caller.words)


if __name__ == "__main__":
    sys.exit(main())
