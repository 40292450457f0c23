"""How long each answer took, step by step: from the caller's last sound to the first sound of the answer. Clockless.

```
 speech ends ─► turn decided ─► words there ─► answer decided ─► first sound sent ─► played
     said(turn) knows these three   recorded     decided            sounding          over
```
"""

from collections import OrderedDict
from dataclasses import dataclass

from conversation.events import Spoken, TurnTimed
from telephony.call.values import RecordCustomerTurn, ms

MOST_TURNS = 8
"""Turns followed at once; more than a caller can say before an answer."""


@dataclass
class _Steps:
    turn: RecordCustomerTurn
    decision_ms: int | None = None
    first_audio_ms: int | None = None


class Waterfall:
    """The turns of one call that wait for their answer to sound."""

    def __init__(self, call_id: str) -> None:
        self._call_id = call_id
        self._said: OrderedDict[int, _Steps] = OrderedDict()
        """Turns given to the record, by when they began."""
        self._turns: OrderedDict[int, _Steps] = OrderedDict()
        """Turns in the record, by their sequence number."""

    def said(self, turn: RecordCustomerTurn) -> None:
        """The caller has said this; it is about to be recorded."""
        self._said[turn.voice.start_ms] = _Steps(turn)
        _keep_newest(self._said)

    def recorded(self, seq: int, voice: Spoken) -> None:
        """It is in the record."""
        steps = self._said.pop(voice.start_ms, None)
        if steps is not None:
            self._turns[seq] = steps
            _keep_newest(self._turns)

    def decided(self, at: float) -> int | None:
        """The agent has something to say: the turn it is the first answer to, the newest of those it answers."""
        waiting = [seq for seq, steps in self._turns.items() if steps.decision_ms is None]
        for older in waiting[:-1]:
            del self._turns[older]
        if not waiting:
            return None
        self._turns[waiting[-1]].decision_ms = ms(at)
        return waiting[-1]

    def sounding(self, seq: int, at: float) -> None:
        """The first sound of the answer was sent."""
        if steps := self._turns.get(seq):
            steps.first_audio_ms = ms(at)

    def over(self, seq: int, played_ms: int | None) -> TurnTimed | None:
        """The answer is played, or never will be; None when it never sounded or was told before."""
        steps = self._turns.pop(seq, None)
        if steps is None or steps.decision_ms is None or steps.first_audio_ms is None:
            return None
        turn = steps.turn
        if played_ms is not None:
            played_ms = max(played_ms, steps.first_audio_ms)
        return TurnTimed(
            self._call_id,
            seq,
            turn.speech_end_ms,
            turn.decided_ms,
            turn.transcript_ms,
            steps.decision_ms,
            steps.first_audio_ms,
            played_ms,
        )


def _keep_newest(turns: OrderedDict[int, _Steps]) -> None:
    while len(turns) > MOST_TURNS:
        turns.popitem(last=False)
