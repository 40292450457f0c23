"""The life cycle of one call: what comes in, in order, and what is to be done about it.

Every method takes `at`, seconds on the call's clock, and returns commands; results come back by other methods.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from conversation.call_events import AgentHeard, Spoken, TurnTimed
from conversation.events import AgentSaid, CustomerSaid, Notice, Recorded
from conversation.state import State
from conversation.words import CallEnd, Stage
from speech.audio import from_pcm16
from speech.tts import Clause, SpokenClause
from speech.turns import BargeInDecision, BargeInDetector, BargeInPolicy, Interrupt, PausePlayback, ResumePlayback
from speech.turns import TurnPolicy as Policy
from speech.vad import FRAME_SECONDS
from telephony import wire as w
from telephony.call.ear import Began, Ear, EarOutput, Expected, Guess, GuessWrong, Hearing, Noise, Partial, Turn
from telephony.call.keypad import Keypad
from telephony.call.mouth import Begun, FirstPlayed, HeardLine, Line, Mouth, MouthOutput, frames_of
from telephony.call.patience import Patience
from telephony.call.spoken_lines import spoken_text
from telephony.call.stages import Scene, Staging, staging
from telephony.call.values import (
    AGENT,
    CUSTOMER,
    CallTiming,
    Command,
    CustomerTurn,
    DropPrepared,
    EndCall,
    Keep,
    Note,
    NotUnderstood,
    OperatorTurn,
    Prepare,
    Render,
    Send,
    TellOperatorAway,
    TellProgress,
    ms,
)
from telephony.mixer import Mixer

ANSWER_SECONDS = 20.0
"""An answer that takes longer no longer counts as under way: silence is asked about again."""

OPERATOR_JOINED = "operator_joined"
"""Code of the notice that introduces an operator; said when their line is there."""


@dataclass(frozen=True)
class Setting:
    """What a call is made with."""

    call_id: str
    hearing: Hearing
    clauses: Callable[[str], tuple[Clause, ...]]
    """A text in the pieces it is spoken in."""
    hold: Callable[[], Iterator[bytes]]
    """Endless frames of hold sound."""
    timing: CallTiming = field(default_factory=CallTiming)
    barge_in: BargeInPolicy = field(default_factory=BargeInPolicy)
    has_captions: bool = False


@dataclass(frozen=True)
class OperatorLine:
    """An operator's open line."""

    operator_id: str
    name: str
    brief: str = ""
    """What they want to hear before they speak; "" for nothing."""


@dataclass
class _Timing:
    speech_end_ms: int
    decided_ms: int
    transcript_ms: int
    decision_ms: int = 0
    first_audio_ms: int = 0


