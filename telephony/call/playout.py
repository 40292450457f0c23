"""What the agent says: paced sound out, marks back, and the ledger of what was really heard. Clockless.

```
 sent ahead, 200 ms at most: ▓▓▓▓▓▓▓▓░░░░       ▓ played (a mark came back)  ░ sent, still in the device
 one chunk = 100 ms + a mark                      │
 interrupted here ────────────────────────────────┘  Flush; words up to the last mark were heard
```
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from speech.audio import BROWSER
from speech.tts import SpokenClause
from telephony.call.utterance import QueuedUtterance, Utterance
from telephony.wire import FRAME_MS, Flush, Mark, Play

CHUNK_FRAMES = 5
CHUNK_SECONDS = CHUNK_FRAMES * FRAME_MS / 1_000
AHEAD_SECONDS = 0.2
"""Sound in the caller's device at most: what an interruption cannot call back without a flush."""

MARK_PATIENCE_SECONDS = 3.0
"""A device that does not report a mark this long after its time never will: the line then counts as played."""

REPORT_SLACK_SECONDS = 0.3
"""When it is interrupted, a report this much later than the device's newest one took is not on its way any more."""


@dataclass(frozen=True)
class Begun:
    """The first sound of a line is sent next."""

    line: Utterance


@dataclass(frozen=True)
class Voiced:
    """Sound of a line."""

    pcm: bytes


@dataclass(frozen=True)
class FirstPlayed:
    """The device reported the beginning of a line as played."""

    line: Utterance
    seconds: float
    """How long that beginning sounds: it became audible so long before the report."""


@dataclass(frozen=True)
class HeardLine:
    """What the caller heard of a line; the last word on it."""

    line: Utterance
    text: str
    is_whole: bool
    start: float
    end: float


PlayoutOutput = Begun | Voiced | Play | Mark | Flush | FirstPlayed | HeardLine
"""`Play` is what sounds in the background."""


@dataclass(frozen=True)
class _Sent:
    mark: str
    saying: QueuedUtterance
    frames: int
    """How many of the line's frames it covers."""
    due: float
    """When it should have been played."""


