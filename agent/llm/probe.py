"""Asks an endpoint at start what it can do, so that no customer waits to find out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from agent.llm.endpoint import PATIENCE_SECONDS, ChatClient, LlmEndpoint, LlmError, LlmRefused
from agent.llm.tasks import REWORD

T = TypeVar("T")

_TOOL = "note_word"
_PROOF_SCHEMA = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["vermilion"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
"""No model writes this unasked: a reply that fits shows that the endpoint holds the model to the schema."""

_FACTS = '{"passages": ["We answer the telephone from 9 to 5."], "question": "When do you answer the telephone?"}'


@dataclass(frozen=True)
class Capabilities:
    """What the endpoint showed it can do. Never guessed from its name."""

    is_reachable: bool = False
    is_model_listed: bool = False
    model: str = ""
    """the model asked for from now on"""
    has_json_schema: bool = False
    """it holds the model to a JSON schema; without, the reply's form is only asked for"""
    has_tool_calls: bool = False
    """it returns tool calls when they are required"""
    first_token_seconds: float | None = None
    """until the first piece of a reply, with the instructions already in the server's cache"""
    problem: str = ""
    """why it is not used, for whoever runs the centre; "" when it is"""

    @property
    def is_usable(self) -> bool:
        return not self.problem


async def probe(chat: ChatClient, endpoint: LlmEndpoint, clock: Callable[[], float]) -> Capabilities:
    """Four short questions, in order; the first also loads the model and fills the prompt cache.

    `clock` gives monotonic seconds. Never raises for what an endpoint can do.
    """
    try:
        listed = await _patiently(chat.models())
    except LlmRefused as error:
        if error.status in (401, 403):
            return Capabilities(is_reachable=True, problem="the endpoint refuses the key")
        listed = ()  # some gateways list nothing and still answer
    except (LlmError, TimeoutError):
        return Capabilities(problem="the endpoint does not answer as an OpenAI-compatible one")
    model = endpoint.model or next(iter(listed), "")
    if not model:
        return Capabilities(is_reachable=True, problem="the endpoint lists no model; name one")
    is_listed = model in listed
    try:
        has_schema = await _holds_to_schema(chat, model)
        seconds = await _first_token_seconds(chat, model, clock)
    except (LlmError, TimeoutError):
        return Capabilities(True, is_listed, model, problem="the endpoint does not answer with this model")
    return Capabilities(
        is_reachable=True,
        is_model_listed=is_listed,
        model=model,
        has_json_schema=has_schema,
        has_tool_calls=await _calls_tools(chat, model),
        first_token_seconds=seconds,
        problem="" if seconds < endpoint.timeout_seconds else "the first word takes longer than the wait allowed",
    )


class _Proof(BaseModel):
    colour: str


async def _holds_to_schema(chat: ChatClient, model: str) -> bool:
    try:
        reply = await _patiently(chat.complete(model, REWORD.system, _FACTS, most_tokens=40, schema=_PROOF_SCHEMA))
        return reply.is_whole and _Proof.model_validate_json(reply.text).colour == "vermilion"
    except (LlmRefused, ValidationError):
        return False


async def _first_token_seconds(chat: ChatClient, model: str, clock: Callable[[], float]) -> float:
    began = clock()
    await _patiently(chat.first_token(model, REWORD.system, _FACTS))
    return clock() - began


async def _calls_tools(chat: ChatClient, model: str) -> bool:
    try:
        reply = await _patiently(chat.call_tool(model, "Note the word vermilion.", _TOOL))
    except (LlmError, TimeoutError):
        return False
    return _TOOL in reply.tools


async def _patiently(question: Awaitable[T]) -> T:
    """Raises TimeoutError past PATIENCE_SECONDS."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await question
