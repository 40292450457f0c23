"""What a caller would have heard, and when."""

import numpy as np
import pytest

from bench.voice.loudspeaker import RATE_HZ, Loudspeaker


def sound(seconds: float, level: float) -> bytes:
    return np.full(round(seconds * RATE_HZ), level * 32767).astype("<i2").tobytes()


def test_sound_plays_in_order_however_early_it_comes() -> None:
    speaker = Loudspeaker()
    assert speaker.play(sound(0.1, 0.3), at=5.0) == 5.0
    assert speaker.play(sound(0.1, 0.3), at=5.01) == pytest.approx(5.1)
    assert speaker.plays_until == pytest.approx(5.2)


def test_late_sound_leaves_a_gap() -> None:
    speaker = Loudspeaker()
    speaker.play(sound(0.1, 0.3), at=5.0)
    assert speaker.play(sound(0.1, 0.3), at=6.0) == 6.0


def test_silence_before_the_voice_is_not_heard() -> None:
    speaker = Loudspeaker()
    heard = speaker.play(sound(0.28, 0.001) + sound(0.1, 0.3), at=1.0)
    assert heard == pytest.approx(1.28)
    assert speaker.play(sound(1.0, 0.0), at=2.0) is None


def test_a_flush_drops_what_was_not_played() -> None:
    speaker = Loudspeaker()
    speaker.play(sound(1.0, 0.3), at=1.0)
    speaker.flush(at=1.4)
    assert speaker.last_audible(before=9.0) == pytest.approx(1.4, abs=1e-3)
    assert speaker.first_audible(since=1.41) is None
    assert speaker.play(sound(0.1, 0.3), at=1.5) == 1.5


def test_first_and_last_audible_look_inside_what_was_played() -> None:
    speaker = Loudspeaker()
    speaker.play(sound(0.5, 0.3) + sound(0.5, 0.0) + sound(0.5, 0.3), at=0.0)
    assert speaker.first_audible(since=0.7) == pytest.approx(1.0)
    assert speaker.last_audible(before=0.9) == pytest.approx(0.5, abs=1e-3)


def test_what_is_forgotten_is_no_longer_found() -> None:
    speaker = Loudspeaker()
    speaker.play(sound(0.5, 0.3), at=0.0)
    speaker.forget(before=1.0)
    assert speaker.last_audible(before=9.0) is None
