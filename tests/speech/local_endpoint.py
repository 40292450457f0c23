"""A real HTTP server on loopback that speaks as much of OpenAI's audio API as we use."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import numpy as np

from speech import Endpoint
from speech.audio.wav import to_wav

Answer = tuple[int, str, bytes]
"""(status, content type, body)"""


def said(text: str, *, logprob: float = -0.2, no_speech: float = 0.01) -> Answer:
    """A transcription answer in verbose form."""
    words = [{"word": word, "start": 0.1 * n, "end": 0.1 * n + 0.1} for n, word in enumerate(text.split())]
    body: dict[str, Any] = {
        "task": "transcribe",
        "language": "en",
        "duration": 1.0,
        "text": text,
        "words": words,
        "segments": [
            {
                "id": 0,
                "seek": 0,
                "start": 0.0,
                "end": 1.0,
                "text": text,
                "tokens": [],
                "temperature": 0.0,
                "avg_logprob": logprob,
                "compression_ratio": 1.0,
                "no_speech_prob": no_speech,
            }
        ],
    }
    return 200, "application/json", json.dumps(body).encode()


def sounding(seconds: float, rate_hz: int = 24000) -> Answer:
    """A speech answer: a tone as WAV."""
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(int(seconds * rate_hz)) / rate_hz)
    return 200, "audio/wav", to_wav(tone.astype(np.float32), rate_hz)


class LocalEndpoint:
    """Answers every transcription and every speech request with what it was told; remembers what was asked."""

    def __init__(self) -> None:
        self.transcription: Answer = said("Hello there.")
        self.speech: Answer = sounding(1.0)
        self.asked: list[tuple[str, bytes]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.asked.append((self.path, body))
                answer = owner.speech if self.path.endswith("/speech") else owner.transcription
                status, content_type, data = answer
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def at(self, model: str = "whisper-1") -> Endpoint:
        """How to reach it."""
        return Endpoint(f"http://127.0.0.1:{self._server.server_port}/v1", model, timeout_seconds=5.0)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
