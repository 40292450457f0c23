"""The wire formats a call may arrive in, as values: what a carrier's codec negotiates and what a voice renders to."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from speech.audio.mulaw import SILENCE_BYTE, decode_mulaw, encode_mulaw
from speech.audio.pcm import Samples, from_pcm16, to_pcm16
from speech.errors import BadAudio


class Encoding(StrEnum):
    """How a sample is written."""

    PCM16 = "pcm16"
    """two bytes, little-endian"""
    MULAW = "mulaw"
    """one byte, G.711 mu-law"""


@dataclass(frozen=True)
class AudioFormat:
    """One direction of a call on the wire: mono, fixed rate, fixed frame."""

    encoding: Encoding
    """how a sample is written"""
    rate_hz: int
    """8000 or 16000: the rates the speech detector runs at"""
    frame_ms: int = 20
    """length of one frame on the wire; a client may send several at once"""

    def __post_init__(self) -> None:
        if self.rate_hz not in (8000, 16000):
            raise BadAudio(f"rate must be 8000 or 16000 Hz, got {self.rate_hz!r}")
        if not 10 <= self.frame_ms <= 60:
            raise BadAudio(f"a frame must be 10..60 ms, got {self.frame_ms!r}")

    @property
    def sample_bytes(self) -> int:
        """Bytes per sample."""
        return 2 if self.encoding is Encoding.PCM16 else 1

    @property
    def frame_samples(self) -> int:
        """Samples per frame."""
        return self.rate_hz * self.frame_ms // 1000

    @property
    def frame_bytes(self) -> int:
        """Bytes per frame: 640 for the browser, 160 for a mu-law phone line."""
        return self.frame_samples * self.sample_bytes

    def seconds(self, data: bytes) -> float:
        """How long these bytes sound."""
        return len(data) / (self.rate_hz * self.sample_bytes)

    def decode(self, data: bytes) -> Samples:
        """Samples of wire bytes. Raises BadAudio on half a sample."""
        return from_pcm16(data) if self.encoding is Encoding.PCM16 else decode_mulaw(data)

    def encode(self, samples: Samples) -> bytes:
        """Wire bytes of samples already at this rate."""
        return to_pcm16(samples) if self.encoding is Encoding.PCM16 else encode_mulaw(samples)

    def silence(self, milliseconds: int) -> bytes:
        """Wire bytes of a silent line."""
        count = self.rate_hz * milliseconds // 1000
        return bytes(2 * count) if self.encoding is Encoding.PCM16 else bytes([SILENCE_BYTE]) * count

    def frames(self, samples: Samples) -> list[bytes]:
        """Wire frames of samples already at this rate; the last one is filled up with silence."""
        missing = -len(samples) % self.frame_samples
        padded = np.concatenate([samples, np.zeros(missing, np.float32)]) if missing else samples
        data = self.encode(padded)
        return [data[at : at + self.frame_bytes] for at in range(0, len(data), self.frame_bytes)]


BROWSER = AudioFormat(Encoding.PCM16, 16000)
"""our browser voice: an AudioWorklet at 16 kHz, 640 bytes a frame"""
PHONE_MULAW = AudioFormat(Encoding.MULAW, 8000)
"""telephone carriers: 160 bytes a frame"""
PHONE_PCM = AudioFormat(Encoding.PCM16, 8000)
"""Asterisk AudioSocket: 320 bytes a frame"""
