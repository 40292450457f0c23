"""Is somebody speaking in this frame? A probability every 32 ms, at the line's own rate."""

from speech.vad.silero import FRAME_SECONDS, SileroModel, SileroStream, SpeechDetector

__all__ = ["FRAME_SECONDS", "SileroModel", "SileroStream", "SpeechDetector"]
