"""Events, states and hand-over cards to JSON and back, checked against their types on the way in."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, JsonValue, TypeAdapter

from conversation import HandoverContext, State
from conversation.events import Event, Recorded

_event: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
_state: TypeAdapter[State] = TypeAdapter(State)
_handover: TypeAdapter[HandoverContext] = TypeAdapter(HandoverContext)


def event_to_json(event: Event) -> str:
    return _event.dump_json(event).decode()


def event_to_data(event: Event) -> dict[str, JsonValue]:
    """The event as plain JSON values, as the wire carries it."""
    data: dict[str, JsonValue] = _event.dump_python(event, mode="json")
    return data


def event_from_json(text: str) -> Event:
    """Raises pydantic.ValidationError for what no event looks like."""
    return _event.validate_json(text)


def recorded_from_row(conversation_id: str, seq: int, at: datetime, data: str) -> Recorded:
    return Recorded(conversation_id, seq, at, event_from_json(data))


def state_to_json(state: State) -> str:
    return _state.dump_json(state).decode()


def state_from_json(text: str) -> State:
    return _state.validate_json(text)


def handover_to_data(context: HandoverContext) -> dict[str, JsonValue]:
    """The card as JSON values; `agent.card_size` keeps it under MAX_HANDOVER_BYTES."""
    data: dict[str, JsonValue] = _handover.dump_python(context, mode="json")
    return data


def handover_schema() -> dict[str, Any]:
    """The JSON schema of the hand-over card."""
    return _handover.json_schema()


def event_schema() -> dict[str, Any]:
    """The JSON schema of every event."""
    return _event.json_schema()
