"""The reference pages say what the code says."""

import re
from pathlib import Path

from conversation import Stage
from tools.reference.pages import rendered, stale
from tools.reference.words import type_in_words

ROOT = Path(__file__).resolve().parents[2]
REFUSING = (
    "telephony/codecs/browser/codec",
    "telephony/lines/registry",
    "web/calls/voice_socket",
    "web/calls/voice_wire",
)
"""Where a line is refused."""


def test_no_reference_page_is_stale() -> None:
    assert stale() == [], "run: make docs"


def test_the_protocol_page_names_every_message_and_its_limits() -> None:
    page = rendered()["websocket-protocol.md"]
    for heading in ("### hello", "### say", "### welcome", "### wrap_up", "### offer_gone", "## Limits"):
        assert f"\n{heading}\n" in page


def test_the_voice_page_names_every_message_and_every_refusal() -> None:
    page = rendered()["voice-protocol.md"]
    for heading in ("### start", "### skip_brief", "### started", "### caption", "### ended", "## Close codes"):
        assert f"\n{heading}\n" in page
    sources = [(ROOT / f"{one}.py").read_text() for one in REFUSING]
    codes = set(re.findall(r'(?:Refused|Problem|NoVoice|refuse)\([^)]*?"([a-z]+(?:_[a-z]+)*)"', "".join(sources)))
    assert len(codes) > 12
    assert {code for code in codes if f"`{code}`" not in page} == set()


def test_secrets_are_not_printed_as_defaults() -> None:
    page = rendered()["settings.md"]
    assert "SWITCHBOARD_SECRET" in page
    assert "demo-secret" not in page


def test_types_are_told_in_words() -> None:
    stages = {"enum": [str(one) for one in Stage]}
    assert type_in_words(stages).startswith("`agent`, `queued`")
    assert type_in_words({"type": "integer", "minimum": 1, "maximum": 500}) == "integer, 1 to 500"
    assert type_in_words({"type": "string", "minLength": 1, "maxLength": 1}) == "string, 1 character"
    assert type_in_words({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string or null"
    assert type_in_words({"type": "array", "items": {"$ref": "#/$defs/Source"}}) == "list of Source"
