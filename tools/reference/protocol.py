"""docs/reference/websocket-protocol.md: both sockets, both directions, from web/customer/chat_protocol.py."""

import json
from typing import Any, get_args

from pydantic import BaseModel

from app import MAX_WIRE_BYTES  # noqa: TID251 - one of the limits the page lists
from conversation import LimitName
from conversation.feed import DEFAULT_BUFFER
from sources import LIMITS
from tools.reference import chat_example
from tools.reference.source import documented
from tools.reference.words import GENERATED, field_table, table, word_sets
from web.customer import chat_protocol
from web.desk import desk_protocol
from web.kit import connection, limits
from web.kit import protocol as base
from web.kit.auth import TICKET_SECONDS

TO_CUSTOMER = (
    chat_protocol.Welcome,
    base.Ack,
    base.EventOut,
    chat_protocol.StageOut,
    chat_protocol.WaitingOut,
    base.TypingOut,
    base.ReadOut,
    base.ErrorOut,
    base.Heartbeat,
)
TO_DESK = (
    desk_protocol.DeskOut,
    desk_protocol.ConversationOut,
    desk_protocol.ItemOut,
    desk_protocol.PeopleOut,
    desk_protocol.CallbacksOut,
    desk_protocol.OfferOut,
    desk_protocol.OfferGone,
    desk_protocol.ViewersOut,
    base.EventOut,
    base.Ack,
    base.TypingOut,
    base.ReadOut,
    base.ErrorOut,
    base.Heartbeat,
)
PARTS = (
    desk_protocol.CallOut,
    desk_protocol.ConsultOut,
    desk_protocol.PassedOnOut,
    desk_protocol.WorkItem,
    desk_protocol.OperatorOut,
    desk_protocol.QueueOut,
    desk_protocol.CallbackOut,
    desk_protocol.QuickReply,
    desk_protocol.Disposition,
)

INTRODUCTION = """# Websocket protocol, version {version}

Two sockets speak it: `/ws/chat` for the customer's page, `/ws/desk` for operators and supervisors. Text frames of
JSON, one message a frame; `type` says which. A field not listed here is refused, so a misspelt one is noticed.
Source: `web/kit/protocol.py`, `web/customer/chat_protocol.py`, `web/desk/desk_protocol.py`.

- **First** the client says `hello`, within {hello} seconds. The chat is answered with `welcome`, the desk with
  `desk`.
- **Resuming**: say `hello` (chat) or `open` (desk) with `last_seq`, the newest sequence number seen. What came
  after is sent; nothing is lost and nothing comes twice.
- **Acknowledged** means on disk: `ack` is sent after the commit. Until then the client keeps the message and may
  send it again with the same `client_id`; a repeat is recorded once and acknowledged with the first one's `seq`.
- **Heartbeat**: a silent server sends `heartbeat` every {heartbeat} seconds. A client that hears nothing for twice
  as long reconnects.
- **Slow clients** lose nothing: whoever falls {buffer} messages behind is sent what it missed from the store;
  whoever takes more than {send} seconds to take one message is cut off and resumes.
- **Origin**: a chat may be opened from the origins in `SWITCHBOARD_ALLOWED_ORIGINS`, a desk only from the server's
  own pages, with a ticket of `POST /api/ticket` (one use, {ticket} seconds).

## Limits

"""

CLOSE_CODES = (
    (
        "1008",
        "refused: no hello in time, a first message that does not parse, wrong token or ticket, foreign origin, flood",
        "does not retry with the same hello",
    ),
    ("1009", "a frame above the hard limit", "sends less"),
    ("1001, 1012", "the server stops or restarts", "reconnects and resumes"),
    (
        "1013",
        "the database does not answer, or the client reads too slowly",
        "reconnects after a moment and resumes",
    ),
)


