"""A JSON object as Python has it."""

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]
