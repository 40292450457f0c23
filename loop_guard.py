"""Who holds the event loop: everybody waits for whatever does, so it is named in the log.

A thread looks whether the loop still turns. When it has not for a while, the place where the loop's thread stands is
logged: file, line and function, never a value.
"""

import asyncio
import sys
import threading
import time
from pathlib import Path
from types import FrameType

import structlog

log = structlog.get_logger(__name__)

HELD_SECONDS = 0.05
LOOK_SECONDS = 0.04
SILENCE_SECONDS = 5.0
"""Between two lines about the same place."""
ROOT = str(Path(__file__).resolve().parent)
_WAITS = frozenset({"select", "poll", "_run_once", "run_forever"})


class LoopGuard:
    """Watches the running loop from `start` to `stop`."""

    def __init__(self) -> None:
        self.longest_seconds = 0.0
        """The loop has been held, since it was last asked for; see `take_longest`."""
        self._beat_at = time.monotonic()
        self._is_stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._handle: asyncio.TimerHandle | None = None
        self._told: dict[str, float] = {}

    def start(self) -> None:
        """Begin; from within the loop."""
        self._beat()
        loop_thread = threading.get_ident()
        self._thread = threading.Thread(target=self._watch, args=(loop_thread,), name="loop guard", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._is_stopped.set()
        if self._handle is not None:
            self._handle.cancel()
        if self._thread is not None:
            self._thread.join(1.0)

    def take_longest(self) -> float:
        """The longest hold since this was last called, seconds."""
        longest, self.longest_seconds = self.longest_seconds, 0.0
        return longest

    def _beat(self) -> None:
        self._beat_at = time.monotonic()
        self._handle = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._beat)

    def _watch(self, loop_thread: int) -> None:
        while not self._is_stopped.wait(LOOK_SECONDS):
            held = time.monotonic() - self._beat_at - LOOK_SECONDS
            if held < HELD_SECONDS:
                continue
            place = _place(sys._current_frames().get(loop_thread))  # noqa: SLF001 - the documented way to ask
            if place is None:
                continue  # it waits for the processor, or for another thread
            self.longest_seconds = max(self.longest_seconds, held)
            now = time.monotonic()
            if now - self._told.get(place, -SILENCE_SECONDS) >= SILENCE_SECONDS:
                self._told[place] = now
                log.warning("the event loop is held", place=place, seconds=round(held, 3))


def _place(frame: FrameType | None) -> str | None:
    """Our innermost line, and the library's below it; None while the loop itself waits."""
    if frame is None or frame.f_code.co_name in _WAITS:
        return None
    below = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}"
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(ROOT) and "site-packages" not in path:
            ours = f"{path.removeprefix(ROOT + '/')}:{frame.f_lineno} {frame.f_code.co_name}"
            return ours if ours.endswith(below) else f"{ours} in {below}"
        frame = frame.f_back
    return below
