"""Live calls: one sans-I/O codec per carrier, and the loop that will carry a call between speech and the agent.

Today it holds the browser's codec: the wire of a voice call from a web page, as values. It opens no socket.
"""

from telephony.codecs.browser.codec import BrowserCodec

__all__ = ["BrowserCodec"]
