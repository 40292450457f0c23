"""Turns sound into words and words into sound, and decides whose turn it is to speak.

The room is pure: it is fed samples, probabilities, texts and times, and gives back values. It never opens a socket to a
caller, never writes to storage, never reads the clock (callers hand times in) and never decides what to say.

    audio/      samples, codecs, rates, levels          weights/    model files out of packages, checked at start
    vad/        is this frame speech?                    turns/      is the caller done? is the caller interrupting?
    stt/        speech to text, one contract             tts/        text to speech, one contract
    normalise/  text as it is read aloud                 scheduler/  one queue of heavy work for all calls
    scripted    the fakes that tests and the demo share  providers   builds all of it from one settings value
    engine      what a call sees of all this
"""

from speech.endpoint import Endpoint
from speech.engine import SpeechEngine
from speech.errors import SpeechError
from speech.expectation import Expectation

__all__ = [
    "Endpoint",
    "Expectation",
    "SpeechEngine",
    "SpeechError",
]
