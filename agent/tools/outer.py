"""Values to and from a tenant's own tools: what goes out must fit, and of what comes in only the declared is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue

from agent.tools.declared import DeclaredTool, ValueType
from conversation import Assurance
from json_object import JsonObject

LONGEST_TEXT, LONGEST_LIST, DEEPEST = 4_000, 100, 4


class Misfit(Exception):
    """A value is missing or of another type; the message names it, not its content."""


def arguments_for(tool: DeclaredTool, given: Mapping[str, JsonValue]) -> JsonObject:
    """What the tool takes of what a step gives. Raises Misfit."""
    found: JsonObject = {}
    for name, kind, must in tool.takes():
        value = given.get(name)
        if value is None and must:
            raise Misfit(f"{name} is missing")
        if value is not None:
            found[name] = _fitting(name, kind, value)
    return found


def result_for(tool: DeclaredTool, answer: Mapping[str, JsonValue], assurance: Assurance) -> JsonObject:
    """The declared fields; None where nothing came or where whoever is there may not be told. Raises Misfit."""
    return {
        name: _fitting(name, kind, answer[name]) if answer.get(name) is not None and assurance >= needs else None
        for name, kind, needs in tool.gives()
    }


def nothing_of(tool: DeclaredTool) -> JsonObject:
    """The result of a look-up that found nothing: empty lists, and no value anywhere else."""
    return {name: [] if kind == "list" else None for name, kind, _ in tool.gives()}


def _fitting(name: str, kind: ValueType, value: Any) -> Any:
    match kind:
        case "string" if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)[:LONGEST_TEXT]
        case "integer" if isinstance(value, int) and not isinstance(value, bool):
            return value
        case "integer" if isinstance(value, str) and value.lstrip("-").isdigit():
            return int(value)
        case "number" if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        case "boolean" if isinstance(value, bool):
            return value
        case "date" if isinstance(value, str) and _is_date(value):
            return value[:10]
        case "list" if isinstance(value, list):
            return [_plain(name, one, 1) for one in value[:LONGEST_LIST]]
        case "object" if isinstance(value, dict):
            return _plain(name, value, 1)
        case _:
            raise Misfit(f"{name} is no {kind}")


def _plain(name: str, value: Any, depth: int) -> Any:
    """Values of JSON, of bounded depth and length."""
    if depth > DEEPEST:
        raise Misfit(f"{name} is nested too deeply")
    match value:
        case str():
            return value[:LONGEST_TEXT]
        case None | bool() | int() | float():
            return value
        case list():
            return [_plain(name, one, depth + 1) for one in value[:LONGEST_LIST]]
        case dict():
            return {str(key)[:80]: _plain(name, one, depth + 1) for key, one in list(value.items())[:LONGEST_LIST]}
        case _:
            raise Misfit(f"{name} holds what is no JSON")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
