"""docs/reference/voice-protocol.md: a call's two sockets, from telephony/codecs/browser/messages.py."""

from typing import Any, get_args

from pydantic import BaseModel

from actions import Timing
from app import MAX_WIRE_BYTES  # noqa: TID251 - one of the limits the page lists
from telephony import line_queue, wire
from telephony.codecs.browser import codec, messages
from tools.reference import call_example
from tools.reference.source import documented
from tools.reference.words import GENERATED, field_table, table
from web.calls import voice_wire
from web.kit import connection
from web.kit.auth import TICKET_SECONDS

INTRODUCTION = """# Voice protocol, version {version}

Two sockets carry a call: `/ws/voice` is the customer's page, `/ws/desk-voice` the operator's softphone. Binary frames
are sound, text frames are JSON messages whose `type` says which. A field not listed here is refused. What is said and
decided in the call is also told, as events, on the [chat's and the desk's sockets](websocket-protocol.md). Source:
`telephony/codecs/browser/messages.py`, `telephony/codecs/browser/codec.py`.

- **First** the device says `start`, within {hello} seconds and once it can record and play. It is answered with
  `started`, on a cold server after a `state` whose line is `loading`.
- **Sound**, both ways: one channel of signed 16-bit little-endian samples at {rate:,} Hz, in frames of {frame} ms, that
  is {bytes} bytes. A device sends 1 to {most} whole frames a message, at the pace they are spoken; the server sends any
  number of whole frames, faster than they are played.
- **What was heard**: the server puts a `mark` behind a stretch of sound, and the device answers `played` when all of it
  has left the loudspeaker. `flush` takes back what has not: the agent falls silent when it is interrupted, and the
  record keeps only what was played.
- **Coming back**: a line that is lost may be taken up again for {grace:g} seconds, with a new socket and `start` with
  the `conversation_id` and `token` of `started`. After that the call is over, and the chat may go on. A second line of
  the same person takes the first one's place.
- **An operator** says `start` with the `conversation_id` and a `ticket` of `POST /api/ticket` (one use, {ticket}
  seconds). They must hold the conversation, or have been asked into the call.
- **Origin**: the customer's socket is for the origins in `SWITCHBOARD_ALLOWED_ORIGINS`, the operator's only for the
  server's own pages; there a foreign page is refused with HTTP 403.

## Limits

"""

PROBLEMS = (
    ("`bad_message`", "not JSON of this page", "left out"),
    ("`not_started`", "something before `start`", "closed, 1008"),
    ("`already_started`", "a second `start`", "left out"),
    ("`bad_format`", "another rate or frame length in `start`", "closed, 1008"),
    ("`bad_frame`", "sound that is not 1 to {most} whole frames", "left out"),
    ("`bad_key`", "a key no keypad has", "left out"),
    ("`flood`, `too_fast`, `too_many_keys`", "past a limit above", "left out"),
    (
        "`not_welcome`",
        "a foreign origin; a ticket that is used, too old or made up",
        "closed, 1008; 4401 for the ticket",
    ),
    ("`not_yours`", "no such conversation, or a wrong token", "closed, 1008"),
    ("`not_allowed`", "the operator has no part in this conversation", "closed, 1008"),
    ("`no_call`", "the customer is not on the phone", "closed, 1008"),
    ("`busy`", "all lines are taken", "closed, 1008"),
    ("`conversation_ended`", "the conversation is over", "closed, 1008"),
    ("`voice_unavailable`", "calls are switched off, or the speech models did not load", "closed, 1008 or 1011"),
    ("`unavailable`", "the database does not answer", "closed, 1013"),
)

CLOSE_CODES = (
    ("1000", "the line is over; `ended` came before, unless an operator hung up", "does not come back by itself"),
    ("1008", "refused; `problem` says why, unless no `start` came in time", "does not retry with the same start"),
    ("4401", "the operator's ticket is no good", "signs in again"),
    ("1009", "a frame above the hard limit", "sends less"),
    ("1001, 1012", "the server stops or restarts", "reconnects and takes the call up again"),
    ("1011", "the server failed", "tries again if the call had begun"),
    (
        "1013",
        "too slow to play or read, nothing heard of an open microphone, or the database does not answer",
        "reconnects after a moment and takes the call up again",
    ),
)

EXAMPLE = """
## An example

A caller's page. `(sound)` is a binary frame; in between, sound goes both ways all the time.

"""


def page() -> str:
    """The page's text."""
    head = INTRODUCTION.format(
        version=codec.PROTOCOL_VERSION,
        hello=connection.HELLO_SECONDS,
        rate=wire.SAMPLE_RATE_HZ,
        frame=wire.FRAME_MS,
        bytes=wire.FRAME_BYTES,
        most=codec.MOST_FRAMES_A_MESSAGE,
        grace=Timing().line_grace.total_seconds(),
        ticket=TICKET_SECONDS,
    )
    problems = [[cell.format(most=codec.MOST_FRAMES_A_MESSAGE) for cell in row] for row in PROBLEMS]
    return "".join(
        [
            GENERATED,
            head,
            _limits(),
            "\n## Problems\n\nThe codes of `problem`. Anything wrong before `started` closes the line.\n\n",
            table(["code", "because", "the frame or the line is"], problems),
            "\n## Close codes\n\n",
            table(["code", "meaning", "what the device does"], CLOSE_CODES),
            EXAMPLE,
            call_example.as_markdown(),
            "\n## Device to server\n",
            *_messages(get_args(messages.AnyControl)),
            "\n## Server to device\n",
            *_messages(get_args(call_example.ToDevice)),
            "\n## Values inside messages\n",
            _message(messages.Leg, "Leg"),
        ]
    )


def _limits() -> str:
    rows = [
        ["sound ahead of real time", f"{codec.AHEAD_SECONDS:g} s", "`flood`"],
        ["sound that a hiccup of the network held back", f"{codec.LATE_SECONDS:g} s at once", "`flood`"],
        [
            "keys, and switches of `mute`, each",
            f"{codec.MOST_KEYS_A_SECOND:g} a second, {codec.KEY_BURST:g} at once",
            "`too_many_keys`, `too_fast`",
        ],
        [
            "`played`, `ping` and `skip_brief` together",
            f"{codec.MOST_REPORTS_A_SECOND:g} a second, {codec.REPORT_BURST:g} at once",
            "`too_fast`",
        ],
        [
            "refused frames of one line",
            f"{voice_wire.REFUSALS_PER_SECOND:g} a second, {voice_wire.REFUSAL_BURST:g} at once",
            "closed with 1008",
        ],
        ["silence of an open microphone: no frames at all", f"{voice_wire.DEAF_SECONDS:g} s", "closed with 1013"],
        ["messages waiting for a slow device", f"{line_queue.MOST_WAITING}", "closed with 1013"],
        ["one message being taken", f"{connection.SEND_SECONDS} s", "closed with 1013"],
        ["one frame, hard", f"{MAX_WIRE_BYTES:,} bytes", "closed with 1009"],
    ]
    return table(["what", "how much", "past it"], rows)


def _messages(models: Any) -> list[str]:
    return [_message(model, str(get_args(model.model_fields["type"].annotation)[0])) for model in models]


def _message(model: type[BaseModel], heading: str) -> str:
    one = documented(messages)[model.__name__]
    fields = field_table(model.model_json_schema(), one.fields, skip=["type"]) or "No fields beside `type`.\n"
    return f"\n### {heading}\n\n{one.doc}\n\n{fields}"
