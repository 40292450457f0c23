"""Whose turn is it to speak: end of turn, barge-in, false interruption. Plain machines fed frames, texts and times."""

from speech.turns.barge_in import (
    BargeInDecision,
    BargeInDetector,
    BargeInPolicy,
    Interrupt,
    PausePlayback,
    ResumePlayback,
)
from speech.turns.completeness import Completeness, judge
from speech.turns.decisions import (
    EagerEndOfTurn,
    EndReason,
    NoiseIgnored,
    SpeechResumed,
    SpeechStarted,
    TurnDecision,
    TurnEnded,
)
from speech.turns.detector import TurnDetector, patient
from speech.turns.end_of_turn import EndOfTurnModel, SmartTurn
from speech.turns.pace import CallerPace
from speech.turns.policy import TurnPolicy, policy_of

__all__ = [
    "BargeInDecision",
    "BargeInDetector",
    "BargeInPolicy",
    "CallerPace",
    "Completeness",
    "EagerEndOfTurn",
    "EndOfTurnModel",
    "EndReason",
    "Interrupt",
    "NoiseIgnored",
    "PausePlayback",
    "ResumePlayback",
    "SmartTurn",
    "SpeechResumed",
    "SpeechStarted",
    "TurnDecision",
    "TurnDetector",
    "TurnEnded",
    "TurnPolicy",
    "judge",
    "patient",
    "policy_of",
]
