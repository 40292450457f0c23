"""The agent speaks while people talk: its line is laid over their voices, and nobody is cut off. Clockless.

```
 the playout, 200 ms ahead ──► [ frames and marks ] ──┐
 the people's mix, every 20 ms ─────────────────────┴─► one frame to the customer, then the mark that stood behind it
```
"""

from collections import deque

from telephony import wire as w
from telephony.media.mixer import mixed


class AnnouncementMix:
    """What the agent has to say to a customer who hears people meanwhile."""

    def __init__(self) -> None:
        self._queue: deque[bytes | w.Mark] = deque()

    def say(self, pcm: bytes) -> None:
        """Whole frames of a line."""
        self._queue.extend(pcm[at : at + w.FRAME_BYTES] for at in range(0, len(pcm), w.FRAME_BYTES))

    def mark(self, mark: w.Mark) -> None:
        """Sent once everything before it was."""
        self._queue.append(mark)

    def over(self, people: bytes) -> list[w.ToCaller]:
        """One frame of the people's talk, with the agent's next one over it."""
        if not self._queue:
            return [w.Play(people)]
        return [w.Play(mixed([people, each])) if isinstance(each, bytes) else each for each in self._take_frame()]

    def take(self) -> list[w.ToCaller]:
        """All that is left, for a customer who hears nobody else any more."""
        left, self._queue = self._queue, deque()
        return [w.Play(each) if isinstance(each, bytes) else each for each in left]

    def clear(self) -> None:
        """It was interrupted."""
        self._queue.clear()

    def _take_frame(self) -> list[bytes | w.Mark]:
        taken = [self._queue.popleft()]
        while self._queue and isinstance(self._queue[0], w.Mark):
            taken.append(self._queue.popleft())
        return taken
