"""Recordings: every leg on the call's clock, nothing kept in a pause, whole after a kill, gone when deleted."""

import os
import subprocess
import sys
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from storage.conversation import Recordings, StillRecording
from storage.conversation.recordings import Pause
from telephony.media.recording import MOST_WAITING_BYTES, Recorder
from telephony.wire import FRAME_BYTES

STARTED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FRAME_SECONDS = 0.02
SECOND = 50
"""frames"""


def _frame(value: int) -> bytes:
    return np.full(FRAME_BYTES // 2, value, "<i2").tobytes()


@asynccontextmanager
async def _recorder(root: Path) -> AsyncIterator[Recorder]:
    recorder = Recorder(Recordings(root).folder("c-1"), "call-1", STARTED_AT)
    try:
        yield recorder
    finally:
        await recorder.close()


def _sound(root: Path, leg: str) -> NDArray[np.int16]:
    path = Recordings(root).find_leg("c-1", "call-1", leg)
    assert path is not None
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)


def _level(sound: NDArray[np.int16], at_seconds: float) -> int:
    return int(sound[round(at_seconds * 16_000)])


async def test_each_leg_is_a_wav_on_the_calls_clock(tmp_path: Path) -> None:
    async with _recorder(tmp_path) as recorder:
        for number in range(SECOND):
            recorder.keep("customer", _frame(1_000), 1.0 + number * FRAME_SECONDS)
            recorder.keep("agent", _frame(2_000), 3.0 + number * FRAME_SECONDS)

    customer, agent = _sound(tmp_path, "customer"), _sound(tmp_path, "agent")
    assert [_level(customer, at) for at in (0.5, 1.0, 1.99)] == [0, 1_000, 1_000]
    assert [_level(agent, at) for at in (2.9, 3.0, 3.99)] == [0, 2_000, 2_000]
    (call,) = Recordings(tmp_path).calls("c-1")
    assert (call.call_id, call.started_at, call.seconds) == ("call-1", STARTED_AT, 4.0)
    assert [(leg.leg, leg.seconds) for leg in call.legs] == [("agent", 4.0), ("customer", 2.0)]


async def test_a_gap_is_silence_and_an_uneven_line_leaves_no_hole(tmp_path: Path) -> None:
    async with _recorder(tmp_path) as recorder:
        for number in range(SECOND):
            late = 0.0 if number % 2 else 0.015
            recorder.keep("customer", _frame(1_000), number * FRAME_SECONDS + late)
        recorder.keep("customer", _frame(3_000), 5.0)

    sound = _sound(tmp_path, "customer")
    assert set(sound[240 : 16_000 - 240].tolist()) == {1_000}
    assert set(sound[16_400:80_000].tolist()) == {0}
    assert _level(sound, 5.0) == 3_000


async def test_after_a_stall_silence_is_left_out_until_the_leg_is_in_step(tmp_path: Path) -> None:
    async with _recorder(tmp_path) as recorder:
        for _ in range(SECOND):
            recorder.keep("customer", _frame(1_000), 1.0)
        for number in range(2 * SECOND):
            recorder.keep("customer", _frame(0), 1.0 + number * FRAME_SECONDS)
        recorder.keep("customer", _frame(3_000), 3.0)

    sound = _sound(tmp_path, "customer")
    assert np.count_nonzero(sound == 1_000) == 16_000
    first = int(np.flatnonzero(sound == 3_000)[0])
    assert first / 16_000 == pytest.approx(3.0, abs=0.11)


async def test_a_pause_keeps_no_sound_and_is_marked(tmp_path: Path) -> None:
    async with _recorder(tmp_path) as recorder:
        recorder.keep("customer", _frame(1_000), 0.0)
        recorder.pause(1.0)
        recorder.keep("customer", _frame(4_929), 1.5)
        recorder.resume(2.0)
        recorder.keep("customer", _frame(1_000), 2.5)
        recorder.pause(3.0)

    sound = _sound(tmp_path, "customer")
    assert 4_929 not in sound
    assert [_level(sound, at) for at in (0.0, 1.5, 2.5)] == [1_000, 0, 1_000]
    (call,) = Recordings(tmp_path).calls("c-1")
    assert call.pauses == (Pause(1_000, 2_000), Pause(3_000, None))


async def test_what_a_slow_disk_cannot_take_is_counted_and_silent(tmp_path: Path) -> None:
    recorder = Recorder(Recordings(tmp_path).folder("c-1"), "call-1", STARTED_AT, write_seconds=3_600)
    second = _frame(1_000) * SECOND
    fits = MOST_WAITING_BYTES // len(second)
    for number in range(fits + 5):
        recorder.keep("customer", second, float(number))
    await recorder.close()

    (call,) = Recordings(tmp_path).calls("c-1")
    assert call.seconds == fits
    assert call.lost_seconds == 5


async def test_a_disk_that_fails_ends_the_recording_and_not_the_call(tmp_path: Path) -> None:
    (tmp_path / "c-1").write_text("a file where the folder should be")
    async with _recorder(tmp_path) as recorder:
        recorder.keep("customer", _frame(1_000), 0.0)
    assert recorder.is_broken


_RECORDS_FOR_EVER = """
import sys, time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from telephony.media.recording import Recorder

folder = Path(sys.argv[1]) / "c-1"
leg = folder / "call-1" / "customer.wav"
recorder = Recorder(folder, "call-1", datetime(2026, 11, 22, tzinfo=UTC), write_seconds=0.02)
for number in range(100):
    recorder.keep("customer", b"\\xe8\\x03" * 320, number * 0.02)
while not leg.exists() or leg.stat().st_size < 64_044:
    pass
print("two seconds are on disk", flush=True)
for number in count(100):
    time.sleep(0.001)
    recorder.keep("customer", b"\\xe8\\x03" * 320, number * 0.02)
"""


def test_a_killed_recorder_leaves_a_playable_file(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    command = [sys.executable, "-c", _RECORDS_FOR_EVER, str(tmp_path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(StillRecording):
            recordings.find_leg("c-1", "call-1", "customer")
        with pytest.raises(StillRecording):
            recordings.forget("c-1")
        assert recordings.calls("c-1") == ()
        process.kill()
    with (tmp_path / "c-1" / "call-1" / "customer.wav").open("r+b") as file:
        file.seek(40)  # the worst moment: sound and half a sample written, the header not yet
        file.write(bytes(4))
        file.seek(0, os.SEEK_END)
        file.write(b"\x03")

    sound = _sound(tmp_path, "customer")
    assert len(sound) >= 32_000
    assert set(sound.tolist()) == {1_000}
    assert len(recordings.calls("c-1")) == 1


async def test_only_the_servers_user_may_read_and_deleting_deletes(tmp_path: Path) -> None:
    root = tmp_path / "recordings"
    async with _recorder(root) as recorder:
        recorder.keep("customer", _frame(1_000), 0.0)

    paths = [root, *root.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}
    assert {path.name for path in paths[1:]} == {"c-1", "call-1", "call.json", "customer.wav"}

    Recordings(root).forget("c-1", "call-1")
    assert Recordings(root).calls("c-1") == ()
    Recordings(root).forget("c-1")
    Recordings(root).forget("c-1")
    assert list(root.iterdir()) == []


@pytest.mark.parametrize("name", ["..", "a/b", "", ".hidden", "x" * 65, "a b"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        Recordings(tmp_path).find_leg("c-1", "call-1", name)
    with pytest.raises(ValueError, match="no id"):
        Recordings(tmp_path).folder(name)
