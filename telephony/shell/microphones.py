"""Which microphones are off or stalled: a device that sends nothing must not hold its speaker's turn open."""

from telephony.wire import FRAME_MS

MUTED_SECONDS = 0.1
"""A microphone that said it is off counts as silent from here on."""
STALLED_SECONDS = 1.5
"""And one that said nothing: shorter gaps are the network's, what was said in them still comes."""
MOST_FRAMES = 100


class Microphones:
    """When each leg of a call last sent anything. Clockless."""

    def __init__(self) -> None:
        self._sent: dict[str, float] = {}
        self._muted: set[str] = set()

    def sent(self, leg: str, at: float) -> None:
        """A frame came."""
        self._sent[leg] = at

    def mute(self, leg: str, *, is_muted: bool) -> None:
        """The device says its microphone is off, or on again."""
        (self._muted.add if is_muted else self._muted.discard)(leg)

    def remove(self, leg: str) -> None:
        self._sent.pop(leg, None)
        self._muted.discard(leg)

    def missing(self, at: float) -> list[tuple[str, int]]:
        """(leg, frames of silence to hear in place of what did not come); each is told once."""
        found: list[tuple[str, int]] = []
        for leg, until in self._sent.items():
            patience = MUTED_SECONDS if leg in self._muted else STALLED_SECONDS
            if at - until > patience:
                found.append((leg, min(MOST_FRAMES, int(1_000 * (at - until) / FRAME_MS))))
        for leg, _ in found:
            self._sent[leg] = at
        return found
