"""Server processes that can be killed without warning."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "test-output" / "vectors.sqlite3"
"""What was encoded before, by any run."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def free_port() -> int:
    """A port of loopback nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_of(data: Path, port: int) -> dict[str, str]:
    """The environment of a server over `data`."""
    own = {"SWITCHBOARD_DATA": str(data), "SWITCHBOARD_PORT": str(port), "SWITCHBOARD_LOG_LEVEL": "error"}
    own["SWITCHBOARD_RELOAD_SECONDS"] = "0"  # a desk that closes in a test has left
    return {**os.environ, **ONE_THREAD, **own}


class WarmServer:
    """Starts servers over one data folder and port in milliseconds; see tests.support.warm_server."""

    def __init__(self, launcher: asyncio.subprocess.Process) -> None:
        self._launcher = launcher
        self._pid: int | None = None

    async def start(self) -> None:
        """Start the next one; it may not listen yet."""
        assert self._launcher.stdin is not None
        self._launcher.stdin.write(b"start\n")
        await self._launcher.stdin.drain()
        self._pid = await self._number()

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone; raises AssertionError when it had ended before."""
        assert self._pid is not None
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._pid = None
        status = await self._number()
        assert os.WIFSIGNALED(status), f"the server had stopped with exit code {os.waitstatus_to_exitcode(status)}"

    async def stop(self) -> None:
        if self._pid is not None:
            await self.kill()
        assert self._launcher.stdin is not None
        self._launcher.stdin.close()
        await self._launcher.wait()

    async def _number(self) -> int:
        assert self._launcher.stdout is not None
        line = await self._launcher.stdout.readline()
        assert line, "the launcher has stopped"
        return int(line)


@asynccontextmanager
async def warm_server(data: Path, port: int) -> AsyncIterator[WarmServer]:
    """A launcher of servers over `data`; whatever runs is killed with the block."""
    launcher = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.warm_server",
        cwd=ROOT,
        env=settings_of(data, port),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    server = WarmServer(launcher)
    try:
        yield server
    finally:
        await server.stop()


def with_vectors(data: Path) -> None:
    """Spares a server over `data` what another has encoded and fitted."""
    (data / "cache").mkdir(parents=True, exist_ok=True)
    VECTORS.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(VECTORS)) as kept, closing(sqlite3.connect(data / "cache" / VECTORS.name)) as own:
        kept.backup(own)
    with suppress(shutil.Error, FileNotFoundError):  # another test may take one away meanwhile
        shutil.copytree(VECTORS.with_name("heads"), data / "cache" / "heads", dirs_exist_ok=True)


@asynccontextmanager
async def command_line_server(data: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python app.py` as a user starts it, packaged models included; killed with the block."""
    with_vectors(data)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "app.py", cwd=ROOT, env=settings_of(data, port), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
