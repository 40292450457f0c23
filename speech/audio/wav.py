"""WAV in memory, for endpoints and recordings: 16-bit mono out; 16-bit, any number of channels in."""

import struct

from speech.audio.pcm import Samples, from_pcm16, to_pcm16
from speech.errors import BadAudio


def to_wav(samples: Samples, rate_hz: int) -> bytes:
    """A whole WAV file."""
    data = to_pcm16(samples)
    layout = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, rate_hz * 2, 2, 16)
    return (
        b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVE" + layout + b"data" + struct.pack("<I", len(data)) + data
    )


def from_wav(data: bytes) -> tuple[Samples, int]:
    """(samples of the first channel, rate). Raises BadAudio for anything but 16-bit PCM.

    A server that streams writes 0 or 4 GiB as the length, so the data reaches to the end of what is there.
    """
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise BadAudio(f"no WAV: it begins with {data[:12]!r}")
    at, channels, rate_hz = 12, 0, 0
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        at += 8
        if name == b"fmt " and at + 16 <= len(data):
            _, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", data, at)
            if bits != 16 or not channels:
                raise BadAudio(f"WAV of {bits} bits and {channels} channels; 16-bit PCM is needed")
        if name == b"data" and channels:
            sound = data[at : at + size] if 0 < size <= len(data) - at else data[at:]
            whole = len(sound) - len(sound) % (2 * channels)
            return from_pcm16(sound[:whole])[::channels], int(rate_hz)
        at += size + size % 2
    raise BadAudio("WAV without sound")
