"""A call's events and its open state survive being written down; noise in their place is refused, and named."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from conversation import Call, Consult, ConsultStatus, State
from conversation.events import CallEvent, CustomerSaid, OperatorSaid, Spoken
from storage.conversation import event_to_data
from storage.conversation.codec import event_from_json, event_to_json, state_from_json, state_to_json

KINDS = get_args(CallEvent)
EVENTS = st.one_of([st.from_type(kind) for kind in KINDS])
SAID = st.one_of([st.from_type(CustomerSaid), st.from_type(OperatorSaid)])


@given(EVENTS | SAID)
def test_every_event_comes_back_as_it_was(event: CallEvent | CustomerSaid | OperatorSaid) -> None:
    assert event_from_json(event_to_json(event)) == event


@pytest.mark.parametrize("kind", [one.kind for one in KINDS if fields(one)[0].name != "kind"])
def test_an_event_without_its_fields_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError, match="Field required"):
        event_from_json(json.dumps({"kind": kind}))


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "agent_heard", "said_seq": "three", "text": "", "is_whole": true, "call_id": "c"}',
        '{"kind": "call_ended", "call_id": "c", "by": "nobody", "reason": "hung_up"}',
        '{"kind": "call_ended", "call_id": "c", "by": "customer", "reason": "bored"}',
        '{"kind": "call_dropped"}',
    ],
)
def test_what_no_event_looks_like_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        event_from_json(text)


def test_chat_messages_have_no_place_in_a_call() -> None:
    assert event_to_data(CustomerSaid("hello", "m-1"))["voice"] is None
    spoken = event_to_data(CustomerSaid("hello", "v-1", Spoken("call-1", 20, 940)))
    assert spoken["voice"] == {"call_id": "call-1", "start_ms": 20, "end_ms": 940}


def test_a_message_from_before_there_were_calls_is_still_read() -> None:
    assert event_from_json('{"kind": "customer_said", "text": "hi", "client_id": "m-1"}') == CustomerSaid("hi", "m-1")


@pytest.mark.parametrize("status", [None, *ConsultStatus])
def test_the_open_call_is_kept_with_the_state(status: ConsultStatus | None) -> None:
    consult = Consult("op-noor", "Noor Haddad", "op-maya", "A note", status) if status else None
    call = Call("call-1", datetime(2026, 11, 23, 12, tzinfo=UTC), is_recording=True, is_held=True, consult=consult)
    state = State("c-1", call=call)
    assert state_from_json(state_to_json(state)) == state
