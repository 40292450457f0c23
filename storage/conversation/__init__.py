"""How conversations are kept: the event store, its projections, lists, history, recorded calls, turn times."""

from storage.conversation.absences import Absences
from storage.conversation.codec import (
    event_to_data,
    event_to_json,
    handover_to_data,
    recorded_from_row,
    state_from_json,
    state_to_json,
)
from storage.conversation.event_store import CapacityClaim, EventStore, Moved, OperatorFull, UnknownConversation
from storage.conversation.history import ConversationHistory
from storage.conversation.lists import CallbackRow, Lists
from storage.conversation.recordings import (
    HEADER_BYTES,
    SAMPLE_RATE_HZ,
    RecordedCall,
    Recordings,
    StillRecording,
    checked_id,
    leg_path,
    recording,
    wav_header,
    write_facts,
)
from storage.conversation.turn_times import TurnTime, TurnTimes

__all__ = [
    "HEADER_BYTES",
    "SAMPLE_RATE_HZ",
    "Absences",
    "CallbackRow",
    "CapacityClaim",
    "ConversationHistory",
    "EventStore",
    "Lists",
    "Moved",
    "OperatorFull",
    "RecordedCall",
    "Recordings",
    "StillRecording",
    "TurnTime",
    "TurnTimes",
    "UnknownConversation",
    "checked_id",
    "event_to_data",
    "event_to_json",
    "handover_to_data",
    "leg_path",
    "recorded_from_row",
    "recording",
    "state_from_json",
    "state_to_json",
    "wav_header",
    "write_facts",
]
