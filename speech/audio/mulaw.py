"""G.711 mu-law by two tables (audioop left the standard library in Python 3.13).

Decoding is one lookup of 256, encoding one of 65,536; a 20 ms frame costs about 2 microseconds.
Formula: ITU-T G.711, 14-bit linear, bias 33, written here for 16-bit samples (bias 132).
"""

import numpy as np
from numpy.typing import NDArray

from speech.audio.pcm import Samples

_BIAS = 132
_CLIP = 32635
SILENCE_BYTE = 0xFF
"""mu-law for zero, what a silent line carries"""


def _decode_table() -> NDArray[np.float32]:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    exponent, mantissa = (code >> 4) & 7, code & 15
    magnitude = (((mantissa << 3) + _BIAS) << exponent) - _BIAS
    signed = np.where(code & 0x80, -magnitude, magnitude)
    return (signed / 32768.0).astype(np.float32)


def _encode_table() -> NDArray[np.uint8]:
    linear = np.arange(65536, dtype=np.int32).astype(np.uint16).astype(np.int16).astype(np.int32)
    magnitude = np.minimum(np.abs(linear), _CLIP) + _BIAS
    exponent = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    mantissa = (magnitude >> (exponent + 3)) & 15
    sign = np.where(linear < 0, 0x80, 0)
    coded: NDArray[np.int32] = ~(sign | (exponent << 4) | mantissa) & 0xFF
    return coded.astype(np.uint8)


_DECODE = _decode_table()
_ENCODE = _encode_table()


def decode_mulaw(data: bytes) -> Samples:
    """Samples of mu-law bytes, one sample a byte."""
    return _DECODE[np.frombuffer(data, dtype=np.uint8)]


def encode_mulaw(samples: Samples) -> bytes:
    """mu-law bytes, one a sample, clipped at full scale."""
    linear = np.clip(np.rint(samples * np.float32(32768.0)), -32768, 32767).astype(np.int16)
    return bytes(_ENCODE[linear.view(np.uint16)].tobytes())
