"""Turns a reply into clauses of sound and remembers what it said before."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator

import numpy as np

from speech.audio import trim_silence
from speech.tts.clauses import clauses
from speech.tts.values import Clause, SpokenClause, Voice


class Speaker:
    """A voice, the way it is fed, and a bounded memory of clauses; shared by all calls, thread-safe.

    Greetings, "one moment" and errors are rendered at start (`prepare`), so they cost nothing during a call.
    """

    def __init__(self, voice: Voice, *, remembered_seconds: float = 900.0, is_day_first: bool = True) -> None:
        self._voice = voice
        self._remembered_seconds = remembered_seconds
        self._is_day_first = is_day_first
        self._lock = threading.Lock()
        self._memory: OrderedDict[str, SpokenClause] = OrderedDict()
        self._kept: dict[str, SpokenClause] = {}
        self._memory_seconds = 0.0

    @property
    def name(self) -> str:
        """The voice's name."""
        return self._voice.name

    def clauses(self, reply: str) -> tuple[Clause, ...]:
        """The pieces of the reply, to be rendered one by one; pure and quick."""
        return clauses(reply, is_day_first=self._is_day_first)

    def render(self, clause: Clause) -> SpokenClause:
        """The clause as sound, from memory or from the voice (blocking). Raises what the voice raises."""
        if known := self.remembered(clause):
            return known
        samples, rate_hz = self._voice.say(clause.words), self._voice.rate_hz
        # hibari opens with 280 ms of silence; every voice's ends are replaced by the rest the punctuation asks for.
        trimmed = trim_silence(samples, rate_hz)
        rest = np.zeros(int(clause.pause_seconds * rate_hz), np.float32)
        spoken = SpokenClause(clause.text, np.concatenate([trimmed, rest]), rate_hz)
        self._remember(clause, spoken)
        return spoken

    def stream(self, reply: str) -> Iterator[SpokenClause]:
        """The whole reply, clause by clause, each as soon as it is rendered."""
        return (self.render(clause) for clause in self.clauses(reply))

    def remembered(self, clause: Clause) -> SpokenClause | None:
        """The clause's sound if it was rendered before and is still kept."""
        with self._lock:
            if clause.text in self._kept:
                return self._kept[clause.text]
            if clause.text in self._memory:
                self._memory.move_to_end(clause.text)
            return self._memory.get(clause.text)

    def prepare(self, replies: Iterable[str]) -> float:
        """Renders fixed replies and keeps them for good; returns how many seconds of sound they are."""
        for reply in replies:
            for clause in self.clauses(reply):
                spoken = self.render(clause)
                with self._lock:
                    self._kept[clause.text] = spoken
        return sum(spoken.seconds for spoken in self._kept.values())

    def _remember(self, clause: Clause, spoken: SpokenClause) -> None:
        with self._lock:
            if clause.text in self._memory:
                return
            self._memory[clause.text] = spoken
            self._memory_seconds += spoken.seconds
            while self._memory_seconds > self._remembered_seconds:
                _, forgotten = self._memory.popitem(last=False)
                self._memory_seconds -= forgotten.seconds
