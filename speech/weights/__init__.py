"""Model files: which packages carry them, how they are put together, and what to say when they are not there."""

from speech.weights.check import SpeechModel, require, whats_missing
from speech.weights.packages import find_piper_voice, find_silero, find_smart_turn
from speech.weights.whisper import WhisperFiles, find_tiny_en, prepare_whisper_base

__all__ = [
    "SpeechModel",
    "WhisperFiles",
    "find_piper_voice",
    "find_silero",
    "find_smart_turn",
    "find_tiny_en",
    "prepare_whisper_base",
    "require",
    "whats_missing",
]
