"""An operator comes in: briefed alone, then introduced to the customer; then the agent leaves. Clockless."""

from conversation import State
from telephony.call.agent_speech import AgentSpeech
from telephony.call.operators import Operators
from telephony.call.values import Command


class Introduction:
    """The introduction that waits for its operator's line."""

    def __init__(self, operators: Operators, speaking: AgentSpeech) -> None:
        self._operators = operators
        self._speaking = speaking
        self._introduction: tuple[int, str] | None = None
        """(sequence number, text) of what is said to both."""

    def introduce(self, seq: int, text: str, at: float) -> list[Command]:
        """Say this once the operator is there; one that waited before is not wanted any more."""
        dropped = self.drop(at)
        self._introduction = (seq, text)
        return dropped

    def drop(self, at: float) -> list[Command]:
        """Whoever was to be introduced holds the conversation no more, or the call is over."""
        waiting, self._introduction = self._introduction, None
        return self._speaking.never_said(*waiting, at) if waiting else []

    def step(self, state: State, at: float) -> list[Command]:
        """What is to be said next to the operator or to both."""
        speaking = self._speaking
        coming = self._operators.coming_in(state)
        if coming is None:
            speaking.copy_to = None
            return []
        briefing = self._operators.brief(coming)
        if briefing is not None:
            return briefing
        if self._introduction is not None:
            (seq, text), self._introduction = self._introduction, None
            speaking.copy_to = coming.operator_id
            return speaking.say(seq, text, at)
        if not speaking.is_speaking:
            speaking.copy_to = None
            self._operators.introduced(coming.operator_id)
        return []
