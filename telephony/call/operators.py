"""The operators' lines of one call: brief first, then one sentence to both, then they talk. Clockless.

```
 line open ──► brief, to the operator alone ──► introduction, to both ──► ready: bridged
              (skipped, failed, or none wanted)   (none after a lost line)
```
"""

from collections.abc import Callable
from dataclasses import dataclass

from conversation import Stage, State
from speech.tts import Clause, SpokenClause
from telephony import wire as w
from telephony.call.playout import Playout, PlayoutOutput, Voiced
from telephony.call.utterance import Utterance
from telephony.call.values import Command, Render, Send


@dataclass(frozen=True)
class OperatorLine:
    """An operator's open line."""

    operator_id: str
    name: str
    brief: str = ""
    """What they want to hear before they speak; "" for nothing."""


class Operators:
    """Who of the operators is on the line, and how far their coming in has got."""

    def __init__(self, clauses: Callable[[str], tuple[Clause, ...]], next_number: Callable[[], int]) -> None:
        self._clauses = clauses
        self._next_number = next_number
        self.lines: dict[str, OperatorLine] = {}
        """By operator, in the order they joined."""
        self._briefs: dict[str, Playout] = {}
        self._briefed: set[str] = set()
        self._ready: set[str] = set()

    @property
    def is_briefing(self) -> bool:
        return bool(self._briefs)

    def is_ready(self, operator_id: str | None) -> bool:
        """True once they were briefed and introduced."""
        return operator_id in self._ready

    def join(self, line: OperatorLine) -> None:
        self.lines[line.operator_id] = line

    def leave(self, operator_id: str) -> None:
        """Their line is gone. Who comes back while they still hold the conversation needs no second introduction."""
        self.lines.pop(operator_id, None)
        self._briefs.pop(operator_id, None)

    def let_go(self, operator_id: str) -> list[Command]:
        """They hold the conversation no more."""
        self._ready.discard(operator_id)
        self._briefed.discard(operator_id)
        return self.skip_brief(operator_id)

    def coming_in(self, state: State) -> OperatorLine | None:
        """The holder's line, if they have not been introduced yet."""
        holder = state.owner.operator_id or ""
        is_coming = state.owner.stage is Stage.OPERATOR and holder not in self._ready
        return self.lines.get(holder) if is_coming else None

    def brief(self, line: OperatorLine) -> list[Command] | None:
        """Begin the brief they wanted; None when there is none to wait for."""
        who = line.operator_id
        if who in self._briefs:
            return []
        clauses = self._clauses(line.brief) if who not in self._briefed else ()
        self._briefed.add(who)
        if not clauses:
            return None
        number = self._next_number()
        self._briefs[who] = playout = Playout()
        playout.say(Utterance(0, line.brief, clauses), number)
        return [Render(number, index, clause) for index, clause in enumerate(clauses)]

    def skip_brief(self, operator_id: str) -> list[Command]:
        """They have heard enough."""
        brief = self._briefs.pop(operator_id, None)
        return [Send(operator_id, w.Flush())] if brief else []

    def introduced(self, operator_id: str) -> None:
        self._ready.add(operator_id)

    def rendered(self, number: int, index: int, spoken: SpokenClause | None) -> None:
        """A clause as sound, if it is one of a brief's."""
        for playout in self._briefs.values():
            playout.rendered(number, index, spoken)

    def pump(self, at: float) -> list[Command]:
        """The briefs' sound that is to be sent now."""
        return [command for who, playout in list(self._briefs.items()) for command in self._out(who, playout.pump(at))]

    def played(self, operator_id: str, mark: str, at: float) -> list[Command]:
        """An operator's device has played its brief up to this mark."""
        brief = self._briefs.get(operator_id)
        return self._out(operator_id, brief.played(mark, at)) if brief else []

    def _out(self, operator_id: str, outputs: list[PlayoutOutput]) -> list[Command]:
        commands: list[Command] = []
        for output in outputs:
            match output:
                case Voiced(pcm=pcm):
                    commands.append(Send(operator_id, w.Play(pcm)))
                case w.Mark() | w.Flush():
                    commands.append(Send(operator_id, output))
                case _:
                    continue
        if not self._briefs[operator_id].is_speaking:
            del self._briefs[operator_id]
        return commands