class Playout:
    """Says one line after the other to one device."""

    def __init__(self) -> None:
        self._queue: deque[QueuedUtterance] = deque()
        self._sent: deque[_Sent] = deque()
        self._taken_back: list[_Sent] = []
        """Flushed, though the device may have played it before it learned so: then its report is on the way."""
        self._mark_number = 0
        self._sent_until = 0.0
        """When the device will have played all it has."""
        self._report_seconds = 0.2
        """How long after its due time the newest mark was reported; of a device that never did, what is usual."""
        self._is_paused = False
        self.may_begin = True
        """False while a line not yet begun has to wait: somebody else speaks."""
        self.background: Iterator[bytes] | None = None
        """Frames to play when there is nothing to say: the hold sound."""

    @property
    def is_speaking(self) -> bool:
        """True while there is something to say or it is still being played."""
        return bool(self._queue)

    @property
    def is_sounding(self) -> bool:
        """True from the first sound of a line that was sent until the last was heard, pauses included."""
        return bool(self._queue) and self._queue[0].began is not None

    def say(self, line: Utterance, number: int) -> None:
        """Queue a line whose clauses are rendered under this number."""
        self._queue.append(QueuedUtterance(number, line))

    def rendered(self, number: int, index: int, spoken: SpokenClause | None) -> None:
        """The sound of one clause; None when the voice failed: it is left out."""
        for saying in self._queue:
            if saying.number == number:
                saying.add(index, spoken.frames(BROWSER) if spoken else None)

    def pump(self, at: float) -> list[PlayoutOutput]:
        """What to send now."""
        self._count_overdue(at)
        outputs = self._said(at)
        if self._is_paused:
            return outputs
        self._sent_until = max(self._sent_until, at)
        while self._sent_until - at < AHEAD_SECONDS:
            more = self._chunk(at)
            if not more:
                break
            outputs += more
        return outputs

    def played(self, mark: str, at: float) -> list[PlayoutOutput]:
        """The device has played everything up to this mark; unknown marks are old ones."""
        outputs: list[PlayoutOutput] = []
        if any(mark == one.mark for one in self._taken_back):
            while self._taken_back:
                sent = self._taken_back.pop(0)
                outputs += _confirm(sent)
                sent.saying.sent = max(sent.saying.sent, sent.saying.played)
                if sent.mark == mark:
                    break
        elif any(mark == one.mark for one in self._sent):
            while self._sent:
                sent = self._sent.popleft()
                outputs += _confirm(sent)
                if sent.mark == mark:
                    self._report_seconds = max(0.0, at - sent.due)
                    break
        return outputs + self._said(at)

    def pause(self, at: float) -> list[PlayoutOutput]:
        """Be quiet at once; what the device had not played is said again after `resume`."""
        if not self._queue or self._is_paused:
            return []
        self._is_paused = True
        self._rewind(at)
        return [Flush()]

    def resume(self, at: float) -> list[PlayoutOutput]:
        """It was nothing: go on where the caller stopped hearing."""
        self._is_paused = False
        return self.pump(at)

    def interrupt(self, at: float) -> list[PlayoutOutput]:
        """Stop for good: the ledger of everything queued."""
        outputs: list[PlayoutOutput] = [Flush()] if self._sent else []
        self._rewind(at)
        self._taken_back.clear()
        self._is_paused = False
        while self._queue:
            outputs.append(_ledger(self._queue.popleft(), at))
        return outputs

    def _rewind(self, at: float) -> None:
        self._count_overdue(at, self._report_seconds + REPORT_SLACK_SECONDS)
        self._taken_back = list(self._sent)
        self._sent.clear()
        self._sent_until = 0.0
        for saying in self._queue:
            saying.sent = saying.played

    def _chunk(self, at: float) -> list[PlayoutOutput]:
        saying = next((one for one in self._queue if not one.is_sent), None)
        must_wait = saying is not None and saying.began is None and not self.may_begin
        if saying is None or must_wait or saying.sent >= len(saying.frames):
            return [] if self.is_sounding else self._background()
        outputs: list[PlayoutOutput] = []
        if saying.began is None:
            saying.began = at
            outputs.append(Begun(saying.line))
        self._taken_back.clear()
        frames = saying.frames[saying.sent : saying.sent + CHUNK_FRAMES]
        saying.sent += len(frames)
        self._sent_until += len(frames) * FRAME_MS / 1_000
        self._mark_number += 1
        mark = f"m{self._mark_number}"
        self._sent.append(_Sent(mark, saying, saying.sent, self._sent_until))
        return [*outputs, Voiced(b"".join(frames)), Mark(mark)]

    def _background(self) -> list[PlayoutOutput]:
        if self.background is None:
            return []
        frames = [next(self.background) for _ in range(CHUNK_FRAMES)]
        self._sent_until += CHUNK_SECONDS
        return [Play(b"".join(frames))]

    def _count_overdue(self, at: float, patience_seconds: float = MARK_PATIENCE_SECONDS) -> None:
        while self._sent and at - self._sent[0].due > patience_seconds:
            _confirm(self._sent.popleft())  # nobody said when it was played: no FirstPlayed

    def _said(self, at: float) -> list[PlayoutOutput]:
        """Lines of which nothing is left to play; one without any sound (the voice failed) must not block the rest."""
        outputs: list[PlayoutOutput] = []
        while self._queue and self._queue[0].is_over:
            outputs.append(_ledger(self._queue.popleft(), at))
        return outputs


def _confirm(sent: _Sent) -> list[PlayoutOutput]:
    is_first = sent.saying.played == 0
    sent.saying.played = max(sent.saying.played, sent.frames)
    return [FirstPlayed(sent.saying.line, sent.frames * FRAME_MS / 1_000)] if is_first else []


def _ledger(saying: QueuedUtterance, at: float) -> HeardLine:
    start = at if saying.began is None else saying.began
    return HeardLine(saying.line, saying.heard_text(), saying.is_whole, start, at)
