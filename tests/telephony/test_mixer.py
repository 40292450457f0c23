"""Who hears whom, sample by sample, and what uneven arrival does to the sound."""

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from telephony.media.mixer import (
    FIRST_QUEUED,
    MOST_QUEUED,
    SILENCE,
    Mixer,
    Routing,
    bridged,
    briefing,
    consulting,
    held,
)
from telephony.wire import FRAME_BYTES


def _frame(value: int) -> bytes:
    return np.full(FRAME_BYTES // 2, value, "<i2").tobytes()


def _value(frame: bytes) -> int:
    (value,) = set(np.frombuffer(frame, "<i2").tolist())
    return int(value)


def _mixer(routing: Routing, **levels: int) -> dict[str, int]:
    """What each leg hears when every leg sends a steady level, once their queues have filled."""
    mixer = Mixer(routing)
    for leg in levels:
        mixer.add(leg)
    heard: dict[str, bytes] = {}
    for _ in range(FIRST_QUEUED):
        for leg, level in levels.items():
            mixer.hear(leg, _frame(level))
        heard = mixer.mix()
    return {leg: _value(frame) for leg, frame in heard.items()}


def test_everyone_in_a_conference_hears_the_others_and_never_themselves() -> None:
    heard = _mixer(bridged("customer", "operator", "colleague"), customer=100, operator=20, colleague=3)
    assert heard == {"customer": 23, "operator": 103, "colleague": 120}


def test_on_hold_the_customer_hears_the_hold_sound_and_nobody_hears_the_customer() -> None:
    heard = _mixer(held("customer", "hold"), customer=100, operator=20, hold=7)
    assert heard == {"customer": 7, "operator": 0, "hold": 0}


def test_a_consult_is_private() -> None:
    heard = _mixer(
        consulting("customer", "hold", "operator", "colleague"), customer=100, operator=20, colleague=3, hold=7
    )
    assert heard == {"customer": 7, "operator": 3, "colleague": 20, "hold": 0}


def test_the_operator_hears_the_brief_alone() -> None:
    heard = _mixer(briefing("customer", "hold", "agent", "operator"), customer=100, operator=20, agent=5, hold=7)
    assert heard == {"customer": 7, "operator": 5, "agent": 0, "hold": 0}


def test_loud_legs_together_are_clipped_not_wrapped() -> None:
    assert _mixer(bridged("a", "b", "c"), a=30_000, b=30_000, c=-30_000) == {"a": 0, "b": 0, "c": 32_767}
    assert _mixer(bridged("a", "b", "c"), a=-30_000, b=-30_000, c=1)["c"] == -32_768


def test_a_muted_leg_is_silent_and_nothing_old_sounds_when_it_is_back() -> None:
    mixer = Mixer(bridged("customer", "operator"))
    mixer.add("customer")
    mixer.add("operator")
    mixer.mute("customer", is_muted=True)
    heard = []
    for tick in range(1, 7):
        if tick == 5:
            mixer.mute("customer", is_muted=False)
        mixer.hear("customer", _frame(tick))
        heard.append(_value(mixer.mix()["operator"]))
    assert heard == [0, 0, 0, 0, 4, 5]


def test_a_leg_that_stops_sending_is_silent_and_the_others_go_on() -> None:
    mixer = Mixer(bridged("a", "b", "c"))
    for leg in "abc":
        mixer.add(leg)
    for _ in range(FIRST_QUEUED):
        mixer.hear("a", _frame(5))
    heard = []
    for _ in range(8):
        mixer.hear("b", _frame(40))
        heard.append(_value(mixer.mix()["c"]))
    assert heard == [5, 45, 40, 40, 40, 40, 40, 40]


def test_a_leg_that_left_is_not_heard_and_hears_nothing() -> None:
    mixer = Mixer(bridged("a", "b"))
    mixer.add("a")
    mixer.add("b")
    mixer.remove("a")
    mixer.hear("a", _frame(5))
    assert mixer.mix() == {"b": SILENCE}


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
@example(seed=3914)
def test_frames_up_to_twenty_ms_late_leave_no_gap(seed: int) -> None:
    late = random.Random(seed)
    arrivals = sorted((20 * number + late.uniform(0, 20), number) for number in range(100))
    mixer = Mixer(bridged("a", "b"))
    mixer.add("a")
    mixer.add("b")
    heard: list[int] = []
    phase = late.uniform(0, 20)
    for tick in range(100):
        while arrivals and arrivals[0][0] <= tick * 20 + phase:
            mixer.hear("a", _frame(arrivals.pop(0)[1] + 1))
        heard.append(_value(mixer.mix()["b"]))
    first = next(at for at, value in enumerate(heard) if value)
    assert first <= FIRST_QUEUED
    assert heard[first:] == list(range(1, 101 - first))


def test_after_a_hiccup_the_delay_goes_away() -> None:
    mixer = Mixer(bridged("a", "b"))
    mixer.add("a")
    mixer.add("b")
    sent = 0

    def tick(frames: int) -> int:
        nonlocal sent
        for _ in range(frames):
            sent += 1
            mixer.hear("a", _frame(sent))
        value = _value(mixer.mix()["b"])
        return sent - value if value else -1

    usual = [tick(1) for _ in range(20)][-1]
    for _ in range(10):
        tick(0)
    assert tick(10) >= usual + 8
    assert [tick(1) for _ in range(120)][-1] <= usual + 2


def test_a_flooded_leg_keeps_the_newest_half_second() -> None:
    mixer = Mixer(bridged("a", "b"))
    mixer.add("a")
    mixer.add("b")
    for number in range(1, 101):
        mixer.hear("a", _frame(number))
    assert _value(mixer.mix()["b"]) == 101 - MOST_QUEUED


def test_wrong_sizes_and_second_joins_are_refused() -> None:
    mixer = Mixer()
    mixer.add("a")
    with pytest.raises(ValueError, match="639"):
        mixer.hear("a", bytes(639))
    with pytest.raises(ValueError, match="already"):
        mixer.add("a")
