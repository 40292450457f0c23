"""What differs between two libraries, for the history and for what an import would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import JsonValue

from intents.data import intent_data
from intents.library import Library


@dataclass(frozen=True)
class FieldChange:
    """One field of one intent; values as JSON has them, None where there was no intent."""

    field: str
    before: JsonValue
    after: JsonValue


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


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
