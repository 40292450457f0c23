"""A browser: 16 kHz PCM frames and JSON messages over one websocket."""

from telephony.codecs.browser.codec import BrowserCodec

__all__ = [
    "BrowserCodec",
]
