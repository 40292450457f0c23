"""A real HTTP server on loopback that speaks OpenAI's chat API as it is told to, and remembers what it was asked."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from agent.llm.endpoint import LlmEndpoint
from agent.llm.language_model import LanguageModel

MODEL = "test-model"
Reply = Response | Callable[[], Response]


def said(text: str, *, finish_reason: str = "stop", tools: tuple[str, ...] = ()) -> Response:
    """A completion with this text."""
    calls = [{"id": "c1", "type": "function", "function": {"name": name, "arguments": "{}"}} for name in tools]
    message = {"role": "assistant", "content": text, **({"tool_calls": calls} if calls else {})}
    return as_json({"id": "1", "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}]})


def wrote(text: str, *, is_possible: bool = True, finish_reason: str = "stop") -> Response:
    """A completion in the form the product asks for."""
    return said(json.dumps({"is_possible": is_possible, "text": text}), finish_reason=finish_reason)


def as_json(data: Any, status: int = 200) -> Response:
    return Response(json.dumps(data), status, media_type="application/json")


def as_text(text: str, status: int = 200, media_type: str = "text/html") -> Response:
    return Response(text, status, media_type=media_type)


@dataclass
class ScriptedServer:
    """What it answers; a good endpoint unless a test says otherwise."""

    answer: Reply = field(default_factory=lambda: wrote("Nothing yet."))
    """To every request for wording."""
    models: Reply = field(default_factory=lambda: as_json({"object": "list", "data": [{"id": MODEL}]}))
    holds_to_schema: bool = True
    calls_tools: bool = True
    first_token: bytes | None = b'data: {"choices": [{"index": 0, "delta": {"content": "Hi"}}]}\n\ndata: [DONE]\n\n'
    """None: the stream never begins."""
    is_stuck: bool = False
    """True: wording is never answered, until the test ends."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """Request bodies in order."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    base_url: str = ""

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        if body.get("stream"):
            return StreamingResponse(self._stream(), media_type="text/event-stream")
        if "tools" in body:
            return said("", tools=("note_word",)) if self.calls_tools else said("vermilion")
        if "colour" in json.dumps(body.get("response_format", "")):
            return said('{"colour": "vermilion"}') if self.holds_to_schema else said("From 9 to 5.")
        if self.is_stuck:
            await self.ended.wait()
        return self.answer() if callable(self.answer) and not isinstance(self.answer, Response) else self.answer

    async def list_models(self) -> Response:
        return self.models() if callable(self.models) and not isinstance(self.models, Response) else self.models

    async def _stream(self) -> AsyncIterator[bytes]:
        if self.first_token is None:
            await self.ended.wait()
        yield self.first_token or b""

    @property
    def wordings(self) -> list[dict[str, Any]]:
        """The requests that were not the probe's."""
        return [body for body in self.asked if "is_possible" in json.dumps(body.get("response_format", ""))]


@asynccontextmanager
async def serving(script: ScriptedServer) -> AsyncIterator[ScriptedServer]:
    """The server on a free port, stopped with the block."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    app = FastAPI()
    app.add_api_route("/v1/chat/completions", script.chat, methods=["POST"], response_model=None)
    app.add_api_route("/v1/models", script.list_models, methods=["GET"], response_model=None)
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with asyncio.timeout(20):
            while not server.started:
                assert not task.done(), "the server did not start"
                await asyncio.sleep(0.005)
        script.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        yield script
    finally:
        script.ended.set()
        server.should_exit = True
        await task
        listener.close()


class Hand:
    """A clock that stands still unless told, and pauses a test ends itself."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: asyncio.Queue[float] = asyncio.Queue()
        self._go = asyncio.Event()

    def clock(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.pauses.put_nowait(seconds)
        await self._go.wait()
        self._go.clear()

    def go_on(self) -> None:
        self._go.set()


@asynccontextmanager
async def model_at(base_url: str, hand: Hand | None = None, **endpoint: Any) -> AsyncIterator[LanguageModel]:
    """A language model of that endpoint, closed with the block."""
    hand = hand or Hand()
    options = {"timeout_seconds": 5.0} | endpoint
    model = LanguageModel(LlmEndpoint(base_url, **options), hand.clock, hand.pause)
    try:
        yield model
    finally:
        await model.close()


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop run until something is so."""
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.001)