class CallMachine:
    """One call from the moment its line is open."""

    def __init__(self, setting: Setting, state: State) -> None:
        self._setting = setting
        self._state = state
        self._numbers = count(1)
        self._captions = setting.timing.caption_seconds if setting.has_captions else None
        self._ear = self._new_ear(CUSTOMER)
        self._ears: dict[str, Ear] = {}
        """Operators' ears, by leg."""
        self._offset = {CUSTOMER: 0.0}
        """Call clock minus a leg's stream."""
        self._barge_in = BargeInDetector(setting.barge_in, FRAME_SECONDS)
        self._mouth = Mouth()
        self._briefs: dict[str, Mouth] = {}
        self._mixer = Mixer()
        self._mixer.add(CUSTOMER)
        self._operators: dict[str, OperatorLine] = {}
        self._ready: set[str] = set()
        """Operators who have been introduced."""
        self._introduction: Line | None = None
        self._is_introducing = False
        self._keypad = Keypad(setting.timing.keys_pause_seconds)
        self._patience = Patience(setting.timing)
        self._expected = Expected()
        self._awaited_since: float | None = None
        self._timings: dict[int, _Timing] = {}
        self._said: dict[int, _Timing] = {}
        """Turns given to the record, by when they began, until their sequence number is known."""
        self._progress_at = 0.0
        self._away_since: float | None = None
        self._is_away_told = False
        self._is_ending = False
        self._is_over = False
        self._shown: w.LineState | None = None
        self._shown_desk: w.DeskLine | None = None
        self._text = ""
        self._staging = Staging(Scene.AGENT, staging(state, frozenset(), is_ready=False).routing, True)

    # ------------------------------------------------------------ what the screens and the shell ask

    @property
    def scene(self) -> Scene:
        return self._staging.scene

    @property
    def needs_mixing(self) -> bool:
        """True while people hear people: `mix` must then be called every 20 ms."""
        return bool(self._staging.routing.pairs)

    @property
    def is_speaking(self) -> bool:
        """True while the agent has something to say to the customer."""
        return self._mouth.is_speaking

    @property
    def state(self) -> State:
        return self._state

    # ------------------------------------------------------------ sound

    def hear(self, leg: str, pcm: bytes, at: float) -> list[Command]:
        """A frame from a leg."""
        commands: list[Command] = []
        if self._is_recorded(leg):
            commands.append(Keep(leg, pcm, at))
        if self.needs_mixing:
            self._mixer.hear(leg, pcm)
        ear = self._ear if leg == CUSTOMER else self._ears.get(leg)
        if ear is not None and (self.scene is Scene.BRIDGED or (leg == CUSTOMER and self.scene is not Scene.HELD)):
            outputs = ear.hear(from_pcm16(pcm))
            self._align(leg, at - ear.at)
            commands += self._act(leg, outputs, at)
            if leg == CUSTOMER:
                for heard_at, probability in ear.probabilities:
                    commands += self._barge(self._barge_in.hear(heard_at, probability), at)
        return commands + self.tick(at) if leg == CUSTOMER else commands

    def transcribed(self, leg: str, job: int, text: str | None, at: float) -> list[Command]:
        """Words of a job; None when they could not be had."""
        ear = self._ear if leg == CUSTOMER else self._ears.get(leg)
        return self._act(leg, ear.transcribed(job, text), at) if ear else []

    def judged(self, leg: str, job: int, finished: float, at: float) -> list[Command]:
        """How finished a voice sounds, 0 to 1."""
        ear = self._ear if leg == CUSTOMER else self._ears.get(leg)
        return self._act(leg, ear.judged(job, finished), at) if ear else []

    def rendered(self, number: int, index: int, spoken: SpokenClause | None, at: float) -> list[Command]:
        """A clause as sound; None when the voice failed."""
        for mouth in (self._mouth, *self._briefs.values()):
            if spoken is None:
                mouth.skip(number)
            else:
                mouth.rendered(number, index, frames_of(spoken))
        return self._speak(self._mouth.pump(at), at)

    def set_policy(self, policy: Policy) -> None:
        """The machine's load has changed how patient it is."""
        self._ear.set_policy(policy)

    def mix(self, at: float) -> list[Command]:
        """One tick of 20 ms of the people's talk."""
        commands: list[Command] = []
        listeners = {listener for _, listener in self._staging.routing.pairs}
        for leg, frame in self._mixer.mix().items():
            is_agents = leg == CUSTOMER and self._mouth.is_speaking
            if leg in listeners and not is_agents:
                commands.append(Send(leg, w.Play(frame)))
        return commands + self.tick(at)

    # ------------------------------------------------------------ the device

    def pressed(self, key: str, at: float) -> list[Command]:
        """A key of the customer's keypad."""
        self._patience.caller_is_there(at)
        commands = self._interrupt(at) if self._mouth.is_sounding and self._staging.is_agent_listening else []
        keys = self._keypad.press(key, at, self._expected.digits)
        return commands + (self._keyed(keys, at) if keys else [])

    def played(self, leg: str, mark: str, at: float) -> list[Command]:
        """A device has played everything up to this mark."""
        if leg == CUSTOMER:
            return self._speak(self._mouth.played(mark, at), at) + self._restage(at)
        brief = self._briefs.get(leg)
        return self._brief_out(leg, brief.played(mark, at)) + self._restage(at) if brief else []

    def muted(self, leg: str, *, is_muted: bool) -> list[Command]:
        """A microphone is off or on again."""
        if leg in self._mixer.legs:
            self._mixer.mute(leg, is_muted=is_muted)
        return []

    # ------------------------------------------------------------ the conversation and its people

    def conversation(self, events: Iterable[Recorded], state: State, expected: Expected, at: float) -> list[Command]:
        """What was recorded, and how the conversation stands after it."""
        before, self._state, self._expected = self._state, state, expected
        self._ear.expect(expected)
        commands: list[Command] = []
        answered: int | None = None
        for one in events:
            match one.event:
                case CustomerSaid(voice=voice):
                    timing = self._said.pop(voice.start_ms, None) if voice else None
                    if timing:
                        self._timings = {one.seq: timing}
                    answered = one.seq
                case AgentSaid() as said:
                    commands += self._say(one.seq, spoken_text(said), at)
                case Notice(code=code, text=text):
                    if code == OPERATOR_JOINED:
                        self._introduction = self._line(one.seq, text, None)
                    else:
                        self._text = text
                        commands += self._say(one.seq, text, at)
                case _:
                    continue
        del answered
        self._is_ending = self._is_ending or not state.is_live
        if state.is_live and (state.call is None or state.call.call_id != self._setting.call_id):
            self._is_over = True
            commands.append(EndCall(CallEnd.LINE_LOST))
        if before.operator_id != state.operator_id and before.operator_id:
            self._ready.discard(before.operator_id)
        if state.is_waiting and not before.is_waiting:
            self._progress_at = at
        return commands + self._restage(at)

    def joined(self, line: OperatorLine, at: float) -> list[Command]:
        """An operator's line is open."""
        if line.operator_id in self._operators:
            self.left(line.operator_id, at)
        self._operators[line.operator_id] = line
        self._ears[line.operator_id] = self._new_ear(line.operator_id)
        self._mixer.add(line.operator_id)
        if line.brief and line.operator_id == self._state.operator_id and line.operator_id not in self._ready:
            mouth = Mouth()
            said = Line(0, line.brief, self._setting.clauses(line.brief))
            # Numbers of the operator's mouth must not meet the customer's: both are rendered by one command.
            number = mouth.say(said, start=1_000_000)
            self._briefs[line.operator_id] = mouth
            rendering: list[Command] = [Render(number, n, clause) for n, clause in enumerate(said.clauses)]
            return rendering + self._restage(at)
        return self._restage(at)

    def left(self, operator_id: str, at: float) -> list[Command]:
        """An operator's line is gone."""
        self._operators.pop(operator_id, None)
        self._ears.pop(operator_id, None)
        self._briefs.pop(operator_id, None)
        self._mixer.remove(operator_id)
        return self._restage(at)

    def skip_brief(self, operator_id: str, at: float) -> list[Command]:
        """The operator has heard enough."""
        brief = self._briefs.pop(operator_id, None)
        flush: list[Command] = [Send(operator_id, w.Flush())] if brief else []
        return flush + self._restage(at)

    def aside(self, text: str, at: float) -> list[Command]:
        """Something said that is no part of the record: "One moment, please."."""
        return self._say(0, text, at)

    # ------------------------------------------------------------ time

    def tick(self, at: float) -> list[Command]:
        """Time goes by; call it at least every 50 ms."""
        if self._is_over:
            return []
        commands = self._speak(self._mouth.pump(at), at)
        for leg, brief in list(self._briefs.items()):
            commands += self._brief_out(leg, brief.pump(at))
        if keys := self._keypad.due(at):
            commands += self._keyed(keys, at)
        commands += self._wait(at)
        commands += self._restage(at)
        if self._is_ending and not self._mouth.is_speaking and not self._is_over:
            self._is_over = True
            commands.append(EndCall(CallEnd.CONVERSATION_ENDED))
        return commands

    def hang_up(self, at: float) -> list[Command]:
        """The customer's line is gone: what they heard until now."""
        self._is_over = True
        return [one for one in self._interrupt(at) if isinstance(one, Note)]

    # ------------------------------------------------------------ inside: hearing

    def _new_ear(self, leg: str) -> Ear:
        return Ear(leg, self._setting.hearing, lambda: next(self._numbers), captions=self._captions)

    def _align(self, leg: str, offset: float) -> None:
        """The least delay seen tells best where the stream lies on the call's clock; a jump is a pause of the line."""
        known = self._offset.get(leg)
        if known is None or offset < known or offset > known + 0.5:
            self._offset[leg] = offset

    def _act(self, leg: str, outputs: list[EarOutput], at: float) -> list[Command]:
        commands: list[Command] = []
        is_customer = leg == CUSTOMER
        for output in outputs:
            match output:
                case Guess(text=text) | Partial(text=text):
                    commands += self._caption(leg, text, is_final=False)
                    if is_customer:
                        commands += self._barge(self._barge_in.words(self._ear.at, text, is_final=False), at)
                        is_for_agent = isinstance(output, Guess) and self._state.stage is Stage.AGENT
                        if is_for_agent and self._setting.call_id:
                            commands.append(Prepare(text))
                case GuessWrong():
                    if is_customer:
                        commands.append(DropPrepared())
                case Began():
                    continue
                case Noise():
                    if is_customer:
                        commands += self._barge(self._barge_in.noise(self._ear.at), at)
                case Turn():
                    commands += self._turn(leg, output, at)
                case _:
                    commands.append(output)
        return commands

    def _turn(self, leg: str, turn: Turn, at: float) -> list[Command]:
        offset = self._offset.get(leg, 0.0)
        voice = Spoken(self._setting.call_id, ms(turn.start + offset), ms(turn.speech_end + offset))
        if leg != CUSTOMER:
            if not turn.text or leg != self._state.operator_id:
                return []
            return [*self._caption(leg, turn.text, is_final=True), OperatorTurn(leg, turn.text, voice)]
        if turn.text is None:
            return [NotUnderstood()] if self._staging.is_agent_listening else []
        if not turn.text:
            return self._barge(self._barge_in.noise(self._ear.at), at)
        commands = self._barge(self._barge_in.words(self._ear.at, turn.text, is_final=True), at)
        if self._mouth.is_sounding and self.scene is Scene.AGENT:
            return commands  # "mm-hm" while the agent speaks: no turn
        self._patience.caller_is_there(at)
        commands += self._caption(leg, turn.text, is_final=True)
        if self._staging.is_agent_listening:
            commands += self._interrupt(at) if self.scene is Scene.AGENT else []
            self._awaited_since = at
        timing = _Timing(voice.end_ms, ms(turn.decided + offset), ms(turn.transcript + offset))
        self._said = {voice.start_ms: timing}
        return [*commands, self._customer_turn(turn.text, voice, timing)]

    def _keyed(self, keys: str, at: float) -> list[Command]:
        end = ms(at)
        voice = Spoken(self._setting.call_id, ms(self._keypad.began), end)
        timing = _Timing(end, end, end)
        self._said = {voice.start_ms: timing}
        if self._staging.is_agent_listening:
            self._awaited_since = at
        return [*self._caption(CUSTOMER, keys, is_final=True), self._customer_turn(keys, voice, timing)]

    def _customer_turn(self, text: str, voice: Spoken, timing: _Timing) -> CustomerTurn:
        return CustomerTurn(text, voice, timing.speech_end_ms, timing.decided_ms, timing.transcript_ms)

    def _barge(self, decisions: list[BargeInDecision], at: float) -> list[Command]:
        commands: list[Command] = []
        for decision in decisions:
            match decision:
                case PausePlayback():
                    commands += self._speak(self._mouth.pause(), at)
                case ResumePlayback():
                    commands += self._speak(self._mouth.resume(at), at)
                case Interrupt():
                    commands += self._interrupt(at)
        return commands

    def _interrupt(self, at: float) -> list[Command]:
        self._barge_in.playback_finished()
        return self._speak(self._mouth.interrupt(at), at)

    # ------------------------------------------------------------ inside: speaking

    def _line(self, seq: int, text: str, answers: int | None) -> Line:
        return Line(seq, text, self._setting.clauses(text), answers)

    def _say(self, seq: int, text: str, at: float) -> list[Command]:
        self._awaited_since = None
        answers: int | None = None
        for answered, timing in self._timings.items():
            if not timing.decision_ms:
                timing.decision_ms, answers = ms(at), answered
        return self._render(self._line(seq, text, answers), at)

    def _render(self, line: Line, at: float) -> list[Command]:
        if not line.clauses:
            return []
        number = self._mouth.say(line)
        self._patience.busy(at)
        return [Render(number, index, clause) for index, clause in enumerate(line.clauses)]

    def _speak(self, outputs: list[MouthOutput], at: float) -> list[Command]:
        commands: list[Command] = []
        for output in outputs:
            match output:
                case Begun(line=line):
                    commands += self._begun(line, at)
                case FirstPlayed(line=line):
                    commands += self._timed(line, played_ms=ms(at))
                case HeardLine():
                    commands += self._heard(output)
                case w.Play(pcm=pcm) if self._mouth.is_sounding:
                    commands += [Send(CUSTOMER, output), *self._copies(pcm, at)]
                case _:
                    commands.append(Send(CUSTOMER, output))
        if not self._mouth.is_speaking:
            self._barge_in.playback_finished()
        return commands

    def _copies(self, pcm: bytes, at: float) -> list[Command]:
        """The agent's sound for the recording, and for the operator who is being introduced."""
        copies: list[Command] = [Keep(AGENT, pcm, at)] if self._is_recorded(AGENT) else []
        if self._is_introducing and self._state.operator_id in self._operators:
            copies.append(Send(self._state.operator_id or "", w.Play(pcm)))
        return copies

    def _begun(self, line: Line, at: float) -> list[Command]:
        is_question = self._state.question is not None
        self._barge_in.playback_started(self._ear.at, is_question=is_question)
        timing = self._timings.get(line.answers) if line.answers else None
        if timing:
            timing.first_audio_ms = ms(at)
        return self._caption(AGENT, line.text, is_final=True)

    def _timed(self, line: Line, played_ms: int | None) -> list[Command]:
        timing = self._timings.pop(line.answers, None) if line.answers else None
        if timing is None or line.answers is None or not timing.first_audio_ms:
            return []
        timed = TurnTimed(
            self._setting.call_id,
            line.answers,
            timing.speech_end_ms,
            timing.decided_ms,
            timing.transcript_ms,
            timing.decision_ms,
            timing.first_audio_ms,
            played_ms,
        )
        return [Note((timed,))]

    def _heard(self, heard: HeardLine) -> list[Command]:
        timed = self._timed(heard.line, played_ms=None)
        if not heard.line.said_seq:
            return timed
        event = AgentHeard(
            heard.line.said_seq,
            heard.text,
            heard.is_whole,
            self._setting.call_id,
            ms(heard.start),
            ms(heard.end),
        )
        return [*timed, Note((event,))]

    def _brief_out(self, leg: str, outputs: list[MouthOutput]) -> list[Command]:
        commands: list[Command] = [
            Send(leg, output) for output in outputs if isinstance(output, w.Play | w.Mark | w.Flush)
        ]
        if not self._briefs[leg].is_speaking:
            del self._briefs[leg]
        return commands

    def _caption(self, leg: str, text: str, *, is_final: bool) -> list[Command]:
        if not self._setting.has_captions or not text:
            return []
        speaker = leg if leg in (CUSTOMER, AGENT) else "operator"
        caption = w.Caption(speaker, text, is_final)
        return [Send(CUSTOMER, caption), *(Send(one, caption) for one in self._operators)]

    # ------------------------------------------------------------ inside: waiting and staging

    def _wait(self, at: float) -> list[Command]:
        is_awaited = self._awaited_since is not None and at - self._awaited_since < ANSWER_SECONDS
        is_busy = self._mouth.is_speaking or self._ear.is_busy or self._keypad.is_open or is_awaited
        if self._state.stage is not Stage.AGENT or is_busy or self._is_ending:
            self._patience.busy(at)
        elif due := self._patience.due(at):
            return [due]
        is_quiet = self._state.is_waiting and not self._mouth.is_speaking
        if is_quiet and at - self._progress_at >= self._setting.timing.progress_seconds:
            self._progress_at = at
            return [TellProgress()]
        return self._operator_away(at)

    def _operator_away(self, at: float) -> list[Command]:
        holder = self._state.operator_id
        if self._state.stage is not Stage.OPERATOR or holder in self._operators:
            self._away_since, self._is_away_told = None, False
            return []
        self._away_since = at if self._away_since is None else self._away_since
        if self._is_away_told or at - self._away_since < self._setting.timing.operator_line_seconds:
            return []
        self._is_away_told = True
        return [TellOperatorAway()]

    def _restage(self, at: float) -> list[Command]:
        commands = self._introduce(at)
        is_ready = self._state.operator_id in self._ready
        new = staging(self._state, frozenset(self._operators), is_ready=is_ready)
        if new.scene is not self._staging.scene:
            has_hold = new.scene in (Scene.HOLDING, Scene.HELD)
            self._mouth.background = self._setting.hold() if has_hold else None
            if not has_hold and self._staging.scene in (Scene.HOLDING, Scene.HELD) and not self._mouth.is_speaking:
                commands.append(Send(CUSTOMER, w.Flush()))
        self._staging = new
        self._mixer.route(new.routing)
        return commands + self._show()

    def _introduce(self, at: float) -> list[Command]:
        """Brief the operator, introduce them to the customer, then leave."""
        holder = self._state.operator_id
        if self._state.stage is not Stage.OPERATOR or holder not in self._operators or holder in self._ready:
            return []
        if holder in self._briefs:
            return []
        if self._introduction is not None:
            line, self._introduction = self._introduction, None
            self._is_introducing = True
            return self._render(line, at)
        if not self._mouth.is_speaking:
            self._is_introducing = False
            self._ready.add(holder)
        return []

    def _show(self) -> list[Command]:
        shown = w.LineState(self._state.stage, self._line_word(), self._state.operator_name, self._text)
        commands: list[Command] = []
        if shown != self._shown:
            self._shown = shown
            commands.append(Send(CUSTOMER, shown))
        call = self._state.call
        legs = [w.LegShown(CUSTOMER, self._state.identity.name or "Customer", CUSTOMER, False)]
        legs += [w.LegShown(one.operator_id, one.name, "operator", False) for one in self._operators.values()]
        desk = w.DeskLine(
            is_held=bool(call and call.is_held),
            is_recording=bool(call and call.is_recording),
            is_brief_playing=bool(self._briefs),
            legs=tuple(legs),
        )
        if desk != self._shown_desk:
            was, self._shown_desk = self._shown_desk, desk
            commands += [Send(one, desk) for one in self._operators]
            if was is not None and was.is_recording != desk.is_recording:
                commands.append(Send(CUSTOMER, w.RecordingState(desk.is_recording)))
        return commands

    def _line_word(self) -> str:
        match self.scene:
            case Scene.HELD:
                return "on_hold"
            case Scene.BRIDGED:
                return "bridged"
            case _ if self._mouth.is_speaking:
                return "speaking"
            case Scene.HOLDING:
                return "holding"
            case _:
                return "listening" if self._awaited_since is None else "thinking"

    def _is_recorded(self, leg: str) -> bool:
        """Sound on hold, and what operators say among themselves, is nobody's record."""
        if not (self._state.call and self._state.call.is_recording):
            return False
        return self.scene is Scene.BRIDGED or (leg in (CUSTOMER, AGENT) and self.scene is not Scene.HELD)
