"""The waiting room: bounded, most urgent first, one droppable job per call and kind. Clockless."""

from collections.abc import Set
from dataclasses import dataclass, replace

from speech.scheduler.values import DropReason, Work


@dataclass(frozen=True)
class Waiting:
    """One job that waits."""

    job: int
    """number, rising with arrival"""
    work: Work
    """what kind"""
    call: str
    """whose"""
    since: float
    """when it came"""
    deadline: float
    """when it is no longer worth starting"""


@dataclass(frozen=True)
class Thrown:
    """A job that left without being done."""

    job: int
    """its number"""
    reason: DropReason
    """why"""


class JobQueue:
    """At most `room` jobs. A newer guess replaces an older one of its call; urgent work displaces less urgent work."""

    def __init__(self, room: int) -> None:
        if room < 1:
            raise ValueError(f"the queue needs room for a job, got {room!r}")
        self._room = room
        self._waiting: dict[int, Waiting] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, entry: Waiting) -> list[Thrown]:
        """Lets a job in; returns every job that had to go for it, itself included when there is no room."""
        thrown = self._supersede(entry)
        if len(self._waiting) >= self._room:
            victim = max((*self._waiting.values(), entry), key=lambda each: (each.work, each.job))
            thrown.append(Thrown(victim.job, DropReason.NO_ROOM))
            if victim is entry:
                return thrown
            del self._waiting[victim.job]
        self._waiting[entry.job] = entry
        return thrown

    def pop(self, now: float, kinds: Set[Work]) -> tuple[Waiting | None, list[Thrown]]:
        """(the most urgent job of these kinds, the jobs whose deadline has passed); None when there is none."""
        late = [entry for entry in self._waiting.values() if entry.deadline < now]
        for entry in late:
            del self._waiting[entry.job]
        able = [entry for entry in self._waiting.values() if entry.work in kinds]
        best = min(able, key=lambda entry: (entry.work, entry.job), default=None)
        if best:
            del self._waiting[best.job]
        return best, [Thrown(entry.job, DropReason.EXPIRED) for entry in late]

    def promote(self, job: int, work: Work, deadline: float) -> bool:
        """Makes a waiting guess urgent: its turn has ended. False when it does not wait any more."""
        entry = self._waiting.get(job)
        if entry is None:
            return False
        self._waiting[job] = replace(entry, work=work, deadline=deadline)
        return True

    def cancel(self, job: int) -> bool:
        """Takes a job out. False when it does not wait any more."""
        return self._waiting.pop(job, None) is not None

    def shed(self, kinds: Set[Work]) -> list[Thrown]:
        """Throws every job of these kinds."""
        gone = [entry.job for entry in self._waiting.values() if entry.work in kinds]
        for job in gone:
            del self._waiting[job]
        return [Thrown(job, DropReason.SHED) for job in gone]

    def _supersede(self, newer: Waiting) -> list[Thrown]:
        if not newer.work.is_droppable:
            return []
        older = [each.job for each in self._waiting.values() if each.call == newer.call and each.work is newer.work]
        for job in older:
            del self._waiting[job]
        return [Thrown(job, DropReason.SUPERSEDED) for job in older]
