"""A real server in a process of its own, watched from outside: its memory, its processor time, its start."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class ServerProcess:
    """One running server."""

    pid: int
    port: int
    first_page_seconds: float
    """From the start of the process to its first page."""

    def memory_kb(self) -> int:
        """Resident memory now."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise RuntimeError(f"process {self.pid} has no memory")

    def cpu_seconds(self) -> float:
        """Processor time used so far, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def has_loaded(self, library: str) -> bool:
        """True when a shared library of that name is mapped into the process."""
        return library in Path(f"/proc/{self.pid}/maps").read_text()


@contextmanager
def served(data: Path, port: int, **settings: str) -> Iterator[ServerProcess]:
    """Start `python app.py` on `data`, wait for the first page and the agent, and stop it with the block."""
    environment = os.environ | {"SWITCHBOARD_DATA": str(data), "SWITCHBOARD_PORT": str(port)}
    environment |= {"SWITCHBOARD_DEMO_DAY": "2026-11-22", "SWITCHBOARD_SOURCE_LIMITS": "0"} | settings
    environment |= {"OMP_NUM_THREADS": "1", "SWITCHBOARD_LOG_LEVEL": "error"}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", b"", process)
        first_page = time.monotonic() - started
        _wait_for(f"http://127.0.0.1:{port}/healthz", b'"agent":true', process)
        yield ServerProcess(process.pid, port, first_page)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(url: str, wanted: bytes, process: "subprocess.Popen[bytes]") -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                if wanted in response.read():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
            continue
        time.sleep(0.05)
    raise TimeoutError(f"{url} did not answer within {START_SECONDS:.0f} s")
