"""A Pipecat pipeline over the same wire: its Silero and Smart Turn, its Whisper service, a stub model, hibari's voice.

python -m bench.voice.pipecat_server PORT MODEL_FOLDER REPLY GREETING      (in the peers' environment)

Everything is Pipecat's default but for two kindnesses: the models are loaded once for all calls, not once a call, which
would stop the event loop for a second each; and the silence the voice opens with is cut, as our own server does. The
language model answers at once with the fixed reply.
"""

# mypy: disable-error-code="misc, import-not-found, no-any-return, untyped-decorator"
# Pipecat is installed in another environment, so here all its classes are unknown.

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from typing import Any

os.environ.setdefault("PIPECAT_TELEMETRY", "0")

import hibari
import numpy as np
import soxr
import uvicorn
from fastapi import FastAPI, WebSocket
from faster_whisper import WhisperModel
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterruptionFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    OutputAudioRawFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair, LLMUserAggregatorParams
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.services.settings import TTSSettings
from pipecat.services.tts_service import TTSService
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.workers.runner import WorkerRunner
from starlette.websockets import WebSocketState

RATE_HZ = 16_000
FRAME_BYTES = 640
AUDIBLE = 0.005


class Wire(FrameSerializer):
    """Our calls' websocket messages to frames and back."""

    async def serialize(self, frame: Frame) -> str | bytes | None:
        if isinstance(frame, InterruptionFrame):
            return json.dumps({"type": "flush"})
        return bytes(frame.audio) if isinstance(frame, OutputAudioRawFrame) else None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        return InputAudioRawFrame(data, RATE_HZ, 1) if isinstance(data, bytes) else None


class SharedWhisper(WhisperSTTService):
    """Pipecat's service on a model that is loaded already."""

    shared: WhisperModel

    def _load(self) -> None:
        self._model = self.shared


class FixedReply(FrameProcessor):
    """Stands where a language model stands, and needs no time."""

    def __init__(self, reply: str) -> None:
        super().__init__()
        self._reply = reply

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            for part in (LLMFullResponseStartFrame(), LLMTextFrame(self._reply), LLMFullResponseEndFrame()):
                await self.push_frame(part)
        else:
            await self.push_frame(frame, direction)


class HibariService(TTSService):
    """hibari as a Pipecat voice, sentence by sentence."""

    def __init__(self, voice: Any) -> None:
        settings = TTSSettings(model=None, voice=None, language=None)
        super().__init__(push_start_frame=True, push_stop_frames=True, settings=settings)
        self._hibari = voice

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        pcm = await asyncio.to_thread(self._render, text)
        yield TTSAudioRawFrame(pcm, RATE_HZ, 1, context_id=context_id)

    def _render(self, text: str) -> bytes:
        samples = soxr.resample(np.asarray(self._hibari(text, seed=0), np.float32), self._hibari.sample_rate, RATE_HZ)
        loud = np.flatnonzero(np.abs(samples) > AUDIBLE)
        if loud.size:
            samples = samples[max(0, loud[0] - RATE_HZ // 50) : loud[-1] + RATE_HZ // 12]
        return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def create_app(model: str, reply: str, greeting: str) -> FastAPI:
    """The server; /ws/voice takes calls."""
    app = FastAPI()
    SharedWhisper.shared = WhisperModel(model, device="cpu", compute_type="int8")
    voice = hibari.Hibari(voice="heart")
    voice(greeting, seed=0)

    @app.websocket("/ws/voice")
    async def call(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive_text()
        started = {"type": "started", "conversation_id": "pipecat", "token": None, "call_id": "pipecat"}
        await socket.send_text(json.dumps(started))
        params = FastAPIWebsocketParams(
            serializer=Wire(), audio_in_enabled=True, audio_out_enabled=True, fixed_audio_packet_size=FRAME_BYTES
        )
        transport = FastAPIWebsocketTransport(socket, params)
        stt = SharedWhisper(settings=WhisperSTTService.Settings(model=model))
        context = LLMContextAggregatorPair(
            LLMContext(), user_params=LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer())
        )
        stages = [
            transport.input(), stt, context.user(), FixedReply(reply), HibariService(voice), transport.output(),
            context.assistant(),
        ]  # fmt: skip
        rates = PipelineParams(audio_in_sample_rate=RATE_HZ, audio_out_sample_rate=RATE_HZ)
        worker = PipelineWorker(Pipeline(stages), params=rates, enable_rtvi=False)

        @transport.event_handler("on_client_connected")
        async def greet(*_: object) -> None:
            await worker.queue_frames([TTSSpeakFrame(greeting)])

        @transport.event_handler("on_client_disconnected")
        async def leave(*_: object) -> None:
            await worker.cancel()

        @context.user().event_handler("on_user_turn_stopped")
        async def taken(_: object, __: object, message: Any) -> None:
            # A caller who has hung up needs no caption.
            if message.content and socket.client_state is WebSocketState.CONNECTED:
                caption = {"type": "caption", "speaker": "customer", "text": message.content, "is_final": True}
                await socket.send_text(json.dumps(caption))

        runner = WorkerRunner(handle_sigint=False)
        await runner.add_workers(worker)
        await runner.run()

    return app


class ReadyServer(uvicorn.Server):
    """Says on standard output when it listens."""

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        print("ready", flush=True)


async def main(port: int, model: str, reply: str, greeting: str) -> None:
    """Serves until it is stopped."""
    logger.remove()
    logger.add(sys.stderr, level="WARNING")
    await ReadyServer(uvicorn.Config(create_app(model, reply, greeting), port=port, log_level="warning")).serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:5]))
