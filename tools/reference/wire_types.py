"""The messages of the sockets as TypeScript types, from the pydantic models: screens/kit/wire.d.ts for chat and desk,
screens/voice/messages.d.ts for calls.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter

from conversation import HandoverContext
from telephony.codecs.browser import messages
from tools.reference.protocol import PARTS, TO_CUSTOMER, TO_DESK
from web.customer import chat_protocol
from web.desk import desk_protocol
from web.kit.protocol import EventData

Schema = Mapping[str, Any]

HEAD = """// Written from the pydantic models by `make docs`; change those, not this file.
// docs/reference/websocket-protocol.md explains them.
"""
PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
TO_DEVICE = (
    messages.Opened,
    messages.Mark,
    messages.Flush,
    messages.Caption,
    messages.LineState,
    messages.DeskLine,
    messages.Recording,
    messages.Problem,
    messages.Pong,
    messages.Ended,
)
EVENT = "EventData"
"""The union of all events, declared once."""
IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")


def page() -> str:
    """The file's text."""
    from_customer = get_args(get_args(chat_protocol.FromCustomer)[0])
    from_desk = get_args(get_args(desk_protocol.FromDesk)[0])
    taken: dict[str, Schema] = {}
    for model in (*from_customer, *from_desk):
        taken |= _definitions(model)
    sent: dict[str, Schema] = {}
    for model in (*TO_CUSTOMER, *TO_DESK, *PARTS):
        sent |= _definitions(model)
    card = TypeAdapter(HandoverContext).json_schema(mode="serialization")
    sent |= card.get("$defs", {}) | {"HandoverContext": card}
    declared = {name: _declared(name, schema, is_sent=False) for name, schema in taken.items()}
    declared |= {name: _declared(name, schema, is_sent=True) for name, schema in sent.items()}
    parts = [HEAD, *(declared[name] for name in sorted(declared))]
    for name, models in {
        "FromCustomer": from_customer,
        "ToCustomer": TO_CUSTOMER,
        "FromDesk": from_desk,
        "ToDesk": TO_DESK,
    }.items():
        parts.append(_union(name, models))
    kinds = TypeAdapter(EventData).json_schema(mode="serialization")["oneOf"]
    parts.append(f"export type {EVENT} ={''.join(f'{chr(10)}  | {_type(one)}' for one in kinds)};\n")
    return "\n".join(parts)


def voice_page() -> str:
    """The text of the file for calls."""
    from_device = get_args(messages.AnyControl)
    taken: dict[str, Schema] = {}
    for model in from_device:
        taken |= _definitions(model)
    sent: dict[str, Schema] = {}
    for model in TO_DEVICE:
        sent |= _definitions(model)
    declared = {name: _declared(name, schema, is_sent=False) for name, schema in taken.items()}
    declared |= {name: _declared(name, schema, is_sent=True) for name, schema in sent.items()}
    unions = [_union("FromDevice", from_device), _union("ToDevice", TO_DEVICE)]
    return "\n".join([HEAD.replace("websocket", "voice"), *(declared[name] for name in sorted(declared)), *unions])


def _definitions(model: type[BaseModel]) -> dict[str, Schema]:
    schema = model.model_json_schema()
    inner: dict[str, Schema] = schema.get("$defs", {})
    return inner | {model.__name__: schema}


def _declared(name: str, schema: Schema, *, is_sent: bool) -> str:
    """`is_sent`: what we send has every field, what we take may leave out those with a default."""
    if "properties" not in schema:
        return f"export type {name} = {_type(schema)};\n"
    required = set(schema.get("required", ()))
    fields = "".join(
        f"  {key}{'' if is_sent or key in required else '?'}: {_type(value)};\n"
        for key, value in schema["properties"].items()
    )
    return f"export interface {name} {{\n{fields}}}\n"


def _is_event(schema: Schema) -> bool:
    return bool(schema.get("discriminator", {}).get("propertyName") == "kind")


def _union(name: str, models: Iterable[type[BaseModel]]) -> str:
    listed = "".join(f"\n  | {model.__name__}" for model in models)
    return f"export type {name} ={listed};\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if _is_event(schema):
        return EVENT
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(_type(one) for one in schema[key]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(one) for one in schema["enum"])
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(_type(one) for one in schema['prefixItems'])}]"
        case "array":
            inner = _type(schema.get("items", {}))
            return f"{inner}[]" if IDENTIFIER.fullmatch(inner) else f"({inner})[]"
        case "object":
            values = schema.get("additionalProperties")
            return f"Record<string, {_type(values) if isinstance(values, dict) and values else 'any'}>"
        case str() as name:
            return PRIMITIVES[name]
        case _:
            return "any"
