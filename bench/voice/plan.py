"""Which scenarios are played against which server, in full and in a hurry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    turns: int
    """of our server with one call at a time"""
    crowds: tuple[int, ...]
    """numbers of simultaneous calls always tried on our server"""
    ramp: tuple[int, ...]
    """further numbers, until one is too many"""
    crowd_turns: int
    """turns of each caller in such a crowd"""
    ramp_turns: int
    """and in one that only looks for the limit"""
    interruptions: int
    """replies talked over"""
    peer_turns: int
    """of a peer with one call at a time"""
    peer_ramp: dict[str, tuple[int, ...]]
    """numbers of simultaneous calls tried on a peer, until one is too many"""
    heard: int
    """recordings of each kind for word errors and slots; 0 for all"""


FULL = Plan(
    turns=20,
    crowds=(10, 20),
    ramp=(30, 40, 50),
    crowd_turns=4,
    ramp_turns=3,
    interruptions=9,
    peer_turns=10,
    peer_ramp={"naive": (4, 6, 8, 10), "pipecat": (3, 5, 7, 9)},
    heard=20,
)
"""About a quarter of an hour."""
QUICK = Plan(
    turns=4,
    crowds=(10,),
    ramp=(),
    crowd_turns=1,
    ramp_turns=1,
    interruptions=3,
    peer_turns=2,
    peer_ramp={"naive": (), "pipecat": ()},
    heard=2,
)
"""Under three minutes; its percentiles are of a handful of turns."""
