"""The browser's voice wire: what it promises of formats, floods and noise."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.codecs.browser import BrowserCodec
from telephony.codecs.browser.codec import KEY_BURST
from telephony.wire import (
    FRAME_BYTES,
    AudioFrame,
    Caption,
    Digit,
    Flush,
    HungUp,
    Mark,
    Muted,
    Play,
    Played,
    Problem,
    Refused,
    Started,
)

START = json.dumps({"type": "start", "v": 1, "rate_hz": 16_000, "frame_ms": 20, "conversation_id": "c-1", "token": "t"})


def started() -> BrowserCodec:
    codec = BrowserCodec()
    assert codec.decode(START, 0.0) == [Started("c-1", "t")]
    return codec


def test_a_call_as_values() -> None:
    codec = started()
    frame = bytes(range(256)) * 2 + bytes(128)
    assert codec.decode(frame * 2, 0.1) == [AudioFrame(frame), AudioFrame(frame)]
    assert codec.decode('{"type": "dtmf", "key": "#"}', 0.2) == [Digit("#")]
    assert codec.decode('{"type": "played", "mark": "m1"}', 0.3) == [Played("m1")]
    assert codec.decode('{"type": "mute", "is_muted": true}', 0.4) == [Muted(True)]
    assert codec.decode('{"type": "hangup"}', 0.5) == [HungUp()]


@pytest.mark.parametrize(("rate", "frame_ms"), [(8_000, 20), (48_000, 20), (16_000, 10)])
def test_a_wrong_format_is_named(rate: int, frame_ms: int) -> None:
    [refused] = BrowserCodec().decode(json.dumps({"type": "start", "v": 1, "rate_hz": rate, "frame_ms": frame_ms}), 0.0)
    assert isinstance(refused, Refused)
    assert refused.code == "bad_format"
    assert "16000 Hz" in refused.message


@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES - 1, FRAME_BYTES + 2, FRAME_BYTES * 11])
def test_a_wrong_frame_size_is_named(size: int) -> None:
    [refused] = started().decode(bytes(size), 0.0)
    assert isinstance(refused, Refused)
    assert refused.code == "bad_frame"


def test_sound_before_the_start_is_refused() -> None:
    [refused] = BrowserCodec().decode(bytes(FRAME_BYTES), 0.0)
    assert isinstance(refused, Refused)
    assert refused.code == "not_started"


def test_a_flood_is_refused_and_real_time_never_is() -> None:
    codec = started()
    flood = [codec.decode(bytes(FRAME_BYTES), 0.1)[0] for _ in range(300)]
    assert any(isinstance(one, Refused) and one.code == "flood" for one in flood)
    patient = started()
    real_time = [patient.decode(bytes(FRAME_BYTES), n * 0.02)[0] for n in range(3_000)]
    assert all(isinstance(one, AudioFrame) for one in real_time)


def test_a_pause_of_the_microphone_is_no_credit_for_a_flood() -> None:
    codec = started()
    got = [codec.decode(bytes(FRAME_BYTES), 600.0)[0] for _ in range(1_000)]
    assert isinstance(got[-1], Refused)


def test_what_a_network_held_back_for_some_seconds_is_welcome_at_once() -> None:
    codec = started()
    before = [codec.decode(bytes(FRAME_BYTES), n * 0.02)[0] for n in range(500)]
    held_back = [codec.decode(bytes(FRAME_BYTES), 18.0)[0] for _ in range(400)]
    assert all(isinstance(one, AudioFrame) for one in before + held_back)


def test_a_storm_of_keys_is_bounded() -> None:
    codec = started()
    got = [codec.decode('{"type": "dtmf", "key": "5"}', 0.0)[0] for _ in range(100)]
    assert sum(isinstance(one, Digit) for one in got) == KEY_BURST


@given(st.lists(st.one_of(st.binary(max_size=2_000), st.text(max_size=200)), max_size=30), st.booleans())
def test_noise_is_answered_and_never_raises(frames: list[bytes | str], starts: bool) -> None:
    codec = started() if starts else BrowserCodec()
    for number, frame in enumerate(frames):
        assert codec.decode(frame, number * 0.02)


def test_what_we_send_is_whole_frames_and_json() -> None:
    codec = BrowserCodec()
    assert codec.encode(Play(bytes(FRAME_BYTES))) == bytes(FRAME_BYTES)
    with pytest.raises(ValueError, match="multiple"):
        codec.encode(Play(bytes(3)))
    for message, kind in (
        (Mark("m"), "mark"),
        (Flush(), "flush"),
        (Caption("agent", "Hello", True), "caption"),
        (Problem("busy", "One moment"), "problem"),
    ):
        assert json.loads(codec.encode(message))["type"] == kind
