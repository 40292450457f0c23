"""The desk's websocket messages, version 1: what operators and supervisors send and receive on /ws/desk.

docs/reference/websocket-protocol.md is written from these models and those of web/customer/chat_protocol.py.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from conversation import HandoverContext
from crm_adapter import CustomerRecord
from web.kit.protocol import HEARTBEAT_SECONDS, MAX_SEQ, MAX_TEXT, EventOut, Id, Message, Text


class DeskHello(Message):
    """First message of every desk socket, answered with `desk`. POST /api/ticket gives the ticket: one use, 30 s."""

    type: Literal["hello"]
    v: Literal[1]
    ticket: Annotated[str, Field(max_length=128)]


class SetPresence(Message):
    type: Literal["presence"]
    presence: Literal["available", "busy", "away", "offline"]


class Accept(Message):
    type: Literal["accept"]
    conversation_id: Id
    offer_id: Id
    greet: bool = False
    """Also send "I have your details, no need to repeat"."""


class Decline(Message):
    type: Literal["decline"]
    conversation_id: Id
    offer_id: Id


class Pick(Message):
    """Take a waiting conversation out of turn."""

    type: Literal["pick"]
    conversation_id: Id


class Open(Message):
    """Follow a conversation: answered with `conversation`, then its events as they come."""

    type: Literal["open"]
    conversation_id: Id
    last_seq: Annotated[int, Field(ge=0, le=MAX_SEQ)] = 0


class Shut(Message):
    """Stop following a conversation."""

    type: Literal["shut"]
    conversation_id: Id


class DeskSay(Message):
    type: Literal["say"]
    conversation_id: Id
    client_id: Id
    text: Text


class Note(Message):
    """A private note; answered with `ack`."""

    type: Literal["note"]
    conversation_id: Id
    client_id: Id
    text: Text


class DeskTyping(Message):
    type: Literal["typing"]
    conversation_id: Id
    is_typing: bool


class DeskRead(Message):
    type: Literal["read"]
    conversation_id: Id
    seq: Annotated[int, Field(ge=0, le=MAX_SEQ)]


class HandBack(Message):
    """Give the conversation back to the agent; `note` says what changed."""

    type: Literal["hand_back"]
    conversation_id: Id
    note: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class Transfer(Message):
    type: Literal["transfer"]
    conversation_id: Id
    queue: Id
    note: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class Release(Message):
    """Back to the queue at its old place."""

    type: Literal["release"]
    conversation_id: Id


class DeskEnd(Message):
    type: Literal["end"]
    conversation_id: Id


class WrapUp(Message):
    type: Literal["wrap_up"]
    conversation_id: Id
    disposition: Id
    summary: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class Hold(Message):
    """Put the caller on hold, or take them back."""

    type: Literal["hold"]
    conversation_id: Id
    is_on: bool


class Record(Message):
    """Pause the recording of a call, or go on."""

    type: Literal["record"]
    conversation_id: Id
    is_on: bool


class TransferTo(Message):
    """Straight to a colleague; declined or let run out it goes to the queue, at its old place."""

    type: Literal["transfer_to"]
    conversation_id: Id
    operator_id: Id
    note: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class ConsultAsk(Message):
    """Ask a colleague into the call; the caller waits on hold."""

    type: Literal["consult"]
    conversation_id: Id
    operator_id: Id
    note: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class ConsultAnswer(Message):
    """The colleague who was asked comes in, or can't."""

    type: Literal["consult_answer"]
    conversation_id: Id
    takes: bool


class ConsultMerge(Message):
    """Caller, holder and colleague all talk."""

    type: Literal["consult_merge"]
    conversation_id: Id


class ConsultEnd(Message):
    """The colleague leaves; either of the two may say so."""

    type: Literal["consult_end"]
    conversation_id: Id


class ConsultComplete(Message):
    """The holder leaves; the colleague holds the conversation from now on."""

    type: Literal["consult_complete"]
    conversation_id: Id


class TakeCallback(Message):
    type: Literal["callback"]
    callback_id: Id
    status: Literal["taken", "done", "cancelled"]
    outcome: Annotated[str, Field(max_length=MAX_TEXT)] = ""


FromDesk = Annotated[
    DeskHello
    | SetPresence
    | Accept
    | Decline
    | Pick
    | Open
    | Shut
    | DeskSay
    | Note
    | DeskTyping
    | DeskRead
    | HandBack
    | Transfer
    | Release
    | DeskEnd
    | WrapUp
    | Hold
    | Record
    | TransferTo
    | ConsultAsk
    | ConsultAnswer
    | ConsultMerge
    | ConsultEnd
    | ConsultComplete
    | TakeCallback,
    Field(discriminator="type"),
]
from_desk: TypeAdapter[FromDesk] = TypeAdapter(FromDesk)


