"""An OpenAI-compatible chat endpoint: where it is, what it is asked, and its failures in our words.

Replies are read as bytes and checked against our own types: the client's would let a proxy's web page, half a JSON
object or a body without end through.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel, Field, ValidationError

MOST_REPLY_BYTES = 262_144
"""A reply has a few hundred bytes; a list of models may have thousands."""

PATIENCE_SECONDS = 30.0
"""What one question of the probe may take: a local server may load its model for the first one."""


class LlmError(Exception):
    """Root of the port's errors; `retry_may_help` says whether the same request can succeed later."""

    retry_may_help = False


class LlmUnavailable(LlmError):
    """The endpoint did not answer, or failed. A retry may help."""

    retry_may_help = True


class LlmRefused(LlmError):
    """The endpoint said no: key, address, model or an unknown field. A retry fails again."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with status {status}")
        self.status = status


class LlmNonsense(LlmError):
    """The endpoint answered something that is not the API. A retry fails again."""


@dataclass(frozen=True)
class LlmEndpoint:
    """One server that speaks OpenAI's chat API. Raises ValueError for what is no such address or wait."""

    base_url: str
    """"https://api.openai.com/v1", or a server of your own"""
    model: str = ""
    """as the server calls it; "" for the first one it lists"""
    api_key: str = field(default="none", repr=False)
    """"none" for servers without keys"""
    timeout_seconds: float = 1.2
    """for one whole answer: a customer is waiting"""
    most_at_once: int = 8
    """calls in flight; further ones are not waited for"""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"the language model's address must begin with http:// or https://: {self.base_url!r}")
        if self.timeout_seconds <= 0:
            raise ValueError(f"the wait for a language model must be above 0 seconds: {self.timeout_seconds!r}")


@dataclass(frozen=True)
class Completion:
    text: str
    is_whole: bool
    """False when it was cut off at the token limit or by a filter."""
    tools: tuple[str, ...] = ()
    """Names of the tools called."""


class ChatClient:
    """One endpoint's connections. No method retries; each raises LlmError or, cancelled, gives the connection up."""

    def __init__(self, endpoint: LlmEndpoint) -> None:
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.base_url,
            # The client refuses an empty key; servers without keys don't look at it.
            api_key=endpoint.api_key or "none",
            # Callers bound the whole exchange; this one only keeps a dead connection from being held for ever.
            timeout=max(PATIENCE_SECONDS, endpoint.timeout_seconds),
            max_retries=0,
        )

    async def models(self) -> tuple[str, ...]:
        """What the endpoint lists, in its order."""
        async with _our_errors(), self._client.models.with_streaming_response.list() as response:
            listed = _Models.model_validate_json(await _body(response.iter_bytes()))
        return tuple(one.id for one in listed.data)

    async def complete(
        self, model: str, system: str, facts: str, *, most_tokens: int, schema: Mapping[str, object] | None = None
    ) -> Completion:
        """The model's reply at temperature 0; with `schema` the endpoint is asked to hold the model to it."""
        async with (
            _our_errors(),
            self._client.chat.completions.with_streaming_response.create(
                model=model,
                messages=_messages(system, facts),
                temperature=0,
                max_tokens=most_tokens,
                response_format=openai.omit
                if schema is None
                else {"type": "json_schema", "json_schema": {"name": "reply", "schema": dict(schema), "strict": True}},
            ) as response,
        ):
            return _completion(await _body(response.iter_bytes()))

    async def call_tool(self, model: str, request: str, tool: str) -> Completion:
        """The reply to a request that must be answered by calling `tool`, which takes one word."""
        parameters = {
            "type": "object",
            "properties": {"word": {"type": "string"}},
            "required": ["word"],
            "additionalProperties": False,
        }
        async with (
            _our_errors(),
            self._client.chat.completions.with_streaming_response.create(
                model=model,
                messages=[{"role": "user", "content": request}],
                temperature=0,
                max_tokens=60,
                tools=[{"type": "function", "function": {"name": tool, "parameters": parameters}}],
                tool_choice="required",
            ) as response,
        ):
            return _completion(await _body(response.iter_bytes()))

    async def first_token(self, model: str, system: str, facts: str) -> None:
        """Returns when the first piece of the reply is there."""
        async with (
            _our_errors(),
            self._client.chat.completions.with_streaming_response.create(
                model=model, messages=_messages(system, facts), temperature=0, max_tokens=8, stream=True
            ) as response,
        ):
            async for line in response.iter_lines():
                _, mark, data = line.partition("data:")
                if mark and data.strip() != "[DONE]" and _Chunk.model_validate_json(data).has_text:
                    return
        raise LlmNonsense("a stream without text")

    async def close(self) -> None:
        await self._client.close()


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Model]


class _Function(BaseModel):
    name: str


class _ToolCall(BaseModel):
    function: _Function


class _Message(BaseModel):
    content: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


class _Piece(BaseModel):
    delta: _Message


class _Chunk(BaseModel):
    choices: list[_Piece] = []

    @property
    def has_text(self) -> bool:
        return any(choice.delta.content for choice in self.choices)


def _messages(system: str, facts: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "system", "content": system}, {"role": "user", "content": facts}]


def _completion(body: bytes) -> Completion:
    choice = _Completion.model_validate_json(body).choices[0]
    tools = tuple(call.function.name for call in choice.message.tool_calls or ())
    is_whole = choice.finish_reason not in ("length", "content_filter")
    return Completion(choice.message.content or "", is_whole, tools)


async def _body(pieces: AsyncIterator[bytes]) -> bytes:
    body = b""
    async for piece in pieces:
        body += piece
        if len(body) > MOST_REPLY_BYTES:
            raise LlmNonsense("a reply without end")
    return body


@asynccontextmanager
async def _our_errors() -> AsyncIterator[None]:
    """Vendor exceptions stop here; none of ours carries a word of the request or the reply."""
    try:
        yield
    except ValidationError:
        raise LlmNonsense("not the chat API") from None
    except (openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError, httpx2.HTTPError) as error:
        raise LlmUnavailable(type(error).__name__) from error
    except openai.APIStatusError as error:
        raise LlmRefused(error.status_code) from error
    except (openai.OpenAIError, httpx2.InvalidURL, httpx2.StreamError, ValueError) as error:
        raise LlmNonsense(type(error).__name__) from error
