"""Samples and codecs. Inside the room sound is mono float32 in -1..1, its rate beside it; bytes exist only at edges."""

from speech.audio.formats import BROWSER, PHONE_MULAW, PHONE_PCM, AudioFormat, Encoding
from speech.audio.frames import Reblocker
from speech.audio.levels import opening_silence_samples, peak, rms_dbfs, trim_silence
from speech.audio.mel import FRAMES_PER_SECOND, log_mel
from speech.audio.mulaw import decode_mulaw, encode_mulaw
from speech.audio.pcm import Samples, from_pcm16, to_pcm16
from speech.audio.resample import StreamResampler, resample

__all__ = [
    "BROWSER",
    "FRAMES_PER_SECOND",
    "PHONE_MULAW",
    "PHONE_PCM",
    "AudioFormat",
    "Encoding",
    "Reblocker",
    "Samples",
    "StreamResampler",
    "decode_mulaw",
    "encode_mulaw",
    "from_pcm16",
    "log_mel",
    "opening_silence_samples",
    "peak",
    "resample",
    "rms_dbfs",
    "to_pcm16",
    "trim_silence",
]
