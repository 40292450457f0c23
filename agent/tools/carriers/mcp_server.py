"""A tool of an MCP server, one session a call.

A session lives in a task of its own: when the server dies in the middle of a call, the client library cancels whoever
awaits it, and a conversation's task must not be cancelled by somebody else's crash.
"""

import asyncio
import json
import shlex
from typing import Any

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from agent.tools.carriers.outside import Call, ToolFailed, Unreachable
from agent.tools.carriers.secrets import with_secrets
from agent.tools.declared import Mcp
from json_object import JsonObject


async def call_tool(call: Call) -> JsonObject:
    """The structured content of the answer, or the JSON in its text. Raises ToolFailed."""
    target = call.tool.mcp
    assert target is not None
    session = asyncio.create_task(_session(target, target.tool or call.tool.name, call.arguments, call.tool.timeout))
    try:
        await asyncio.wait([session])
    except asyncio.CancelledError:
        session.cancel()
        raise
    if session.cancelled():
        raise Unreachable("the server died in the middle of the call")
    error = session.exception()
    if isinstance(error, ToolFailed):
        raise error
    if error is not None:
        raise Unreachable(type(error).__name__) from error
    return session.result()


async def _session(target: Mcp, tool: str, arguments: JsonObject, timeout: float) -> JsonObject:
    if target.command:
        first, *rest = target.command
        transport: Any = stdio_client(StdioServerParameters(command=first, args=[with_secrets(one) for one in rest]))
        return await _ask(transport, tool, arguments)
    headers = {name: with_secrets(value) for name, value in target.headers.items()}
    async with httpx2.AsyncClient(headers=headers, timeout=timeout, trust_env=False) as http:
        return await _ask(streamable_http_client(str(target.url), http_client=http), tool, arguments)


async def _ask(transport: Any, tool: str, arguments: JsonObject) -> JsonObject:
    async with Client(transport) as client:
        answer = await client.call_tool(tool, arguments)
    if answer.is_error:
        raise ToolFailed("the server refused the call")
    found = answer.structured_content if answer.structured_content is not None else _from_text(answer.content)
    if not isinstance(found, dict):
        raise ToolFailed("answered no object")
    return found


def _from_text(content: list[Any]) -> Any:
    text = next((one.text for one in content if getattr(one, "type", "") == "text"), "")
    try:
        return json.loads(text)
    except ValueError as error:
        raise ToolFailed(f"answered {shlex.quote(text[:40])}, which is no JSON") from error