# ---------------------------------------------------------------- server to operator or supervisor


class ConsultOut(Message):
    """A colleague asked into a call."""

    operator_id: str
    operator_name: str
    by: str
    """Id of the operator who asked."""
    note: str
    status: Literal["asked", "private", "merged"]


class CallOut(Message):
    """The open call of a conversation."""

    call_id: str
    since: datetime
    is_held: bool
    is_recording: bool
    is_caller_muted: bool = False
    consult: ConsultOut | None


class WorkItem(Message):
    """A conversation in a list."""

    conversation_id: str
    stage: str
    channel: str
    seq: int
    customer: str
    is_verified: bool
    queue: str | None
    intent: str
    headline: str
    reason: str | None
    priority: int
    started_at: datetime
    queued_at: datetime | None
    last_at: datetime
    last_text: str
    last_speaker: str
    operator_id: str | None
    operator_name: str | None
    mood: int
    mood_trend: int
    is_customer_online: bool
    call: CallOut | None = None
    """The customer is on the phone."""


class PassedOnOut(Message):
    """Who passes the conversation on, and what they want the next operator to know."""

    operator_id: str
    operator_name: str
    note: str


class OfferOut(Message):
    """A conversation offered to this operator: a toast with a countdown."""

    type: Literal["offer"] = "offer"
    offer_id: str
    expires_at: datetime
    offer_seconds: int
    item: WorkItem
    card: HandoverContext
    passed_on: PassedOnOut | None = None
    """None when it comes from the agent."""


class OfferGone(Message):
    type: Literal["offer_gone"] = "offer_gone"
    offer_id: str
    why: Literal["accepted", "expired", "withdrawn"]
    """`expired` also for one this operator declined."""


class OperatorOut(Message):
    operator_id: str
    name: str
    role: str
    presence: str
    presence_set_by: str
    presence_at: datetime
    load: int
    capacity: int
    skills: dict[str, int]
    queues: list[str]
    languages: list[str]
    """ISO codes."""


class CallbackOut(Message):
    callback_id: str
    conversation_id: str
    name: str
    phone: str
    wanted_when: str
    due: str
    """Local day and hour, "2026-11-30T09:00", or the day alone; "" where none was named."""
    about: str
    queue: str
    status: str
    operator_id: str | None
    created_at: datetime


class QueueOut(Message):
    queue_id: str
    name: str
    is_open: bool
    waiting: int
    longest_wait_since: datetime | None
    on_duty: int


class QuickReply(Message):
    id: str
    shortcut: str
    title: str
    text: str


class Disposition(Message):
    id: str
    name: str
    category: str


class DeskOut(Message):
    """The whole desk: sent after `hello` and again whenever the client fell behind."""

    type: Literal["desk"] = "desk"
    v: Literal[1] = 1
    me: OperatorOut
    now: datetime
    operators: list[OperatorOut]
    queues: list[QueueOut]
    work: list[WorkItem]
    """Mine: active, lost and in wrap-up."""
    waiting: list[WorkItem]
    live: list[WorkItem]
    """Every live conversation; empty for operators."""
    callbacks: list[CallbackOut]
    offers: list[OfferOut]
    quick_replies: list[QuickReply]
    dispositions: list[Disposition]
    brand: str
    agent_name: str
    heartbeat_seconds: int = HEARTBEAT_SECONDS
    max_text: int = MAX_TEXT


class ItemOut(Message):
    """One conversation changed; the client puts it into the lists its stage and owner belong to."""

    type: Literal["item"] = "item"
    item: WorkItem


class PeopleOut(Message):
    """Presence and load changed."""

    type: Literal["people"] = "people"
    operators: list[OperatorOut]
    queues: list[QueueOut]


class CallbacksOut(Message):
    type: Literal["callbacks"] = "callbacks"
    callbacks: list[CallbackOut]


class ConversationOut(Message):
    """A followed conversation: state, card and the events after `last_seq`; `event` messages follow."""

    type: Literal["conversation"] = "conversation"
    item: WorkItem
    card: HandoverContext | None
    """The hand-over card, if it was handed over."""
    record: CustomerRecord | None
    """The CRM record of the identified customer: customer, policies, cases, leads."""
    suggestions: list[str]
    viewers: list[str]
    """Names of colleagues who have it open, so that nobody works on it unknowingly together."""
    events: list[EventOut]


class ViewersOut(Message):
    """Who else has a followed conversation open."""

    type: Literal["viewers"] = "viewers"
    conversation_id: str
    viewers: list[str]
