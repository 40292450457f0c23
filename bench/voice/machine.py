"""What else the machine was doing, and what a server used, while something was measured."""

import os
import resource
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType

from bench.server_process import TICKS, ServerProcess


@dataclass(frozen=True)
class Usage:
    """What happened between begin and end of a `Watch`."""

    seconds: float
    server_cpu_seconds: float
    server_peak_mb: float
    callers_cpu_seconds: float
    """spent by this process, which plays the callers on the same cores"""
    others_cores: float
    """cores that other programs kept busy: 0 on a quiet machine"""
    load_average: float
    """the machine's, over the last minute, at the end"""

    @property
    def line(self) -> str:
        """For a log, in words."""
        return (
            f"{self.seconds:.0f} s, others kept {self.others_cores:.2f} of {os.cpu_count()} cores busy, load"
            f" {self.load_average:.1f}, callers {self.callers_cpu_seconds / self.seconds:.2f} cores,"
            f" server {self.server_cpu_seconds / self.seconds:.2f} cores and {self.server_peak_mb:.0f} MB"
        )


class Watch:
    """Use with `with`; `usage` is there afterwards."""

    def __init__(self, server: ServerProcess) -> None:
        self._server = server
        self._over = threading.Event()
        self._peak_kb = 0
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self.usage = Usage(0, 0, 0, 0, 0, 0)

    def __enter__(self) -> "Watch":
        self._began = monotonic()
        self._before = self._server.cpu_seconds(), _own_seconds(), _busy_seconds()
        self._sampler.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._sampler.join()
        if kind is not None:
            return
        seconds = monotonic() - self._began
        after = self._server.cpu_seconds(), _own_seconds(), _busy_seconds()
        server, own, busy = (now - then for now, then in zip(after, self._before, strict=True))
        others = max(0.0, busy - server - own) / seconds
        self.usage = Usage(seconds, server, self._peak_kb / 1024, own, others, os.getloadavg()[0])

    def _sample(self) -> None:
        while not self._over.wait(0.5):
            self._peak_kb = max(self._peak_kb, self._server.memory_kb())


def prefer(pid: int) -> bool:
    """Lets the process and all of its session go before other programs (Linux, root); False where that is refused.

    For a machine that others use too: sessions share the cores as groups, and nice alone counts within a group only.
    """
    try:
        Path(f"/proc/{pid}/autogroup").write_text("-20")
    except OSError:
        return False
    return True


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _busy_seconds() -> float:
    """Of all cores since the start of the machine: user, nice, system, interrupts and stolen."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return sum(fields[place] for place in (0, 1, 2, 5, 6, 7)) / TICKS
