"""Calls as lines: who is on which call, lines that are lost and come back, what is sent to a device."""

from telephony.lines.registry import ALL_BUSY, HEARTBEAT_SECONDS, TAKEN_OVER, CallRegistry, Carrier
from telephony.lines.speech_engine_loader import NoVoice

__all__ = [
    "ALL_BUSY",
    "HEARTBEAT_SECONDS",
    "TAKEN_OVER",
    "CallRegistry",
    "Carrier",
    "NoVoice",
]
