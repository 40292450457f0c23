"""docs/reference/http-api.md: the HTTP doors, from the application's own OpenAPI."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute

from app import create_app  # noqa: TID251 - the page is about the whole application
from config import Settings  # noqa: TID251
from tools.reference.words import GENERATED, field_table, table, type_in_words

INTRODUCTION = """# HTTP API

JSON in and out; the running server gives the same as OpenAPI at `/openapi.json`. Sign-in sets the cookie
`switchboard_session` (HttpOnly, SameSite=Strict); every other call sends it. A request of another site's page is
refused with 403. Conversations themselves are talked over websockets: [in writing](websocket-protocol.md) and
[by voice](voice-protocol.md).

Every answer of status 400 and above is a RefusalOut: a `code` that programs may rely on, and `detail` in words for
people. 401 not signed in, 403 not allowed, 404 not there, 409 already there or changed meanwhile, 422 a value that
cannot be right, 429 too many attempts, 503 not ready yet.

"""

WHO = {"person": "anyone signed in", "supervisor": "supervisors"}


def page() -> str:
    """The page's text."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), database_url=""))
        spec = app.openapi()
        who = {(method, route.path): _who(route) for route in _routes(app.routes) for method in route.methods or ()}
    rows: list[list[str]] = []
    details: list[str] = []
    for path, method, operation in _operations(spec):
        name = f"{method.upper()} {path}"
        rows.append([f"`{name}`", who.get((method.upper(), path), "anyone"), _answer(operation)])
        detail = _detail(operation)
        if detail:
            details.append(f"\n## {name}\n\n{detail}")
    schemas = spec["components"]["schemas"]
    values = [
        f"\n### {name}\n\n{field_table(schema, {})}"
        for name, schema in sorted(schemas.items())
        if "properties" in schema and "ValidationError" not in name
    ]
    doors = table(["door", "for", "answer"], rows)
    return "".join([GENERATED, INTRODUCTION, doors, *details, "\n## Values\n", *values])


def _routes(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None:
            yield from _routes(inner.routes)


def _who(route: APIRoute) -> str:
    names = [getattr(one.call, "__name__", "") for one in route.dependant.dependencies]
    return next((WHO[name] for name in names if name in WHO), "anyone")


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in sorted(spec["paths"].items()):
        for method, operation in methods.items():
            yield path, method, operation


def _answer(operation: dict[str, Any]) -> str:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            schema = response.get("content", {}).get("application/json", {}).get("schema")
            return f"{status} {type_in_words(schema)}" if schema else status
    return ""


def _detail(operation: dict[str, Any]) -> str:
    parts: list[str] = []
    if "description" in operation:
        parts.append(f"{operation['description']}\n")
    given = [
        [
            f"`{one['name']}`",
            one["in"],
            type_in_words(one["schema"]),
            "required" if one.get("required") else f"`{json.dumps(one['schema'].get('default'))}`",
        ]
        for one in operation.get("parameters", ())
    ]
    if given:
        parts.append(table(["parameter", "in", "type", "default"], given))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        parts.append(f"Body: {type_in_words(body)}.\n")
    return "\n".join(parts)
