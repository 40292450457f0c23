"""16-bit little-endian PCM, the wire form, against float32 in -1..1, the working form."""

import numpy as np
from numpy.typing import NDArray

from speech.errors import BadAudio

Samples = NDArray[np.float32]
"""Mono sound, shape (n,), -1..1. The rate travels beside it as `rate_hz`."""

_FULL_SCALE = 32768.0


def from_pcm16(data: bytes) -> Samples:
    """Samples of a run of little-endian 16-bit PCM. Raises BadAudio on half a sample."""
    if len(data) % 2:
        raise BadAudio(f"PCM16 needs an even number of bytes, got {len(data)}")
    return np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def to_pcm16(samples: Samples) -> bytes:
    """Little-endian 16-bit PCM, clipped at full scale, rounded. Raises BadAudio when a sample is not finite."""
    if not np.isfinite(samples).all():
        raise BadAudio("samples hold NaN or infinity")
    scaled = np.rint(samples * np.float32(_FULL_SCALE))
    return bytes(np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes())
