"""Who waits for whom: the caller for an answer, the agent for the caller, the caller for a person. Clockless."""

from conversation import Stage, State
from telephony.call.no_input_timer import NoInputTimer
from telephony.call.values import CallTiming, Command, TellOperatorAway, TellProgress

ANSWER_SECONDS = 20.0
"""An answer that takes longer no longer counts as under way: silence is asked about again."""

POLITE_SECONDS = 5.0
"""The agent lets a caller finish before it begins a line, but waits no longer than this: it may be a radio."""


class Waiting:
    """The waits of one call, and what is to be said about them."""

    def __init__(self, timing: CallTiming) -> None:
        self._timing = timing
        self._patience = NoInputTimer(timing)
        self._asked_at: float | None = None
        """When the caller's last turn was over, until it is answered."""
        self._talking_since: float | None = None
        self._progress_at = 0.0
        self._away_since: float | None = None

    @property
    def is_answer_due(self) -> bool:
        """True between a turn for the agent and its answer."""
        return self._asked_at is not None

    def caller_is_there(self, at: float) -> None:
        """The caller said, pressed or typed something."""
        self._patience.caller_is_there(at)

    def asked(self, at: float) -> None:
        """The agent has a turn to answer."""
        self._asked_at = at

    def answered(self) -> None:
        self._asked_at = None

    def queued(self, at: float) -> None:
        """The caller waits for a person from now on."""
        self._progress_at = at

    def may_begin(self, at: float, *, is_caller_talking: bool) -> bool:
        """False while the caller speaks: a line not yet begun waits, within reason."""
        if not is_caller_talking:
            self._talking_since = None
        elif self._talking_since is None:
            self._talking_since = at
        return self._talking_since is None or at - self._talking_since >= POLITE_SECONDS

    def due(self, at: float, state: State, *, is_busy: bool, is_sounding: bool, has_operator: bool) -> list[Command]:
        """What is to be said now.

        `is_busy`: the agent speaks or a number is being keyed in; `is_sounding`: the caller's line is not silent;
        `has_operator`: the line of whoever holds the conversation is there.
        """
        is_awaited = self._asked_at is not None and at - self._asked_at < ANSWER_SECONDS
        if state.owner.stage is not Stage.AGENT:
            self._patience.elsewhere(at)
        elif is_busy or is_awaited:
            self._patience.busy(at)
        elif due := self._patience.due(at, is_sounding=is_sounding):
            return [due]
        if state.is_waiting and not is_busy and at - self._progress_at >= self._timing.progress_seconds:
            self._progress_at = at
            return [TellProgress()]
        return self._operator_away(at, is_away=state.owner.stage is Stage.OPERATOR and not has_operator)

    def _operator_away(self, at: float, *, is_away: bool) -> list[Command]:
        """Told after a few seconds, and again as often as progress is."""
        if not is_away:
            self._away_since = None
            return []
        if self._away_since is None:
            self._away_since = at
        if at - self._away_since < self._timing.operator_line_seconds:
            return []
        self._away_since = at + self._timing.progress_seconds - self._timing.operator_line_seconds
        return [TellOperatorAway()]
