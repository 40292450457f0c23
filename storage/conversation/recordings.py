"""Recorded calls as files: where they lie, reading them, forgetting them. Blocking: call it in a thread.

    <root>/<conversation id>/<call id>/call.json      when the call began, what was left out
                                       customer.wav   one leg: mono, 16 kHz, 16 bits, from the start of the call
                                       agent.wav
                                       p-4f2a.wav     an operator, by id

Names are ids, never a person's. Folders are for the server's user alone (0700, files 0600).
"""

import fcntl
import json
import os
import re
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

SAMPLE_RATE_HZ = 16_000
HEADER_BYTES = 44
FACTS = "call.json"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class StillRecording(Exception):
    """The call is being recorded now; try again when it has ended."""


@dataclass(frozen=True)
class Pause:
    """A stretch that was not recorded: it is silence in every leg."""

    start_ms: int
    end_ms: int | None
    """None: until the end of the call"""


@dataclass(frozen=True)
class RecordedLeg:
    """One side of a call."""

    leg: str
    seconds: float


@dataclass(frozen=True)
class RecordedCall:
    """One call that has been recorded; all its legs begin with the call."""

    call_id: str
    started_at: datetime
    seconds: float
    """of the longest leg"""
    legs: tuple[RecordedLeg, ...]
    pauses: tuple[Pause, ...]
    lost_seconds: float
    """sound the disk was too slow for, all legs together; it is silence too"""


class Recordings:
    """All recorded calls under one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, conversation_id: str) -> Path:
        """Where the calls of a conversation lie, or will. Raises ValueError for what is no id."""
        return self._root / checked_id(conversation_id)

    def calls(self, conversation_id: str) -> tuple[RecordedCall, ...]:
        """The recorded calls of a conversation, first one first, without one that is still being recorded."""
        folder = self.folder(conversation_id)
        found = [_call(call) for call in folder.glob("*/") if _is_ended(call)]
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.started_at))

    def find_leg(self, conversation_id: str, call_id: str, leg: str) -> Path | None:
        """The WAV of one leg, whole even if its recorder was killed. Raises StillRecording; ValueError for no id."""
        path = leg_path(self.folder(conversation_id) / checked_id(call_id), leg)
        if not path.is_file():
            return None
        if not _is_ended(path.parent):
            raise StillRecording(call_id)
        _repair(path)
        return path

    def forget(self, conversation_id: str, call_id: str | None = None) -> None:
        """Delete one call's recording, or all of the conversation. Raises StillRecording and deletes nothing."""
        folder = self.folder(conversation_id)
        gone = folder / checked_id(call_id) if call_id is not None else folder
        for call in [gone] if call_id is not None else folder.glob("*/"):
            if call.is_dir() and not _is_ended(call):
                raise StillRecording(call.name)
        if gone.is_dir():
            shutil.rmtree(gone)


def checked_id(name: str) -> str:
    """The name, if it is a plain id that leads nowhere else. Raises ValueError."""
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is no id")
    return name


def leg_path(call: Path, leg: str) -> Path:
    return call / f"{checked_id(leg)}.wav"


def wav_header(data_bytes: int) -> bytes:
    """The 44 bytes before mono 16 kHz 16-bit sound (RIFF WAVE, format 1)."""
    layout = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * 2, 2, 16)
    return b"RIFF" + struct.pack("<I", 36 + data_bytes) + b"WAVE" + layout + b"data" + struct.pack("<I", data_bytes)


def write_facts(
    call: Path, started_at: datetime, pauses: tuple[tuple[int, int | None], ...], lost_seconds: float
) -> None:
    """Replace the call's facts at once, so that a reader never sees half of them."""
    draft = call / f"{FACTS}.new"
    facts = {"v": 1, "started_at": started_at.isoformat(), "pauses": pauses, "lost_seconds": round(lost_seconds, 2)}
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(facts, file)
    draft.replace(call / FACTS)


@contextmanager
def recording(call: Path) -> Iterator[None]:
    """While it is open the call counts as being recorded. The system lets go of it even if the process is killed."""
    handle = os.open(call, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_ended(call: Path) -> bool:
    handle = os.open(call, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _call(folder: Path) -> RecordedCall | None:
    """None when it was killed before anything was kept."""
    try:
        facts = json.loads((folder / FACTS).read_text())
    except FileNotFoundError:
        return None
    legs = tuple(RecordedLeg(path.stem, _seconds(path)) for path in sorted(folder.glob("*.wav")))
    return RecordedCall(
        call_id=folder.name,
        started_at=datetime.fromisoformat(facts["started_at"]),
        seconds=max((leg.seconds for leg in legs), default=0.0),
        legs=legs,
        pauses=tuple(Pause(start, end) for start, end in facts["pauses"]),
        lost_seconds=facts["lost_seconds"],
    )


def _seconds(path: Path) -> float:
    return max(0, path.stat().st_size - HEADER_BYTES) / (2 * SAMPLE_RATE_HZ)


def _repair(path: Path) -> None:
    """A killed recorder leaves a header older than its sound, or half a sample: the length is what is there."""
    data_bytes = max(0, path.stat().st_size - HEADER_BYTES) // 2 * 2
    with path.open("r+b") as file:
        header = wav_header(data_bytes)
        if file.read(HEADER_BYTES) != header:
            file.seek(0)
            file.write(header)
        file.truncate(HEADER_BYTES + data_bytes)
