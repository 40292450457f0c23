"""The real transcriber in a process of its own."""

from functools import cache
from pathlib import Path

import numpy as np

from agent.spoken import as_written
from speech.audio import resample, trim_silence
from speech.expectation import Expectation
from speech.stt import TranscriptionRequest
from speech.stt.whisper import WhisperOptions, WhisperTranscriber
from speech.tts.hibari import HibariVoice
from speech.weights import prepare_whisper_base

RATE_HZ = 16_000
QUIET = np.zeros(RATE_HZ // 5, np.float32)


@cache
def _models(folder: Path) -> tuple[HibariVoice, WhisperTranscriber]:
    return HibariVoice(), WhisperTranscriber(prepare_whisper_base(folder), WhisperOptions(workers=1))


def heard(folder: Path, said: str, expectation: Expectation, digits: int | None) -> tuple[str, str]:
    """What the transcriber makes of the sentence said aloud: as heard, and as it would be typed."""
    voice, whisper = _models(folder)
    sound = trim_silence(resample(voice.say(said), voice.rate_hz, RATE_HZ), RATE_HZ)
    counts = (digits,) if digits else ()
    request = TranscriptionRequest(np.concatenate([QUIET, sound, QUIET]), expectation, expected_digits=counts)
    text = whisper.transcribe(request).text
    return text, as_written(text, expectation, counts)
