"""Numbers spoken aloud, heard by the real transcriber and closed up: references arrive as they would be typed.

The sentences leave room: how many threads compute, and on which CPU, changes the last figures of a sum, and "four four
one oh two oh seven" in one breath is heard with its one or without it by that alone.
"""

import numpy as np
import pytest

from agent.understanding import as_written
from speech import Expectation
from speech.audio import Samples, resample, trim_silence
from speech.stt import TranscriptionRequest
from speech.stt.whisper import WhisperTranscriber
from speech.tts.hibari import HibariVoice

QUIET: Samples = np.zeros(3_200, np.float32)


@pytest.mark.parametrize(
    ("said", "expectation", "digits", "written"),
    [
        ("Double four seven one.", Expectation.DIGITS, 4, "4471"),
        ("It's forty-four ninety-one.", Expectation.DIGITS, 4, "4491"),
        ("Four four one, oh two oh seven.", Expectation.DIGITS, 7, "4410207"),
        ("It's C L five two one, four zero.", Expectation.CODE, 5, "CL52140"),
        ("Hotel Mike one oh oh two three.", Expectation.CODE, 5, "HM10023"),
        ("Sierra Bravo one, six Echo Yankee.", Expectation.CODE, None, "SB16EY"),
    ],
)
def test_a_spelled_answer_arrives_as_it_would_be_typed(
    hibari: HibariVoice,
    whisper_base: WhisperTranscriber,
    said: str,
    expectation: Expectation,
    digits: int | None,
    written: str,
) -> None:
    voice = trim_silence(resample(hibari.say(said), hibari.rate_hz, 16_000), 16_000)
    counts = (digits,) if digits else ()
    request = TranscriptionRequest(np.concatenate([QUIET, voice, QUIET]), expectation, expected_digits=counts)

    heard = whisper_base.transcribe(request).text

    assert written in as_written(heard, expectation, counts), heard
