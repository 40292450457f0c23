"""What the agent says: paced sound out, marks back, and the ledger of what was really heard. Clockless.

```
 sent ahead of the ear, 200 ms at most:   ▓▓▓▓▓▓▓▓░░░░          ▓ played (a mark came back)  ░ sent, still in the device
 one chunk = 100 ms + a mark                      │
 interrupted here ────────────────────────────────┘  Flush; words up to the last mark were heard
```
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from speech.audio import BROWSER
from speech.tts import Clause, SpokenClause
from telephony.wire import FRAME_MS, Flush, Mark, Play, ToCaller

CHUNK_FRAMES = 5
CHUNK_SECONDS = CHUNK_FRAMES * FRAME_MS / 1_000
AHEAD_SECONDS = 0.2
"""Sound in the caller's device at most: what an interruption cannot call back without a flush."""

MARK_PATIENCE_SECONDS = 3.0
"""A device that does not report a mark this long after its time never will: the line then counts as played."""


@dataclass(frozen=True)
class Line:
    """One thing to say."""

    said_seq: int
    """Its event's sequence number."""
    text: str
    clauses: tuple[Clause, ...]
    answers: int | None = None
    """The customer's turn it is the first answer to."""


@dataclass(frozen=True)
class Begun:
    """The first sound of a line was sent."""

    line: Line
    at: float


@dataclass(frozen=True)
class FirstPlayed:
    """The device reported the beginning of a line as played."""

    line: Line
    at: float


@dataclass(frozen=True)
class HeardLine:
    """What the caller heard of a line."""

    line: Line
    text: str
    is_whole: bool
    start: float
    end: float


MouthOutput = ToCaller | Begun | FirstPlayed | HeardLine


@dataclass
class _Saying:
    number: int
    line: Line
    frames: list[bytes] = field(default_factory=list)
    """Sound so far, all clauses rendered in a row."""
    clause_ends: list[int] = field(default_factory=list)
    """Frame count after each rendered clause."""
    waiting: dict[int, list[bytes]] = field(default_factory=dict)
    """Clauses rendered before their turn."""
    sent: int = 0
    """Frames sent."""
    played: int = 0
    """Frames the device reported played."""
    began: float = 0.0

    @property
    def is_rendered(self) -> bool:
        return len(self.clause_ends) == len(self.line.clauses)

    def add(self, index: int, frames: list[bytes]) -> None:
        self.waiting[index] = frames
        while len(self.clause_ends) in self.waiting:
            self.frames += self.waiting.pop(len(self.clause_ends))
            self.clause_ends.append(len(self.frames))

    def heard_text(self) -> str:
        """The words whose sound was played, whole words only."""
        if self.is_rendered and self.played >= len(self.frames):
            return self.line.text
        texts, start = [], 0
        for clause, end in zip(self.line.clauses, self.clause_ends, strict=False):
            if self.played >= end:
                texts.append(clause.text)
            elif self.played > start:
                texts.append(first_words(clause.text, (self.played - start) / (end - start)))
            start = end
        return " ".join(text for text in texts if text)


def first_words(text: str, share: float) -> str:
    """The whole words that fit into this share of the text's letters: speech runs evenly enough for that."""
    letters, kept = share * len(text), []
    used = 0
    for word in text.split():
        used += len(word) + 1
        if used > letters + 1:
            break
        kept.append(word)
    return " ".join(kept)


