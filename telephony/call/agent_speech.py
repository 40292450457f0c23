"""The agent speaks to the customer: lines in, sound out, interrupted by words and not by coughs.

Whatever there was to say ends in exactly one `AgentHeard`, also what was never begun.
"""

from collections.abc import Callable, Iterable, Iterator

from conversation.events import AgentHeard
from speech.tts import Clause, SpokenClause
from speech.turns import BargeInDecision, BargeInDetector, BargeInPolicy, Interrupt, PausePlayback, ResumePlayback
from speech.vad import FRAME_SECONDS
from telephony import wire as w
from telephony.call.announcement_mix import AnnouncementMix
from telephony.call.playout import Begun, FirstPlayed, HeardLine, Playout, PlayoutOutput, Voiced
from telephony.call.utterance import Utterance
from telephony.call.values import AGENT, CUSTOMER, Command, Keep, Note, Render, Send, ms
from telephony.call.waterfall import Waterfall


class AgentSpeech:
    """The agent's voice in one call."""

    def __init__(
        self,
        call_id: str,
        clauses: Callable[[str], tuple[Clause, ...]],
        next_number: Callable[[], int],
        barge_in: BargeInPolicy,
        caption: Callable[[str, str], list[Command]],
    ) -> None:
        """`clauses` cuts a text, `caption(speaker, text)` shows it on the screens."""
        self._call_id = call_id
        self._clauses = clauses
        self._next_number = next_number
        self._barge_in = BargeInDetector(barge_in, FRAME_SECONDS)
        self._caption = caption
        self._playout = Playout()
        self.waterfall = Waterfall(call_id)
        self.is_question = False
        """True while "yes" is an answer and no backchannel."""
        self.is_interruptible = True
        """False where the customer talks with people: a notice is then said through."""
        self.is_kept = False
        """True while the call is recorded."""
        self.copy_to: str | None = None
        """An operator who hears it too: they are being introduced."""
        self._overlay: AnnouncementMix | None = None
        """There while the customer hears people."""
        self._heard_until = 0.0
        """On the customer's stream."""
        self._sounding_since = 0.0

    @property
    def is_speaking(self) -> bool:
        """True while there is something to say or it is still being played."""
        return self._playout.is_speaking

    @property
    def is_sounding(self) -> bool:
        """True while the customer hears a line, or it is paused."""
        return self._playout.is_sounding

    def is_nod(self, text_began: float) -> bool:
        """True for words that did not stop the line the customer hears, said while they heard it."""
        return self.is_interruptible and self.is_sounding and text_began >= self._sounding_since

    def let_begin(self, *, is_free: bool) -> None:
        """Lines not yet begun wait while somebody else speaks."""
        self._playout.may_begin = is_free

    def play_background(self, frames: Iterator[bytes] | None) -> None:
        """What sounds while nothing is said; None for silence. One that plays goes on."""
        if frames is None or self._playout.background is None:
            self._playout.background = frames

    def lay_over_people(self, *, is_on: bool) -> list[Command]:
        """While the customer hears people: the agent's lines are laid over theirs, whose frames go to `over`."""
        if is_on:
            self._overlay = self._overlay or AnnouncementMix()
            return []
        left, self._overlay = self._overlay, None
        return [Send(CUSTOMER, each) for each in left.take()] if left else []

    def over(self, people: bytes) -> list[Command]:
        """20 ms of the people's talk for the customer, with what the agent says meanwhile."""
        sounds = self._overlay.over(people) if self._overlay else [w.Play(people)]
        return [Send(CUSTOMER, each) for each in sounds]

    # ------------------------------------------------------------ lines

    def say(self, seq: int, text: str, at: float, *, answers: int | None = None) -> list[Command]:
        """A line; `seq` 0 for one that is no part of the record."""
        line = Utterance(seq, text, self._clauses(text), answers)
        if not line.clauses:
            return self._heard(HeardLine(line, "", False, at, at))
        number = self._next_number()
        self._playout.say(line, number)
        return [Render(number, index, clause) for index, clause in enumerate(line.clauses)]

    def never_said(self, seq: int, text: str, at: float) -> list[Command]:
        """A line that is not wanted any more before it was said."""
        return self._heard(HeardLine(Utterance(seq, text, ()), "", False, at, at))

    def rendered(self, number: int, index: int, spoken: SpokenClause | None, at: float) -> list[Command]:
        """A clause as sound; None when the voice failed."""
        self._playout.rendered(number, index, spoken)
        return self.pump(at)

    def pump(self, at: float) -> list[Command]:
        """What to send now."""
        return self._out(self._playout.pump(at), at)

    def played(self, mark: str, at: float) -> list[Command]:
        """The device has played everything up to this mark."""
        return self._out(self._playout.played(mark, at), at)

    def interrupt(self, at: float) -> list[Command]:
        """Stop for good."""
        self._barge_in.playback_finished()
        return self._out(self._playout.interrupt(at), at)

    # ------------------------------------------------------------ what the customer does meanwhile

    def hear(self, probabilities: Iterable[tuple[float, float]], at: float) -> list[Command]:
        """(time on the customer's stream, probability of speech) of the newest frames."""
        commands: list[Command] = []
        for heard_at, probability in probabilities:
            self._heard_until = heard_at
            if self.is_interruptible:
                commands += self._barge(self._barge_in.hear(heard_at, probability), at)
        return commands

    def words(self, text: str, at: float, *, is_final: bool) -> list[Command]:
        """What was transcribed of the customer, "" for noise."""
        if not self.is_interruptible:
            return []
        return self._barge(self._barge_in.words(self._heard_until, text, is_final=is_final), at)

    def release(self, at: float) -> list[Command]:
        """Nothing may interrupt any more: go on with what was paused."""
        self.is_interruptible = False
        if not self._barge_in.is_paused:
            return []
        self._barge_in.playback_started(self._heard_until, is_question=self.is_question)
        return self._out(self._playout.resume(at), at)

    def _barge(self, decisions: list[BargeInDecision], at: float) -> list[Command]:
        commands: list[Command] = []
        for decision in decisions:
            match decision:
                case PausePlayback():
                    commands += self._out(self._playout.pause(at), at)
                case ResumePlayback():
                    commands += self._out(self._playout.resume(at), at)
                case Interrupt():
                    commands += self.interrupt(at)
        return commands

    # ------------------------------------------------------------ out

    def _out(self, outputs: list[PlayoutOutput], at: float) -> list[Command]:
        commands: list[Command] = []
        for output in outputs:
            match output:
                case Begun(line=line):
                    commands += self._begun(line, at)
                case Voiced(pcm=pcm):
                    commands += self._voiced(pcm, at)
                case FirstPlayed(line=line, seconds=seconds):
                    commands += self._timed(line, ms(at - seconds))
                case HeardLine():
                    commands += self._heard(output)
                case w.Mark() if self._overlay:
                    self._overlay.mark(output)
                case w.Flush() if self._overlay:
                    self._overlay.clear()
                case _:
                    commands.append(Send(CUSTOMER, output))
        if not self._playout.is_speaking:
            self._barge_in.playback_finished()
        return commands

    def _begun(self, line: Utterance, at: float) -> list[Command]:
        self._sounding_since = self._heard_until
        self._barge_in.playback_started(self._heard_until, is_question=self.is_question)
        if line.answers is not None:
            self.waterfall.sounding(line.answers, at)
        return self._caption(AGENT, line.text)

    def _voiced(self, pcm: bytes, at: float) -> list[Command]:
        commands: list[Command] = []
        if self._overlay:
            self._overlay.say(pcm)
        else:
            commands.append(Send(CUSTOMER, w.Play(pcm)))
        if self.is_kept:
            commands.append(Keep(AGENT, pcm, at))
        if self.copy_to is not None:
            commands.append(Send(self.copy_to, w.Play(pcm)))
        return commands

    def _timed(self, line: Utterance, played_ms: int | None) -> list[Command]:
        timed = self.waterfall.over(line.answers, played_ms) if line.answers is not None else None
        return [Note((timed,))] if timed else []

    def _heard(self, heard: HeardLine) -> list[Command]:
        commands = self._timed(heard.line, None)
        seq = heard.line.said_seq
        if seq:
            event = AgentHeard(seq, heard.text, heard.is_whole, self._call_id, ms(heard.start), ms(heard.end))
            commands.append(Note((event,)))
        return commands
