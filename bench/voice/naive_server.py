"""What a first attempt looks like: 700 ms of silence end a turn, Whisper tiny.en hears it, the whole reply is spoken.

python -m bench.voice.naive_server PORT MODEL_FOLDER REPLY GREETING

Speaks the websocket contract of our own calls. Silero decides what is speech; faster-whisper runs with its defaults,
its whole 30 s of context; the reply is rendered to its end before it is sent. Speech of 250 ms stops a reply.
"""

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from speech.audio import BROWSER, Samples, resample, trim_silence
from speech.tts.hibari import HibariVoice
from speech.vad import FRAME_SECONDS, SileroModel
from speech.weights import find_silero

SILENCE_SECONDS = 0.7
SPEECH_SECONDS = 0.25
BEFORE_SECONDS = 0.5
"""Sound kept from before the first speech."""
AHEAD_SECONDS = 0.2
"""Sound is sent at most so far ahead of real time, as our own server does."""


class NaiveServer:
    """The models, loaded once for all calls."""

    def __init__(self, model: Path, reply: str, greeting: str) -> None:
        self.detector = SileroModel(find_silero())
        self._whisper = WhisperModel(str(model), device="cpu", compute_type="int8")
        self._voice = HibariVoice()
        self._reply = reply
        self.greeting = self.render(greeting)

    def answer(self, samples: Samples) -> tuple[str, bytes]:
        """What was said, and the whole reply as PCM. Blocking."""
        segments, _ = self._whisper.transcribe(samples, language="en")
        text = " ".join(segment.text.strip() for segment in segments)
        return text, self.render(self._reply)

    def render(self, text: str) -> bytes:
        """Wire frames of a text, without the silence the voice opens with."""
        rate_hz = self._voice.rate_hz
        return b"".join(BROWSER.frames(resample(trim_silence(self._voice.say(text), rate_hz), rate_hz, 16000)))

    async def call(self, wire: ServerConnection) -> None:
        """One call from start to end."""
        with suppress(ConnectionClosed):
            await _Call(self, wire).serve()


class _Call:
    def __init__(self, server: NaiveServer, wire: ServerConnection) -> None:
        self._server = server
        self._wire = wire
        self._stream = server.detector.listen(16000)
        self._heard: list[Samples] = []
        self._spoken = self._silent = 0.0
        self._speaking: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        await self._wire.recv()
        started = {"type": "started", "conversation_id": "naive", "token": None, "call_id": "naive"}
        await self._wire.send(json.dumps(started))
        self._speaking = asyncio.create_task(self._play(self._server.greeting))
        try:
            async for message in self._wire:
                if isinstance(message, bytes):
                    await self._hear(BROWSER.decode(message))
        finally:
            self._speaking.cancel()

    async def _hear(self, samples: Samples) -> None:
        self._heard.append(samples)
        for probability in self._stream.feed(samples):
            if probability >= 0.5:
                self._spoken, self._silent = self._spoken + FRAME_SECONDS, 0.0
                if self._spoken >= SPEECH_SECONDS and self._speaking and not self._speaking.done():
                    self._speaking.cancel()
                    await self._wire.send(json.dumps({"type": "flush"}))
            else:
                self._silent += FRAME_SECONDS
        if self._spoken >= SPEECH_SECONDS and self._silent >= SILENCE_SECONDS:
            turn, self._heard, self._spoken = np.concatenate(self._heard), [], 0.0
            self._speaking = asyncio.create_task(self._answer(turn))
        elif not self._spoken:
            self._heard = self._heard[-int(BEFORE_SECONDS / 0.02) :]
        elif self._silent >= SILENCE_SECONDS:
            self._spoken = 0.0

    async def _answer(self, turn: Samples) -> None:
        text, reply = await asyncio.to_thread(self._server.answer, turn)
        await self._wire.send(json.dumps({"type": "caption", "speaker": "customer", "text": text, "is_final": True}))
        await self._play(reply)

    async def _play(self, pcm: bytes) -> None:
        clock = asyncio.get_running_loop().time
        began, chunk = clock(), 5 * BROWSER.frame_bytes
        for at in range(0, len(pcm), chunk):
            await asyncio.sleep(max(0.0, began + BROWSER.seconds(pcm[:at]) - AHEAD_SECONDS - clock()))
            await self._wire.send(pcm[at : at + chunk])


async def main(port: int, model: Path, reply: str, greeting: str) -> None:
    """Serves until it is stopped; prints "ready" when calls can come."""
    server = NaiveServer(model, reply, greeting)
    async with serve(server.call, "127.0.0.1", port, compression=None, ping_interval=None):
        print("ready", flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]))
