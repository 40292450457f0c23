"""tenant.yaml to a Tenant, checked; and the same value as JSON for the document table."""

from datetime import date, time
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from json_object import JsonObject
from quick_yaml import load_yaml
from tenant.profile import Disposition, Hours, Persona, PersonSeed, Queue, QuickReply, Tenant, TenantInvalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROUND_THE_CLOCK: dict[str, str | None] = dict.fromkeys(DAYS, "00:00-24:00")


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Brand(_Wire):
    name: str
    tagline: str = ""
    accent: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#0B5D6B"


class _Persona(_Wire):
    name: str
    greeting: str
    voice_greeting: str = ""


class _Queue(_Wire):
    id: str
    name: str
    skills: list[str] = []
    hours: dict[str, str | None] = ROUND_THE_CLOCK
    priority: Annotated[int, Field(ge=0, le=10_000)] = 0

    @field_validator("hours")
    @classmethod
    def _known_days(cls, hours: dict[str, str | None]) -> dict[str, str | None]:
        for day, span in hours.items():
            if day not in DAYS:
                raise ValueError(f"{day!r} is not one of {', '.join(DAYS)}")
            if span is not None:
                _span(span)
        return hours


class _Disposition(_Wire):
    id: str
    name: str
    category: str = ""


class _QuickReply(_Wire):
    id: str
    shortcut: str
    title: str
    text: str


class _Person(_Wire):
    id: str
    name: str
    email: str
    role: Annotated[str, Field(pattern="^(operator|supervisor)$")]
    skills: dict[str, Annotated[int, Field(ge=1, le=5)]] = {}
    queues: list[str] = []
    languages: list[str] = ["en"]
    capacity: Annotated[int, Field(ge=1, le=20)] = 3


class _Tenant(_Wire):
    name: str
    brand: _Brand
    timezone: str = "UTC"
    language: str = "en"
    persona: _Persona
    lines_of_business: list[str] = []
    queues: Annotated[list[_Queue], Field(min_length=1)]
    holidays: list[date] = []
    dispositions: list[_Disposition] = []
    quick_replies: list[_QuickReply] = []
    operators: list[_Person] = []


def load_tenant(path: Path) -> JsonObject:
    """tenant.yaml as checked JSON values. Raises TenantInvalid naming the place."""
    try:
        wire = _Tenant.model_validate(load_yaml(path.read_text(encoding="utf-8")) or {})
    except yaml.YAMLError as error:
        raise TenantInvalid(f"{path.name}: not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise TenantInvalid(f"{path.name}, {' > '.join(map(str, first['loc']))}: {first['msg']}") from error
    return wire.model_dump(mode="json")


def tenant_from_data(data: JsonObject) -> Tenant:
    """The value of what `load_tenant` gave."""
    wire = _Tenant.model_validate(data)
    return Tenant(
        name=wire.name,
        brand=wire.brand.name,
        tagline=wire.brand.tagline,
        accent=wire.brand.accent,
        timezone=wire.timezone,
        language=wire.language,
        persona=Persona(
            wire.persona.name,
            " ".join(wire.persona.greeting.split()),
            " ".join(wire.persona.voice_greeting.split()),
        ),
        queues=tuple(_queue(queue, wire) for queue in wire.queues),
        dispositions=tuple(Disposition(one.id, one.name, one.category) for one in wire.dispositions),
        quick_replies=tuple(QuickReply(one.id, one.shortcut, one.title, one.text) for one in wire.quick_replies),
        people=tuple(_seed(person) for person in wire.operators),
    )


def blank_tenant(name: str) -> JsonObject:
    """A tenant with nothing but a name and one queue, for an empty installation."""
    wire = _Tenant(
        name=name,
        brand=_Brand(name=name),
        persona=_Persona(
            name="Assistant",
            greeting=f"Hello, this is {name}'s AI assistant. How can I help? You can ask for a person at any time.",
        ),
        queues=[_Queue(id="general", name="General")],
        dispositions=[_Disposition(id="resolved", name="Resolved"), _Disposition(id="follow_up", name="Follow up")],
    )
    return wire.model_dump(mode="json")


def _queue(queue: _Queue, wire: _Tenant) -> Queue:
    week = tuple(_span(span) if (span := queue.hours.get(day)) else None for day in DAYS)
    hours = Hours(wire.timezone, week, tuple(wire.holidays))
    return Queue(queue.id, queue.name, tuple(queue.skills), hours, queue.priority)


def _seed(person: _Person) -> PersonSeed:
    return PersonSeed(
        person.id,
        person.name,
        person.email,
        person.role,
        tuple(sorted(person.skills.items())),
        tuple(person.queues),
        tuple(person.languages),
        person.capacity,
    )


def _span(text: str) -> tuple[time, time]:
    start, _, end = text.partition("-")
    return time.fromisoformat(start), time(0) if end == "24:00" else time.fromisoformat(end)


EMPTY_TENANT = tenant_from_data(blank_tenant("Your company"))
