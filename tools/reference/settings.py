"""docs/reference/settings.md: every setting of config.py."""

import json
from pathlib import Path
from typing import Any

import config  # noqa: TID251 - the page is about it
from tools.reference.source import documented
from tools.reference.words import GENERATED, table, type_in_words

INTRODUCTION = """# Settings

Read once at start, from the environment or from a file `.env` in the folder the server is started in; the
environment wins. Lists are written as JSON: `SWITCHBOARD_ALLOWED_ORIGINS='["https://www.example.com"]'`. A value
that cannot be right stops the start with a sentence that says so. Source: `config.py`.

"""


def page() -> str:
    """The page's text."""
    model = config.Settings
    docs = documented(config)["Settings"].fields
    properties = model.model_json_schema(by_alias=False)["properties"]
    prefix = model.model_config.get("env_prefix", "")
    rows = []
    for name, field in model.model_fields.items():
        env = str(field.validation_alias or f"{prefix}{name}").upper()
        rows.append([f"`{env}`", _type(properties[name]), _default(field.default), docs[name]])
    return GENERATED + INTRODUCTION + table(["variable", "type", "default", "meaning"], rows)


def _type(schema: dict[str, Any]) -> str:
    if schema.get("format") == "path":
        return "folder"
    if schema.get("format") == "password":
        return "secret"
    return type_in_words(schema)


def _default(value: object) -> str:
    if hasattr(value, "get_secret_value"):
        return "a demo value" if value.get_secret_value() == config.DEMO_SECRET else f"`{value.get_secret_value()}`"
    if value == "":
        return "empty"
    if isinstance(value, Path):
        return f"`{value}`"
    return f"`{json.dumps(value)}`" if not isinstance(value, str) else f"`{value}`"
