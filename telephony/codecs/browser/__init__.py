"""A browser: 16 kHz PCM frames and JSON messages over one websocket."""
