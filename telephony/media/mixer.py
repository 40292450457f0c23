"""Mixes the legs of one call, sans I/O: who hears whom, 20 ms at a time.

    hear(leg, frame) --> [ queue per leg, 500 ms at most ] --> mix(), once per 20 ms --> one frame for every leg

Everyone hears the sum of those the routing lets them hear, never themselves. It reads no clock: the caller ticks.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from telephony.wire import FRAME_BYTES

SILENCE = bytes(FRAME_BYTES)
"""one frame in which nothing sounds"""

MOST_QUEUED = 25
"""Frames kept for a leg, 500 ms. When more come the oldest go: what is heard stays close to what is said."""

FIRST_QUEUED = 2
"""Frames a leg must have before it begins to sound: frames up to 20 ms late leave no gap."""

MOST_LEFT = 2
"""Frames that may be left in a queue for good: evening out lateness of 20 ms never takes more."""

LOOK_BACK_TICKS = 10
"""A leg whose queue always held more than MOST_LEFT for so many ticks loses a frame: a hiccup's delay does not stay."""


@dataclass(frozen=True)
class Routing:
    """Who hears whom."""

    pairs: frozenset[tuple[str, str]] = frozenset()
    """(speaker, listener), legs by id; what is not in it is not heard"""

    @property
    def listeners(self) -> frozenset[str]:
        """Who hears anybody."""
        return frozenset(listener for _, listener in self.pairs)

    def __or__(self, other: "Routing") -> "Routing":
        """What either of them lets through."""
        return Routing(self.pairs | other.pairs)


def one_way(speaker: str, listener: str) -> Routing:
    """The listener hears the speaker and not the other way round."""
    return Routing(frozenset({(speaker, listener)}))


def bridged(*legs: str) -> Routing:
    """Everyone hears everyone else: two legs of a call, or three of a conference."""
    return Routing(frozenset(permutations(legs, 2)))


def held(customer: str, hold: str) -> Routing:
    """The customer hears the hold sound and is heard by nobody; nor is the one who holds the call."""
    return one_way(hold, customer)


def consulting(customer: str, hold: str, operator: str, colleague: str) -> Routing:
    """Two operators speak between themselves while the customer is on hold."""
    return held(customer, hold) | bridged(operator, colleague)


def briefing(customer: str, hold: str, agent: str, operator: str) -> Routing:
    """The agent tells the operator what it is about while the customer is on hold."""
    return held(customer, hold) | one_way(agent, operator)


class _Leg:
    """One leg's queue, which evens out when its frames come."""

    def __init__(self) -> None:
        self.is_muted = False
        self._frames: deque[bytes] = deque(maxlen=MOST_QUEUED)
        self._is_sounding = False
        self._least_left = MOST_QUEUED
        self._ticks = 0

    def put(self, frame: bytes) -> None:
        self._frames.append(frame)

    def take(self) -> bytes | None:
        """The frame of this tick; None when there is none."""
        if not self._is_sounding:
            if len(self._frames) < FIRST_QUEUED:
                return None
            self._is_sounding, self._least_left, self._ticks = True, MOST_QUEUED, 0
        if not self._frames:
            self._is_sounding = False
            return None
        frame = self._frames.popleft()
        self._catch_up()
        return None if self.is_muted else frame

    def _catch_up(self) -> None:
        self._least_left = min(self._least_left, len(self._frames))
        self._ticks += 1
        if self._ticks == LOOK_BACK_TICKS:
            if self._least_left > MOST_LEFT:
                self._frames.popleft()
            self._least_left, self._ticks = MOST_QUEUED, 0

    def clear(self) -> None:
        self._frames.clear()
        self._is_sounding = False


class Mixer:
    """The legs of one call. A leg that sends nothing is silent; nobody waits for it."""

    def __init__(self, routing: Routing | None = None) -> None:
        self._routing = routing or Routing()
        self._legs: dict[str, _Leg] = {}

    @property
    def legs(self) -> tuple[str, ...]:
        """The ids of all legs, in the order they joined."""
        return tuple(self._legs)

    def add(self, leg: str) -> None:
        """A leg joins, silent and hearing nothing until the routing names it. Raises ValueError if it is in already."""
        if leg in self._legs:
            raise ValueError(f"leg {leg!r} is in the call already")
        self._legs[leg] = _Leg()

    def remove(self, leg: str) -> None:
        """A leg leaves, with what it had queued. One that is not there is no error: lines end from both sides."""
        self._legs.pop(leg, None)

    def route(self, routing: Routing) -> None:
        """From the next tick on they hear each other so. Legs that have not joined may be named."""
        self._routing = routing

    def mute(self, leg: str, *, is_muted: bool) -> None:
        """A muted leg hears but is not heard; its sound passes by, so nothing old sounds afterwards."""
        self._legs[leg].is_muted = is_muted

    def hear(self, leg: str, frame: bytes) -> None:
        """Takes one frame from a leg. Raises ValueError for another size; sound of a leg that has left is dropped."""
        if len(frame) != FRAME_BYTES:
            raise ValueError(f"a frame of {len(frame)} bytes, not {FRAME_BYTES}")
        if leg in self._legs:
            self._legs[leg].put(frame)

    def flush(self, leg: str) -> None:
        """Drops what a leg has queued: it was interrupted."""
        if leg in self._legs:
            self._legs[leg].clear()

    def mix(self) -> dict[str, bytes]:
        """What each leg hears in this tick, by leg: one frame of FRAME_BYTES. Call it every 20 ms."""
        spoken = {leg: frame for leg, queue in self._legs.items() if (frame := queue.take()) is not None}
        return {leg: self._heard_by(leg, spoken) for leg in self._legs}

    def _heard_by(self, listener: str, spoken: Mapping[str, bytes]) -> bytes:
        frames = [frame for speaker, frame in spoken.items() if (speaker, listener) in self._routing.pairs]
        if not frames:
            return SILENCE
        return mixed(frames)


def mixed(frames: Sequence[bytes]) -> bytes:
    """One frame with the sum of these, one or more, sample by sample, clipped at full scale."""
    if len(frames) == 1:
        return frames[0]
    total = np.frombuffer(frames[0], "<i2").astype(np.int32)
    for frame in frames[1:]:
        total += np.frombuffer(frame, "<i2")
    np.maximum(np.minimum(total, 32_767, out=total), -32_768, out=total)
    return bytes(total.astype("<i2").tobytes())
