"""What differs between two libraries, for the history and for what an import would do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from intents.intent import Intent
from intents.library import Library


@dataclass(frozen=True)
class FieldChange:
    """One field of one intent; values as JSON has them, None where there was no intent."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """What happened to one intent."""

    intent: str
    """Its id."""
    name: str
    kind: Literal["added", "removed", "changed"]
    fields: tuple[FieldChange, ...]


def changes(before: Library, after: Library) -> tuple[Change, ...]:
    """The intents that differ, in the order of `after`, the removed ones last; the order of intents is no change."""
    old = {intent.id: intent for intent in before.intents}
    new = {intent.id: intent for intent in after.intents}
    found = []
    for intent in new.values():
        known = old.get(intent.id)
        if known is None:
            found.append(Change(intent.id, intent.name, "added", _fields({}, intent_data(intent))))
        elif known != intent:
            differing = _fields(intent_data(known), intent_data(intent))
            found.append(Change(intent.id, intent.name, "changed", differing))
    removed = [intent for intent in old.values() if intent.id not in new]
    found += [Change(one.id, one.name, "removed", _fields(intent_data(one), {})) for one in removed]
    return tuple(found)


def intent_data(intent: Intent) -> dict[str, Any]:
    """The intent as plain JSON values, every field of it."""
    data: dict[str, Any] = _plain(asdict(intent))
    return data


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case tuple() | list():
            return [_plain(inner) for inner in value]
        case str():
            return str(value)  # a StrEnum is its word
        case _:
            return value


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
