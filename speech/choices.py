"""Who may transcribe and who may speak: the words of the settings. Imports no model."""

from enum import StrEnum


class SttChoice(StrEnum):
    """Speech to text by."""

    WHISPER_BASE = "whisper-base"
    """Whisper base out of its two packages, the default"""
    WHISPER_TINY_EN = "whisper-tiny.en"
    """Whisper tiny.en out of its package"""
    DIRECTORY = "directory"
    """any faster-whisper model directory"""
    ENDPOINT = "endpoint"
    """an OpenAI-compatible server"""
    SCRIPTED = "scripted"
    """a fake"""


class TtsChoice(StrEnum):
    """Text to speech by."""

    HIBARI = "hibari"
    """the voice in its wheel, the default"""
    PIPER = "piper"
    """optional, GPL-3"""
    SYSTEM = "system"
    """the operating system's voice"""
    ENDPOINT = "endpoint"
    """an OpenAI-compatible server"""
    SCRIPTED = "scripted"
    """a fake"""


class TurnTaking(StrEnum):
    """How soon the agent speaks after the caller falls silent."""

    EAGER = "eager"
    """some 80 ms sooner where the voice has come to rest; needs the end-of-turn model"""
    BALANCED = "balanced"
    """the default"""
    PATIENT = "patient"
    """for callers who think while they speak: half again as long"""