def page() -> str:
    """The page's text."""
    head = INTRODUCTION.format(
        version=base.PROTOCOL_VERSION,
        hello=connection.HELLO_SECONDS,
        heartbeat=base.HEARTBEAT_SECONDS,
        send=connection.SEND_SECONDS,
        buffer=DEFAULT_BUFFER,
        ticket=TICKET_SECONDS,
    )
    parts = [
        GENERATED,
        head,
        _limits(),
        "\n## Close codes\n\n",
        table(["code", "meaning", "what the client does"], CLOSE_CODES),
    ]
    parts += ["\n## An example\n\n", chat_example.as_markdown()]
    parts += ["\n## Customer to server, `/ws/chat`\n", *_messages(get_args(get_args(chat_protocol.FromCustomer)[0]))]
    parts += ["\n## Server to customer\n", *_messages(TO_CUSTOMER)]
    parts += [
        "\n## Operator or supervisor to server, `/ws/desk`\n",
        *_messages(get_args(get_args(desk_protocol.FromDesk)[0])),
    ]
    shown = set(TO_CUSTOMER)
    known = [f"`{_type(one)}`" for one in TO_DESK if one in shown]
    parts += ["\n## Server to operator or supervisor\n", *_messages([one for one in TO_DESK if one not in shown])]
    parts.append(f"\nThe desk also receives {', '.join(known)}, as described above.\n")
    parts.append("\n## Values inside messages\n")
    docs = documented(base) | documented(chat_protocol) | documented(desk_protocol)
    for model in PARTS:
        name = model.__name__
        doc = f"{docs[name].doc}\n\n" if docs[name].doc else ""
        parts.append(f"\n### {name}\n\n{doc}{field_table(model.model_json_schema(), docs[name].fields)}")
    return "".join(parts)


def _limits() -> str:
    rows = [
        ["one message's text", f"{base.MAX_TEXT:,} characters", "`too_long`; the draft stays with the sender"],
        ["one frame", f"{base.MAX_FRAME_BYTES:,} characters", "`too_large`"],
        ["one frame, hard", f"{MAX_WIRE_BYTES:,} bytes", "the socket is closed with 1009"],
        [
            "messages of one socket",
            f"{limits.MESSAGES_PER_SECOND:g} a second, {limits.MESSAGE_BURST:g} at once",
            "`too_fast` with `retry_after_seconds`",
        ],
        [
            "refused messages of one socket",
            f"{limits.REFUSALS_PER_SECOND:g} a second, {limits.REFUSAL_BURST:g} at once",
            "the socket is closed with 1008",
        ],
        [
            "sign-in attempts at one account",
            f"{_limit('account')}; a device that has signed in before counts apart",
            "HTTP 429",
        ],
        ["sign-in attempts from one address", _limit("sign_in"), "HTTP 429"],
        ["new chats from one address", _limit("chat"), "`too_fast` with `retry_after_seconds`, closed with 1013"],
        ["new calls from one address", f"{_limit('call')}; half of the lines at once", "`busy`"],
        ["failed identity checks from one address", _limit("identity"), "the details don't match, whatever they are"],
    ]
    return table(["what", "how much", "past it"], rows)


def _limit(name: LimitName) -> str:
    bounds = LIMITS[name]
    return f"{bounds.burst:g} at once, then {bounds.rate * 60:g} a minute"


def _messages(models: Any) -> list[str]:
    docs = documented(base) | documented(chat_protocol) | documented(desk_protocol)
    parts: list[str] = []
    for model in models:
        one = docs[model.__name__]
        schema = model.model_json_schema()
        fields = field_table(schema, one.fields, skip=["type"]) or "No fields beside `type`.\n"
        parts.append(f"\n### {_type(model)}\n\n{one.doc + chr(10) * 2 if one.doc else ''}{fields}")
        named = json.dumps(schema["properties"])
        sets = {
            name: one for name, one in schema.get("$defs", {}).items() if "enum" in one and f'"#/$defs/{name}"' in named
        }
        if sets:
            parts.append(f"\n{word_sets(sets)}")
    return parts


def _type(model: type[BaseModel]) -> str:
    return str(get_args(model.model_fields["type"].annotation)[0])
