"""The doors of voice: a customer's and an operator's socket, recordings."""

from web.calls.recordings import recording_doors
from web.calls.voice_socket import desk_voice_socket, voice_socket

__all__ = [
    "desk_voice_socket",
    "recording_doors",
    "voice_socket",
]
