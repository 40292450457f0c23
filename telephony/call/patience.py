"""How long the agent waits for a silent caller, and how long a call may last. Clockless."""

from dataclasses import dataclass

from conversation.words import CallEnd
from telephony.call.values import AskStillThere, CallTiming, EndCall


@dataclass
class Patience:
    """Silence counts while nobody speaks and nothing is being said."""

    timing: CallTiming
    _quiet_since: float = 0.0
    _asked: int = 0
    _is_over: bool = False

    def busy(self, at: float) -> None:
        """Somebody speaks, or something is under way."""
        self._quiet_since = at

    def caller_is_there(self, at: float) -> None:
        """The caller said or pressed something: questions are counted anew."""
        self._asked = 0
        self._quiet_since = at

    def due(self, at: float) -> AskStillThere | EndCall | None:
        """What the silence, or the length of the call, asks for now."""
        if self._is_over:
            return None
        if at >= self.timing.longest_with_agent_seconds:
            self._is_over = True
            return EndCall(CallEnd.TOO_LONG)
        if at - self._quiet_since < self.timing.silence_seconds:
            return None
        self._quiet_since = at
        if self._asked >= self.timing.most_prompts:
            self._is_over = True
            return EndCall(CallEnd.SILENCE)
        self._asked += 1
        return AskStillThere(self._asked)
