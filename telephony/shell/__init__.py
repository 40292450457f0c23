"""The thin shell around the machine of a call: it feeds events and times in and carries commands out."""

from telephony.shell.live_call import LiveCall

__all__ = [
    "LiveCall",
]
