"""Silero v6 on onnxruntime, no torch: 0.12 ms a frame of 32 ms on one core.

Two graphs are understood. The one in the silero_vad wheel runs at 16 and 8 kHz; the one faster_whisper carries runs at
16 kHz, is less sure of a phone line, and gets it raised to 16 kHz by a stream that holds back 2 ms.
"""

from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from speech.audio import Reblocker, Samples, StreamResampler
from speech.errors import BadAudio

FRAME_SECONDS = 0.032


class SpeechDetector(Protocol):
    """Hears one stream; keeps its own memory of it, so every call leg has its own."""

    @property
    def frame_seconds(self) -> float:
        """Length of the sound behind one probability."""
        ...

    def feed(self, samples: Samples) -> list[float]:
        """Probability of speech for every frame that became full, oldest first."""
        ...


class SileroModel:
    """The loaded graph, shared by all streams (2 MB)."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._has_state = any(entry.name == "state" for entry in self._session.get_inputs())

    @property
    def rates_hz(self) -> tuple[int, ...]:
        """Rates the graph runs at natively."""
        return (8000, 16000) if self._has_state else (16000,)

    def run(self, window: Samples, state: NDArray[np.float32], rate_hz: int) -> tuple[float, NDArray[np.float32]]:
        """(probability, next state) of one window: 64 + 512 samples at 16 kHz, 32 + 256 at 8 kHz; state (2, 1, 128)."""
        if self._has_state:
            probability, after = self._session.run(
                None, {"input": window[None], "state": state, "sr": np.array(rate_hz, np.int64)}
            )
            return float(probability[0, 0]), after
        probability, hidden, cell = self._session.run(None, {"input": window[None], "h": state[:1], "c": state[1:]})
        return float(probability.reshape(-1)[0]), np.concatenate([hidden, cell])

    def listen(self, rate_hz: int) -> "SileroStream":
        """A fresh detector for one stream at the line's rate. Raises BadAudio for a rate other than 8 or 16 kHz."""
        return SileroStream(self, rate_hz)


class SileroStream:
    """Silero's memory of one stream."""

    def __init__(self, model: SileroModel, rate_hz: int) -> None:
        if rate_hz not in (8000, 16000):
            raise BadAudio(f"the detector hears 8000 or 16000 Hz, got {rate_hz!r}")
        self._model = model
        self._rate_hz = rate_hz if rate_hz in model.rates_hz else 16000
        self._resampler = StreamResampler(rate_hz, self._rate_hz)
        frame = self._rate_hz // 1000 * 32
        self._blocks = Reblocker(frame)
        self._context: Samples = np.zeros(frame // 8, np.float32)
        self._state: NDArray[np.float32] = np.zeros((2, 1, 128), np.float32)

    @property
    def frame_seconds(self) -> float:
        """32 ms at both rates."""
        return FRAME_SECONDS

    def feed(self, samples: Samples) -> list[float]:
        """Probability of speech for every 32 ms that became full."""
        return [self._probability(frame) for frame in self._blocks.feed(self._resampler.feed(samples))]

    def _probability(self, frame: Samples) -> float:
        window = np.concatenate([self._context, frame])
        probability, self._state = self._model.run(window, self._state, self._rate_hz)
        self._context = frame[-len(self._context) :]
        return probability
