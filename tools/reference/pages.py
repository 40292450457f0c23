"""Every generated page by file name, and which of those on disk differ from it."""

from pathlib import Path

from tools.reference import events, handover, http_api, protocol, settings, voice, wire_types

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
WIRE_TYPES = ROOT / "screens" / "kit" / "wire.d.ts"
VOICE_TYPES = ROOT / "screens" / "voice" / "messages.d.ts"


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


def written() -> dict[Path, str]:
    """Everything that is written from the code, by the file it stands in."""
    return {REFERENCE / name: text for name, text in rendered().items()} | {
        WIRE_TYPES: wire_types.page(),
        VOICE_TYPES: wire_types.voice_page(),
    }


def stale() -> list[str]:
    """Files that are missing or differ."""
    return [
        str(path.relative_to(ROOT))
        for path, text in written().items()
        if not path.is_file() or path.read_text() != text
    ]
