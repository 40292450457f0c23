"""A tool that is an HTTP request answered in JSON."""

import json
from typing import Any
from urllib.parse import quote

import httpx2

from agent.tools.carriers.outside import Call, NotThere, ToolFailed, Unreachable
from agent.tools.carriers.secrets import with_secrets
from agent.tools.declared import PLACE, Http
from json_object import JsonObject

MOST_BYTES = 262_144
ATTEMPTS = 2
"""A request that did not arrive is sent once more, under the same Idempotency-Key."""


async def request(call: Call) -> JsonObject:
    """The answer's JSON object; a list becomes {"list": [...]}. Raises ToolFailed."""
    http = call.tool.http
    assert http is not None
    in_address = set(PLACE.findall(http.url))
    rest = {name: value for name, value in call.arguments.items() if name not in in_address}
    # Secrets first: a customer's words are quoted, and never read as the name of a secret.
    url = PLACE.sub(lambda match: quote(str(call.arguments[match[1]]), safe=""), with_secrets(http.url))
    headers = {name: with_secrets(value) for name, value in http.headers.items()} | {"Idempotency-Key": call.key}
    async with httpx2.AsyncClient(timeout=call.tool.timeout, follow_redirects=False, trust_env=False) as client:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await _once(client, http, url, headers, rest)
            except Unreachable:
                if attempt == ATTEMPTS:
                    raise
    raise AssertionError("unreachable")


async def _once(
    client: httpx2.AsyncClient, http: Http, url: str, headers: dict[str, str], rest: dict[str, Any]
) -> JsonObject:
    in_query = http.method in ("GET", "DELETE")
    try:
        async with client.stream(
            http.method, url, headers=headers, params=rest if in_query else None, json=None if in_query else rest
        ) as answer:
            if answer.status_code == 404:
                raise NotThere("not found")
            if answer.status_code >= 500 or answer.status_code == 429:
                raise Unreachable(f"answered {answer.status_code}")
            if answer.status_code >= 300:
                raise ToolFailed(f"answered {answer.status_code}")
            return _object(await _body(answer))
    except httpx2.HTTPError as error:
        raise Unreachable(type(error).__name__) from error


async def _body(answer: httpx2.Response) -> bytes:
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise ToolFailed(f"answered more than {MOST_BYTES} bytes")
    return bytes(body)


def _object(body: bytes) -> JsonObject:
    try:
        found = json.loads(body) if body.strip() else {}
    except ValueError as error:
        raise ToolFailed("answered what is no JSON") from error
    if isinstance(found, list):
        return {"list": found}
    if not isinstance(found, dict):
        raise ToolFailed("answered no JSON object")
    return found
