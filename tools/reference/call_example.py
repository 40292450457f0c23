"""The example on the voice page: every line is taken by the codec, or parsed by the models, as a real one would be."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from telephony import wire as w
from telephony.codecs.browser import BrowserCodec
from telephony.codecs.browser import messages as m

PAGE = "page   →"
SERVER = "server →"
SOUND = "(sound)"

LINES: tuple[tuple[str, str], ...] = (
    (PAGE, '{"type": "start", "v": 1, "rate_hz": 16000, "frame_ms": 20, "captions": true}'),
    (
        SERVER,
        '{"type": "started", "conversation_id": "c-5f0c2a9d1b7e4f36", "token": "k3Jx…", "call_id": "call-7f21",'
        ' "agent_name": "Harriet", "brand": "Harbour Mutual", "is_recorded": false}',
    ),
    (
        SERVER,
        '{"type": "state", "stage": "agent", "line": "speaking", "operator_name": null, "text": ""}',
    ),
    (
        SERVER,
        '{"type": "caption", "speaker": "agent", "text": "Hello, this is Harriet", "is_final": true,'
        ' "leg_id": "agent", "name": null}',
    ),
    (SERVER, SOUND),
    (SERVER, '{"type": "mark", "mark": "m1"}'),
    (PAGE, SOUND),
    (PAGE, '{"type": "played", "mark": "m1"}'),
    ("(the customer speaks while the agent does)", ""),
    (PAGE, SOUND),
    (SERVER, '{"type": "flush"}'),
    (
        SERVER,
        '{"type": "caption", "speaker": "customer", "text": "where is my", "is_final": false,'
        ' "leg_id": "customer", "name": null}',
    ),
    (
        SERVER,
        '{"type": "caption", "speaker": "customer", "text": "where is my claim?", "is_final": true,'
        ' "leg_id": "customer", "name": null}',
    ),
    (PAGE, '{"type": "ping", "id": 1}'),
    (SERVER, '{"type": "pong", "id": 1}'),
    (PAGE, '{"type": "hangup", "keeps_chat": true}'),
    (SERVER, '{"type": "ended", "by": "customer", "reason": "moved_to_chat", "goes_on_in_chat": true}'),
    ("(the server closes with 1000)", ""),
)

ToDevice = (
    m.Opened | m.LineState | m.DeskLine | m.Caption | m.Mark | m.Flush | m.Recording | m.Pong | m.Problem | m.Ended
)
"""All text messages of the server, in the order the page describes them."""

_from_server: TypeAdapter[ToDevice] = TypeAdapter(Annotated[ToDevice, Field(discriminator="type")])


def as_markdown() -> str:
    """The example as a code block. Raises ValueError when a line is no message of the protocol."""
    codec = BrowserCodec()
    shown: list[str] = []
    for at, (direction, line) in enumerate(LINES):
        if direction == PAGE:
            values = codec.decode(bytes(w.FRAME_BYTES) if line == SOUND else line, float(at))
            if any(isinstance(one, w.Refused) for one in values):
                raise ValueError(f"the codec refuses {line!r}: {values}")
        elif line and line != SOUND:
            _from_server.validate_json(line)
        shown.append(f"{direction} {line}".strip())
    return "```text\n" + "\n".join(shown) + "\n```\n"
