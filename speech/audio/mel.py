"""Whisper's (and Smart Turn's) input: log-mel frames of 10 ms, over just as much sound as the encoder will see.

Formula: openai/whisper `audio.py` (n_fft 400, hop 160, Hann, Slaney mel filters, log10 floored 8 below the maximum).
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from speech.audio.pcm import Samples

_RATE_HZ = 16000
_N_FFT = 400
HOP_SAMPLES = 160
FRAMES_PER_SECOND = _RATE_HZ // HOP_SAMPLES


def log_mel(samples: Samples, window_seconds: float, n_mels: int) -> NDArray[np.float32]:
    """Frames of `samples` padded with silence (or cut) to `window_seconds`, shape (n_mels, 100 * window_seconds)."""
    count = round(window_seconds * FRAMES_PER_SECOND)
    # An even count: the encoder's second convolution halves it.
    count += count % 2
    used = min(len(samples), count * HOP_SAMPLES)
    # Frames that reach no sound are all alike, so only the others are transformed.
    busy = min(count, (used + _N_FFT // 2) // HOP_SAMPLES + 1)
    sound = np.zeros((busy + 2) * HOP_SAMPLES, np.float32)
    sound[: min(used, len(sound))] = samples[: min(used, len(sound))]
    padded = np.pad(sound, _N_FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _N_FFT)[::HOP_SAMPLES][:busy]
    power = np.square(np.abs(np.fft.rfft(frames * _hann(), axis=1))).astype(np.float32)
    log_spec = np.full((count, n_mels), -10.0, np.float32)
    log_spec[:busy] = np.log10(np.maximum(power @ _mel_filters(n_mels), 1e-10))
    log_spec = np.maximum(log_spec, log_spec.max() - 8.0)
    return np.ascontiguousarray(((log_spec + 4.0) / 4.0).T)


@cache
def _hann() -> NDArray[np.float32]:
    return np.hanning(_N_FFT + 1)[:-1].astype(np.float32)


@cache
def _mel_filters(n_mels: int) -> NDArray[np.float32]:
    """Slaney triangles, linear below 1 kHz and logarithmic above, area one; shape (201, n_mels)."""
    fft_hz = np.fft.rfftfreq(_N_FFT, 1.0 / _RATE_HZ)
    mels = np.linspace(0.0, 15.0 + np.log(_RATE_HZ / 2 / 1000.0) / (np.log(6.4) / 27.0), n_mels + 2)
    edges_hz = np.where(mels < 15.0, mels * 200.0 / 3, 1000.0 * np.exp((np.log(6.4) / 27.0) * (mels - 15.0)))
    width = np.diff(edges_hz)
    ramps = edges_hz[:, None] - fft_hz[None, :]
    rising, falling = -ramps[:-2] / width[:-1, None], ramps[2:] / width[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    triangles *= (2.0 / (edges_hz[2:] - edges_hz[:-2]))[:, None]
    return np.ascontiguousarray(triangles.T, dtype=np.float32)