class Mouth:
    """Says one line after the other to one device."""

    def __init__(self) -> None:
        self._queue: deque[_Saying] = deque()
        self._number = 0
        self._marks: deque[tuple[str, _Saying, int, float]] = deque()
        """(mark, line, frames it covers, when it is due)"""
        self._mark_number = 0
        self._sent_until = 0.0
        """When the device will have played all it has."""
        self._is_paused = False
        self.background: Iterator[bytes] | None = None
        """Frames to play when there is nothing to say: the hold sound."""

    @property
    def is_speaking(self) -> bool:
        """True while there is something to say or it is still being played."""
        return bool(self._queue)

    @property
    def is_sounding(self) -> bool:
        """True once sound of a line is in the device."""
        return bool(self._marks) or self._is_paused

    @property
    def current(self) -> Line | None:
        return self._queue[0].line if self._queue else None

    def say(self, line: Line, *, start: int = 0) -> int:
        """Queue a line; returns the number its clauses are rendered under, above `start`."""
        self._number = max(self._number, start) + 1
        self._queue.append(_Saying(self._number, line))
        return self._number

    def rendered(self, number: int, index: int, frames: list[bytes]) -> None:
        """The sound of one clause."""
        for saying in self._queue:
            if saying.number == number:
                saying.add(index, frames)

    def skip(self, number: int) -> None:
        """The voice failed: what is not rendered is not said."""
        for saying in self._queue:
            if saying.number == number:
                for index in range(len(saying.line.clauses)):
                    if index >= len(saying.clause_ends) and index not in saying.waiting:
                        saying.add(index, [])

    def pump(self, at: float) -> list[MouthOutput]:
        """What to send now."""
        outputs = [*self._overdue(at), *self._unsayable(at)]
        if self._is_paused:
            return outputs
        self._sent_until = max(self._sent_until, at)
        while self._sent_until - at < AHEAD_SECONDS:
            more = self._chunk(at)
            if not more:
                break
            outputs += more
        return outputs

    def played(self, mark: str, at: float) -> list[MouthOutput]:
        """The device has played everything up to this mark; unknown marks are old ones."""
        if all(mark != known for known, *_ in self._marks):
            return []
        outputs: list[MouthOutput] = []
        while self._marks:
            known, saying, frames, _ = self._marks.popleft()
            outputs += self._confirm(saying, frames, at)
            if known == mark:
                break
        return outputs

    def pause(self) -> list[MouthOutput]:
        """Be quiet at once; what the device had not played is said again after `resume`."""
        if not self._queue or self._is_paused:
            return []
        self._is_paused = True
        self._rewind()
        return [Flush()]

    def resume(self, at: float) -> list[MouthOutput]:
        """It was nothing: go on where the caller stopped hearing."""
        self._is_paused = False
        return self.pump(at)

    def interrupt(self, at: float) -> list[MouthOutput]:
        """Stop for good: the ledger of everything queued."""
        was_sounding = self._is_paused or bool(self._marks)
        self._rewind()
        self._is_paused = False
        outputs: list[MouthOutput] = [Flush()] if was_sounding else []
        while self._queue:
            saying = self._queue.popleft()
            text = saying.heard_text()
            is_whole = saying.is_rendered and saying.played >= len(saying.frames)
            outputs.append(HeardLine(saying.line, text, is_whole, saying.began or at, at))
        return outputs

    def _rewind(self) -> None:
        self._marks.clear()
        self._sent_until = 0.0
        for saying in self._queue:
            saying.sent = saying.played

    def _chunk(self, at: float) -> list[MouthOutput]:
        saying = next((one for one in self._queue if one.sent < len(one.frames) or not one.is_rendered), None)
        if saying is None:
            return self._background() if not self._queue else []
        if saying.sent >= len(saying.frames):
            return []  # its next clause is still being rendered
        frames = saying.frames[saying.sent : saying.sent + CHUNK_FRAMES]
        outputs: list[MouthOutput] = []
        if saying.sent == 0 and not saying.began:
            saying.began = at
            outputs.append(Begun(saying.line, at))
        saying.sent += len(frames)
        self._mark_number += 1
        self._sent_until += len(frames) * FRAME_MS / 1_000
        mark = f"m{self._mark_number}"
        self._marks.append((mark, saying, saying.sent, self._sent_until))
        return [*outputs, Play(b"".join(frames)), Mark(mark)]

    def _unsayable(self, at: float) -> list[MouthOutput]:
        """A line without any sound (the voice failed) must not block the queue."""
        outputs: list[MouthOutput] = []
        while self._queue and self._queue[0].is_rendered and not self._queue[0].frames:
            outputs.append(HeardLine(self._queue.popleft().line, "", False, at, at))
        return outputs

    def _background(self) -> list[MouthOutput]:
        if self.background is None:
            return []
        frames = [next(self.background) for _ in range(CHUNK_FRAMES)]
        self._sent_until += CHUNK_SECONDS
        return [Play(b"".join(frames))]

    def _overdue(self, at: float) -> list[MouthOutput]:
        outputs: list[MouthOutput] = []
        while self._marks and at - self._marks[0][3] > MARK_PATIENCE_SECONDS:
            _, saying, frames, due = self._marks.popleft()
            outputs += self._confirm(saying, frames, due)
        return outputs

    def _confirm(self, saying: _Saying, frames: int, at: float) -> list[MouthOutput]:
        outputs: list[MouthOutput] = []
        if saying.played == 0:
            outputs.append(FirstPlayed(saying.line, at))
        saying.played = max(saying.played, frames)
        if saying.is_rendered and saying.played >= len(saying.frames) and saying in self._queue:
            self._queue.remove(saying)
            outputs.append(HeardLine(saying.line, saying.line.text, True, saying.began, at))
        return outputs


def frames_of(spoken: SpokenClause) -> list[bytes]:
    """A clause as wire frames."""
    return spoken.frames(BROWSER)
