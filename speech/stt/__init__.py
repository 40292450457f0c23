"""Speech to text. One contract, several providers; every one blocks and is called from the scheduler's workers."""

from speech.stt.values import STT_RATE_HZ, Transcriber, Transcript, TranscriptionRequest, Word

__all__ = [
    "STT_RATE_HZ",
    "Transcriber",
    "Transcript",
    "TranscriptionRequest",
    "Word",
]
