"""One utterance on its way out: rendered clause by clause, sent frame by frame, heard as far as played."""

from dataclasses import dataclass, field

from speech.tts import Clause


@dataclass(frozen=True)
class Utterance:
    """One thing to say."""

    said_seq: int
    """Its event's sequence number; 0 for what is no part of the record."""
    text: str
    clauses: tuple[Clause, ...]
    answers: int | None = None
    """The customer's turn it is the first answer to."""


@dataclass(eq=False)
class QueuedUtterance:
    """A line and how far it has come."""

    number: int
    """Its clauses are rendered under this."""
    line: Utterance
    frames: list[bytes] = field(default_factory=list)
    """Sound so far, all clauses rendered in a row."""
    sent: int = 0
    """Frames sent."""
    played: int = 0
    """Frames the device reported played."""
    began: float | None = None
    """When its first sound was sent."""
    _ends: list[int] = field(default_factory=list)
    """Frame count after each rendered clause."""
    _waiting: dict[int, list[bytes] | None] = field(default_factory=dict)
    """Clauses rendered before their turn."""
    _failed: set[int] = field(default_factory=set)
    """Clauses without sound: the voice failed."""

    @property
    def is_rendered(self) -> bool:
        return len(self._ends) == len(self.line.clauses)

    @property
    def is_sent(self) -> bool:
        return self.is_rendered and self.sent >= len(self.frames)

    @property
    def is_over(self) -> bool:
        """True when nothing is left to play."""
        return self.is_rendered and self.played >= len(self.frames)

    @property
    def is_whole(self) -> bool:
        """True when every clause was played to its end."""
        return self.is_over and bool(self.frames) and not self._failed

    def add(self, index: int, frames: list[bytes] | None) -> None:
        """A clause's sound; None when it has none."""
        self._waiting[index] = frames
        while (at := len(self._ends)) in self._waiting:
            ready = self._waiting.pop(at)
            if not ready:
                self._failed.add(at)
            self.frames += ready or []
            self._ends.append(len(self.frames))

    def heard_text(self) -> str:
        """The words whose sound was played, whole words only."""
        if self.is_whole:
            return self.line.text
        texts, start = [], 0
        for index, (clause, end) in enumerate(zip(self.line.clauses, self._ends, strict=False)):
            if index not in self._failed and self.played > start:
                share = (self.played - start) / (end - start)
                texts.append(clause.text if share >= 1 else first_words(clause.text, share))
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
