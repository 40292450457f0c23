"""Every generated page by file name, and which of those on disk differ from it."""

from pathlib import Path

from tools.reference import events, handover, http_api, protocol, settings, voice

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def rendered() -> dict[str, str]:
    """File name to its text as the code of this moment gives it."""
    return {
        "settings.md": settings.page(),
        "websocket-protocol.md": protocol.page(),
        "voice-protocol.md": voice.page(),
        "events.md": events.page(),
        "handover-context.md": handover.page(),
        "http-api.md": http_api.page(),
    }


def stale() -> list[str]:
    """Names of pages that are missing or differ."""
    return [
        name
        for name, text in rendered().items()
        if not (REFERENCE / name).is_file() or (REFERENCE / name).read_text() != text
    ]
