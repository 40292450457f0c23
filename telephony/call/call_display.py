"""What the screens of a call show: the line's state, who is on it, captions. Told only when it has changed."""

from collections.abc import Iterable, Mapping

from conversation import State
from telephony import wire as w
from telephony.call.operators import OperatorLine
from telephony.call.values import AGENT, CUSTOMER, Command, Send


class CallDisplay:
    """The customer's screen and the operators' softphones."""

    def __init__(self, *, has_captions: bool) -> None:
        self._has_captions = has_captions
        self._line: w.LineState | None = None
        self._desk: w.DeskLine | None = None
        self._shown_to: frozenset[str] = frozenset()

    def line(self, state: State, word: str, text: str) -> list[Command]:
        """The customer's line in a word, and one sentence for the screen."""
        line = w.LineState(state.owner.stage, word, state.owner.operator_name, text)
        if line == self._line:
            return []
        self._line = line
        return [Send(CUSTOMER, line)]

    def desk(
        self, state: State, lines: Iterable[OperatorLine], muted: frozenset[str], *, is_briefing: bool
    ) -> list[Command]:
        """Who is on the line, for the operators; and whether it is recorded, for all."""
        lines = tuple(lines)
        call = state.call
        legs = [w.LegShown(CUSTOMER, state.record.identity.name or "Customer", CUSTOMER, CUSTOMER in muted)]
        legs += [w.LegShown(one.operator_id, one.name, "operator", one.operator_id in muted) for one in lines]
        desk = w.DeskLine(bool(call and call.is_held), bool(call and call.is_recording), is_briefing, tuple(legs))
        was, self._desk = self._desk, desk
        everyone = frozenset(one.operator_id for one in lines)
        newcomers, self._shown_to = everyone - self._shown_to, everyone
        commands: list[Command] = [
            Send(one.operator_id, desk) for one in lines if desk != was or one.operator_id in newcomers
        ]
        if was is not None and was.is_recording != desk.is_recording:
            commands.append(Send(CUSTOMER, w.RecordingState(desk.is_recording)))
        return commands

    def caption(self, leg: str, text: str, lines: Mapping[str, OperatorLine], *, is_final: bool) -> list[Command]:
        """Words for the customer's screen and those of the operators with these lines."""
        if not self._has_captions or not text:
            return []
        speaker = leg if leg in (CUSTOMER, AGENT) else "operator"
        name = lines[leg].name if leg in lines else None
        caption = w.Caption(speaker, text, is_final, leg, name)
        return [Send(CUSTOMER, caption), *(Send(one, caption) for one in lines)]
