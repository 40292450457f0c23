"""What a call is made with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from speech.tts import Clause
from speech.turns import BargeInPolicy
from telephony.call.leg_recognizer import SpeechModels
from telephony.call.values import CallTiming


@dataclass(frozen=True)
class CallConfig:
    """The same for all calls of a centre, but for its id and captions."""

    call_id: str
    speech_models: SpeechModels
    clauses: Callable[[str], tuple[Clause, ...]]
    """A text in the pieces it is spoken in."""
    hold: Callable[[], Iterator[bytes]]
    """Endless frames of hold sound."""
    timing: CallTiming = field(default_factory=CallTiming)
    barge_in: BargeInPolicy = field(default_factory=BargeInPolicy)
    has_captions: bool = False
