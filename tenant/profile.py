"""The tenant as values."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class TenantInvalid(Exception):
    """tenant.yaml does not look as it must; the message names the place."""


@dataclass(frozen=True)
class Hours:
    """When a queue is staffed, in local time."""

    timezone: str
    week: tuple[tuple[time, time] | None, ...]
    """Monday first; None is closed; an end of 00:00 means midnight at the day's end."""
    holidays: tuple[date, ...] = ()

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.timezone))
        day = self._day(local.date())
        if day is None:
            return False
        start, end = day
        return start <= local.time() and (end == time(0) or local.time() < end)

    def opens_at(self, at: datetime) -> datetime | None:
        """The next opening after `at`, in local time; None when it never opens within two weeks."""
        local = at.astimezone(ZoneInfo(self.timezone))
        for ahead in range(15):
            day = local.date() + timedelta(days=ahead)
            hours = self._day(day)
            if hours is None:
                continue
            start = datetime.combine(day, hours[0], tzinfo=local.tzinfo)
            if start > local:
                return start
        return None

    def _day(self, day: date) -> tuple[time, time] | None:
        """The hours of one day; who works round the clock works on holidays too."""
        hours = self.week[day.weekday()]
        return None if day in self.holidays and hours != (time(0), time(0)) else hours


@dataclass(frozen=True)
class Queue:
    id: str
    name: str
    skills: tuple[str, ...]
    hours: Hours
    priority: int
    """Added to every conversation of this queue; 0 to 10,000."""


@dataclass(frozen=True)
class Persona:
    name: str
    greeting: str
    voice_greeting: str = ""
    """Said at the beginning of a call; shorter than what can be read. Empty: the greeting."""

    @property
    def spoken_greeting(self) -> str:
        return self.voice_greeting or self.greeting


@dataclass(frozen=True)
class Disposition:
    id: str
    name: str
    category: str


@dataclass(frozen=True)
class QuickReply:
    id: str
    shortcut: str
    title: str
    text: str


@dataclass(frozen=True)
class PersonSeed:
    """A person a new database starts with; passwords are given elsewhere."""

    id: str
    name: str
    email: str
    role: str
    skills: tuple[tuple[str, int], ...]
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int


@dataclass(frozen=True)
class Tenant:
    name: str
    brand: str
    tagline: str
    accent: str
    timezone: str
    language: str
    persona: Persona
    queues: tuple[Queue, ...]
    dispositions: tuple[Disposition, ...]
    quick_replies: tuple[QuickReply, ...]
    people: tuple[PersonSeed, ...]

    def queue(self, queue_id: str | None) -> Queue:
        """The queue of that id, or the first: a hand-over never fails for a misspelt queue."""
        return next((one for one in self.queues if one.id == queue_id), self.queues[0])
