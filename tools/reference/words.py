"""JSON schema in words, and the Markdown tables they stand in."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Schema = Mapping[str, Any]

GENERATED = "<!-- Written from the code by `make docs`; change the code, not this page. -->\n"


def type_in_words(schema: Schema) -> str:
    """A JSON schema as a reader wants it: `string, 1 to 64 characters`, `list of Source`, `integer or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("discriminator", {}).get("propertyName") == "kind":
        return "[event](events.md)"
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(type_in_words(one) for one in schema[key])
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    match schema.get("type"):
        case "array":
            words = f"list of {type_in_words(schema.get('items', {}))}"
            return words + (f", at most {schema['maxItems']}" if "maxItems" in schema else "")
        case "object":
            values = schema.get("additionalProperties")
            many = f", at most {schema['maxProperties']}" if "maxProperties" in schema else ""
            named = f"object, each value {type_in_words(values)}" if isinstance(values, dict) and values else "object"
            return named + many
        case "string" if schema.get("format") == "date-time":
            return "time (ISO 8601, UTC)"
        case "string":
            return "string" + _between(schema, "minLength", "maxLength", " characters") + _pattern(schema)
        case "integer" | "number" as name:
            return str(name) + _between(schema, "minimum", "maximum", "")
        case None:
            return "any JSON"
        case name:
            return str(name)


def _between(schema: Schema, low: str, high: str, unit: str) -> str:
    least = schema.get(low, schema.get("exclusiveMinimum"))
    most = schema.get(high)
    if least is not None and least == most:
        return f", {most:,.16g}{unit.rstrip('s') if most == 1 else unit}"
    if least is not None and most is not None:
        return f", {least:g} to {most:,.16g}{unit}"
    if most is not None:
        return f", at most {most:,.16g}{unit}"
    if least is not None:
        above = "above" if low not in schema else "at least"
        return f", {above} {least}{unit}" if (least, unit) != (1, " characters") else ", not empty"
    return ""


def _pattern(schema: Schema) -> str:
    return f", `{schema['pattern']}`" if "pattern" in schema else ""


def default_in_words(schema: Schema, name: str) -> str:
    """The value that stands in when the field is left out; "required" for none."""
    field = schema["properties"][name]
    if name in schema.get("required", ()) or "const" in field:
        return "required"
    if "default" not in field:
        return "optional"
    return f"`{json.dumps(field['default'])}`"


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    head = list(header)
    lines = [head, ["---"] * len(head), *[[cell.replace("|", "\\|") for cell in row] for row in rows]]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines) + "\n"


def field_table(schema: Schema, docs: Mapping[str, str], *, skip: Iterable[str] = ()) -> str:
    """One row a field: name, type, default, meaning. Empty for a schema without fields."""
    left_out = set(skip)
    names = [name for name in schema.get("properties", {}) if name not in left_out]
    rows = [
        [
            f"`{name}`",
            type_in_words(schema["properties"][name]),
            default_in_words(schema, name),
            docs.get(name, "").replace("<", "&lt;"),
        ]
        for name in names
    ]
    return table(["field", "type", "default", "meaning"], rows) if rows else ""


def word_sets(definitions: Mapping[str, Schema]) -> str:
    """A table of the closed word sets among a schema's definitions."""
    rows = [
        [f"`{name}`", ", ".join(f"`{value}`" for value in one["enum"]), " ".join(one.get("description", "").split())]
        for name, one in sorted(definitions.items())
        if "enum" in one
    ]
    return table(["set", "words", "meaning"], rows)


def anchor(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    kept = "".join(one for one in heading.lower() if one.isalnum() or one in "-_ ")
    return kept.replace(" ", "-")
