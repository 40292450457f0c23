"""How long the agent waits for a silent caller, and how long a call may last. Clockless."""

from dataclasses import dataclass

from conversation import CallEnd
from telephony.call.values import AskStillThere, CallTiming, EndCall

NOISE_SECONDS = 65.0
"""A sound this long without a word is noise: turns are cut at 60 s, and their words count at once."""


@dataclass
class NoInputTimer:
    """Silence counts while the agent says nothing and nothing is under way; noise is silence too, words are not."""

    timing: CallTiming
    _quiet_since: float = 0.0
    _with_agent_since: float = 0.0
    _asked: int = 0
    _is_over: bool = False

    def busy(self, at: float) -> None:
        """The agent speaks, or something is under way."""
        self._quiet_since = at

    def elsewhere(self, at: float) -> None:
        """The caller waits for a person or speaks with one: the agent's time with them begins anew after that."""
        self._quiet_since = self._with_agent_since = at
        self._asked = 0
        self._is_over = False  # the end that was asked for came too late

    def caller_is_there(self, at: float) -> None:
        """The caller said or pressed something: questions are counted anew."""
        self._asked = 0
        self._quiet_since = at

    def due(self, at: float, *, is_sounding: bool) -> AskStillThere | EndCall | None:
        """What the silence, or the length of the call, asks for now; `is_sounding`: there may be words coming."""
        if self._is_over:
            return None
        if at - self._with_agent_since >= self.timing.longest_with_agent_seconds:
            self._is_over = True
            return EndCall(CallEnd.TOO_LONG)
        patience = max(NOISE_SECONDS, self.timing.silence_seconds) if is_sounding else self.timing.silence_seconds
        if at - self._quiet_since < patience:
            return None
        self._quiet_since = at
        if self._asked >= self.timing.most_prompts:
            self._is_over = True
            return EndCall(CallEnd.SILENCE)
        self._asked += 1
        return AskStillThere(self._asked)
