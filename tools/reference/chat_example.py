"""The example on the protocol page. Every line is parsed by the models, so that it cannot grow old unnoticed."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from web.customer import chat_protocol as p
from web.kit.protocol import Ack, EventOut

CUSTOMER = "customer →"
SERVER = "→ customer"

LINES: tuple[tuple[str, str], ...] = (
    (CUSTOMER, '{"type": "hello", "v": 1, "page": "https://www.example.com/claims"}'),
    (
        SERVER,
        '{"type": "welcome", "v": 1, "conversation_id": "c-5f0c2a9d1b7e4f36", "token": "k3Jx…", "seq": 2,'
        ' "stage": "agent", "agent_name": "Harriet", "brand": "Harbour Mutual", "events": [{"type": "event",'
        ' "conversation_id": "c-5f0c2a9d1b7e4f36", "seq": 2, "at": "2026-11-22T09:00:00Z", "data":'
        ' {"kind": "agent_said", "text": "Hello, I\'m Harriet, Harbour Mutual\'s AI assistant.", "sources": [],'
        ' "choices": [], "card": null}}], "waiting": null, "max_text": 4000, "heartbeat_seconds": 20}',
    ),
    (CUSTOMER, '{"type": "say", "client_id": "m1", "text": "Where is my claim CL52318?"}'),
    (SERVER, '{"type": "ack", "client_id": "m1", "seq": 3}'),
    (
        SERVER,
        '{"type": "event", "conversation_id": "c-5f0c2a9d1b7e4f36", "seq": 3, "at": "2026-11-22T09:00:04Z",'
        ' "data": {"kind": "customer_said", "text": "Where is my claim CL52318?", "client_id": "m1"}}',
    ),
    (
        SERVER,
        '{"type": "event", "conversation_id": "c-5f0c2a9d1b7e4f36", "seq": 9, "at": "2026-11-22T09:00:04Z",'
        ' "data": {"kind": "agent_said", "text": "Claim number CL 52318, thank you. What is your date of birth?",'
        ' "sources": [], "choices": [], "card": null}}',
    ),
    ("(the line drops; the page comes back)", ""),
    (
        CUSTOMER,
        '{"type": "hello", "v": 1, "conversation_id": "c-5f0c2a9d1b7e4f36", "token": "k3Jx…", "last_seq": 9}',
    ),
    (
        SERVER,
        '{"type": "welcome", "v": 1, "conversation_id": "c-5f0c2a9d1b7e4f36", "token": null, "seq": 9,'
        ' "stage": "agent", "agent_name": "Harriet", "brand": "Harbour Mutual", "events": [], "waiting": null,'
        ' "max_text": 4000, "heartbeat_seconds": 20}',
    ),
    (CUSTOMER, '{"type": "say", "client_id": "m1", "text": "Where is my claim CL52318?"}'),
    (SERVER, '{"type": "ack", "client_id": "m1", "seq": 3}'),
)

_from_server: TypeAdapter[p.Welcome | Ack | EventOut] = TypeAdapter(
    Annotated[p.Welcome | Ack | EventOut, Field(discriminator="type")]
)

CLOSING = """
The gaps between sequence numbers are events that are not for the customer's eyes. The last two lines are a repeat:
recorded once, acknowledged again.
"""


def as_markdown() -> str:
    """The example as a code block. Raises pydantic.ValidationError when a line is no message of the protocol."""
    shown: list[str] = []
    for direction, line in LINES:
        if line:
            _check(direction, line)
        shown.append(f"{direction} {line}".strip())
    return "```text\n" + "\n".join(shown) + "\n```\n" + CLOSING


def _check(direction: str, line: str) -> None:
    if direction == CUSTOMER:
        p.from_customer.validate_json(line)
        return
    _from_server.validate_json(line)
