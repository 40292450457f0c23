"""The hold sound is soft, level and endless; the other tones are what a caller knows."""

from itertools import islice

import numpy as np
import pytest
from numpy.typing import NDArray

from speech.audio import Samples, from_pcm16, peak, rms_dbfs
from telephony.media.hold_sound import chime, hold_frames, prepare, ringback_frames
from telephony.wire import FRAME_BYTES, SAMPLE_RATE_HZ

LOOP_FRAMES = 2_400
FADE_FRAMES = 100


@pytest.fixture(scope="module")
def hold() -> Samples:
    """A minute and a half: nearly two rounds."""
    prepare()
    return from_pcm16(b"".join(islice(hold_frames(), 4_500)))


def test_frames_are_whole() -> None:
    frames = [*islice(hold_frames(), LOOP_FRAMES + 1), *islice(ringback_frames(), 200)]
    assert {len(frame) for frame in frames} == {FRAME_BYTES}
    assert len(chime()) % FRAME_BYTES == 0


def test_it_begins_softly(hold: Samples) -> None:
    assert peak(hold[: SAMPLE_RATE_HZ // 10]) < 0.005
    assert rms_dbfs(hold[: SAMPLE_RATE_HZ // 2]) < -40


def test_it_is_softer_than_a_voice_and_as_loud_all_the_time(hold: Samples) -> None:
    seconds = hold[3 * SAMPLE_RATE_HZ : 83 * SAMPLE_RATE_HZ].reshape(80, SAMPLE_RATE_HZ)
    levels = [rms_dbfs(second) for second in seconds]
    assert min(levels) > -32
    assert max(levels) < -26
    assert peak(hold) < 0.16


def test_the_seam_is_not_heard(hold: Samples) -> None:
    seam = LOOP_FRAMES * FRAME_BYTES // 2
    around = np.abs(np.diff(hold[seam - 160 : seam + 160])).max()
    assert around <= np.abs(np.diff(hold[SAMPLE_RATE_HZ * 5 :])).max()
    assert np.array_equal(
        hold[FADE_FRAMES * 320 : FADE_FRAMES * 320 + 16_000], hold[seam + FADE_FRAMES * 320 :][:16_000]
    )


def test_it_is_warm_and_nothing_hisses(hold: Samples) -> None:
    assert _share(hold[SAMPLE_RATE_HZ * 3 :], 100, 1_600) > 0.95
    assert _share(hold[SAMPLE_RATE_HZ * 3 :], 3_400, 8_000) < 0.001


def test_the_ringing_tone_has_its_two_pitches_and_its_cadence() -> None:
    tone = from_pcm16(b"".join(islice(ringback_frames(), 150)))
    assert _share(tone, 395, 405) + _share(tone, 445, 455) > 0.95
    is_on = [rms_dbfs(part) > -60 for part in tone.reshape(15, -1)]
    assert is_on == [True] * 2 + [False] + [True] * 2 + [False] * 10


def test_the_chime_is_short_and_ends_in_silence() -> None:
    sound = from_pcm16(chime())
    assert len(sound) <= 0.7 * SAMPLE_RATE_HZ
    assert 0.05 < peak(sound) < 0.2
    assert peak(sound[-80:]) < 0.002


def _share(sound: Samples, low_hz: float, high_hz: float) -> float:
    """How much of the power lies between two pitches, 0 to 1."""
    power: NDArray[np.float64] = np.abs(np.fft.rfft(sound)) ** 2
    pitch = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
    return float(power[(pitch >= low_hz) & (pitch < high_hz)].sum() / power.sum())
