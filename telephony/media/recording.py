"""Records one call, a WAV per leg, all on the call's clock.

    keep(leg, sound, at) --> [ waiting, 4 MB at most ] --> a thread, twice a second --> <leg>.wav, header last

The event loop never waits for the disk. What the disk is too slow for becomes silence, counted and written down.
Killed in between, every leg is whole up to the last writing.
"""

import asyncio
import os
import threading
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import numpy as np
import structlog

from storage.conversation import HEADER_BYTES, SAMPLE_RATE_HZ, checked_id, leg_path, recording, wav_header, write_facts

log = structlog.get_logger(__name__)

MOST_WAITING_BYTES = 4_000_000
"""Sound kept while the disk is slow: 40 s of three legs. More is dropped."""

WRITE_SECONDS = 0.5

GAP_SECONDS = 0.2
"""A leg this late had a gap; less is the line's unevenness, and its sound goes on without a hole."""

AHEAD_SECONDS = 0.1
"""A leg this far before the call's clock (after a hiccup, or on a fast device) loses silent frames until it is not."""

MOST_AHEAD_SECONDS = 2.0
"""Further ahead nothing is kept."""

QUIET = 200
"""Largest sample of a frame that counts as silent, -44 dBFS."""


class Recorder:
    """The recording of one call. `close` it when the call ends.

    Raises ValueError for a call id that is none. A disk that fails ends the recording, not the call: `is_broken`.
    """

    def __init__(
        self, folder: Path, call_id: str, started_at: datetime, *, write_seconds: float = WRITE_SECONDS
    ) -> None:
        self._call = folder / checked_id(call_id)
        self._started_at = started_at
        self._write_seconds = write_seconds
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, int, bytes]] = []
        self._waiting_bytes = 0
        self._lost_bytes = 0
        self._ends: dict[str, int] = {}
        """Where each leg's next sound belongs, in samples."""
        self._pauses: list[tuple[int, int | None]] = []
        self._has_news = True
        self._files: dict[str, int] = {}
        self._sizes: dict[str, int] = defaultdict(lambda: HEADER_BYTES)
        self._is_broken = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    @property
    def is_broken(self) -> bool:
        """True once the disk has failed; nothing more is recorded."""
        return self._is_broken

    @property
    def is_paused(self) -> bool:
        return bool(self._pauses) and self._pauses[-1][1] is None

    def keep(self, leg: str, pcm: bytes, at: float) -> None:
        """Sound of a leg that begins `at` seconds into the call; mono 16 kHz PCM16, whole samples.

        Raises ValueError for a leg that is no plain id. Never blocks. While paused, nothing is kept.
        """
        if leg not in self._ends:
            checked_id(leg)
        if self.is_paused or self._is_broken or self._ended.is_set():
            return
        start = self._place(leg, pcm, round(at * SAMPLE_RATE_HZ))
        if start is None:
            return
        self._ends[leg] = start + len(pcm) // 2
        with self._lock:
            if self._waiting_bytes + len(pcm) > MOST_WAITING_BYTES:
                self._lost_bytes += len(pcm)
                self._has_news = True
                return
            self._waiting.append((leg, start, pcm))
            self._waiting_bytes += len(pcm)

    def pause(self, at: float) -> None:
        """From here on nothing is recorded: silence in every leg, and a note that it is a pause."""
        if not self.is_paused:
            with self._lock:
                self._pauses.append((round(at * 1_000), None))
                self._has_news = True

    def resume(self, at: float) -> None:
        """Record again."""
        if self.is_paused:
            with self._lock:
                self._pauses[-1] = (self._pauses[-1][0], round(at * 1_000))
                self._has_news = True

    async def close(self) -> None:
        """Everything kept is on disk and readable. A cancelled close still ends the recording."""
        self._ended.set()
        await asyncio.to_thread(self._thread.join)

    def _place(self, leg: str, pcm: bytes, wanted: int) -> int | None:
        """The sample the sound begins at; None when it is left out to get back in step."""
        end = self._ends.get(leg)
        if end is None:
            return max(0, wanted)
        ahead_seconds = (end - wanted) / SAMPLE_RATE_HZ
        if ahead_seconds < -GAP_SECONDS:
            return wanted
        if ahead_seconds > MOST_AHEAD_SECONDS or (ahead_seconds > AHEAD_SECONDS and _is_quiet(pcm)):
            return None
        return end

    def _run(self) -> None:
        try:
            for folder in (self._call.parent.parent, self._call.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._call.mkdir(mode=0o700)
            with recording(self._call):
                while not self._ended.wait(self._write_seconds):
                    self._write()
                self._write()
        except OSError:
            self._is_broken = True
            log.exception("a call can no longer be recorded")
        finally:
            for file in self._files.values():
                os.close(file)

    def _write(self) -> None:
        with self._lock:
            waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
            pauses, lost_bytes = tuple(self._pauses), self._lost_bytes
            has_news, self._has_news = self._has_news, False
        if has_news:
            write_facts(self._call, self._started_at, pauses, lost_bytes / (2 * SAMPLE_RATE_HZ))
        for leg, start, sound in _joined(waiting):
            at = HEADER_BYTES + 2 * start
            _write_whole(self._file(leg), sound, at)  # what lies between is a hole: silence that takes no room
            self._sizes[leg] = max(self._sizes[leg], at + len(sound))
        for leg in {leg for leg, _, _ in waiting}:
            _write_whole(self._files[leg], wav_header(self._sizes[leg] - HEADER_BYTES), 0)

    def _file(self, leg: str) -> int:
        if leg not in self._files:
            self._files[leg] = os.open(leg_path(self._call, leg), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            _write_whole(self._files[leg], wav_header(0), 0)
        return self._files[leg]


def _joined(waiting: list[tuple[str, int, bytes]]) -> list[tuple[str, int, bytes]]:
    """Frames that follow each other as one piece per leg: one writing instead of fifty."""
    runs: dict[str, list[tuple[int, list[bytes]]]] = defaultdict(list)
    ends: dict[str, int] = {}
    for leg, start, sound in waiting:
        if ends.get(leg) == start:
            runs[leg][-1][1].append(sound)
        else:
            runs[leg].append((start, [sound]))
        ends[leg] = start + len(sound) // 2
    return [(leg, start, b"".join(sounds)) for leg, pieces in runs.items() for start, sounds in pieces]


def _write_whole(file: int, data: bytes, at: int) -> None:
    while data:
        done = os.pwrite(file, data, at)
        data, at = data[done:], at + done


def _is_quiet(pcm: bytes) -> bool:
    return int(np.abs(np.frombuffer(pcm, "<i2").astype(np.int32)).max(initial=0)) < QUIET
