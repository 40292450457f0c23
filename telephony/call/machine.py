"""The life cycle of one call: what comes in, in order, and what is to be done about it.

Every method takes `at`, seconds on the call's clock, and returns commands; results come back by other methods.
"""

from collections.abc import Iterable
from itertools import count

from conversation import CallEnd, Stage, State
from conversation.events import AgentSaid, CustomerSaid, Notice, Recorded, Spoken
from conversation.fold import speakers
from speech.tts import SpokenClause
from speech.turns import TurnPolicy
from telephony import wire as w
from telephony.call.agent_speech import AgentSpeech
from telephony.call.audio_routing import AudioRouting, CallMode, audio_routing
from telephony.call.call_config import CallConfig
from telephony.call.call_display import CallDisplay
from telephony.call.introduction import Introduction
from telephony.call.keypad import Keypad
from telephony.call.leg_recognizer import (
    Began,
    EagerTranscript,
    Noise,
    Partial,
    RecognitionHints,
    RecognizerOutput,
    SpokenTurn,
    TurnResumed,
)
from telephony.call.operators import OperatorLine, Operators
from telephony.call.recognition import Recognition
from telephony.call.spoken_lines import spoken_text
from telephony.call.values import (
    AGENT,
    CUSTOMER,
    AnswerPreemptively,
    Command,
    DropPreemptiveAnswer,
    EndCall,
    Keep,
    NotUnderstood,
    RecordCustomerTurn,
    RecordOperatorTurn,
    Send,
    ms,
)
from telephony.call.waiting import Waiting
from telephony.media.mixer import Mixer

__all__ = ["CallConfig", "CallMachine", "OperatorLine"]

OPERATOR_JOINED = "operator_joined"
"""Code of the notice that introduces an operator; said when their line is there."""


class CallMachine:
    """One call from the moment its line is open."""

    def __init__(self, config: CallConfig, state: State) -> None:
        self._config = config
        self._state = state
        numbers = count(1)
        captions = config.timing.caption_seconds if config.has_captions else None
        self._recognition = Recognition(config.speech_models, lambda: next(numbers), captions)
        self._speaking = AgentSpeech(
            config.call_id, config.clauses, lambda: next(numbers), config.barge_in, self._final_caption
        )
        self._operators = Operators(config.clauses, lambda: next(numbers))
        self._bringing_in = Introduction(self._operators, self._speaking)
        self._display = CallDisplay(has_captions=config.has_captions)
        self._mixer = Mixer()
        self._mixer.add(CUSTOMER)
        self._keypad = Keypad(config.timing.keys_pause_seconds)
        self._waiting = Waiting(config.timing)
        self._expected = RecognitionHints()
        self._text = ""
        """The newest notice, for the customer's screen."""
        self._is_over = False
        self._staging = AudioRouting(CallMode.AGENT)

    # ------------------------------------------------------------ what the shell asks

    @property
    def mode(self) -> CallMode:
        return self._staging.mode

    @property
    def needs_mixing(self) -> bool:
        """True while people hear people: `mix` must then be called every 20 ms."""
        return bool(self._staging.routing.pairs)

    @property
    def is_speaking(self) -> bool:
        """True while the agent has something to say to the customer."""
        return self._speaking.is_speaking

    @property
    def state(self) -> State:
        return self._state

    @property
    def awaited(self) -> frozenset[int]:
        """Jobs whose words belong into the record, also after the line has closed."""
        return self._recognition.awaited

    # ------------------------------------------------------------ sound

    def hear(self, leg: str, pcm: bytes, at: float) -> list[Command]:
        """A frame from a leg."""
        if self._is_over or (leg != CUSTOMER and leg not in self._operators.lines):
            return []
        pcm = self._recognition.unmuted(leg, pcm)
        commands: list[Command] = []
        if self._is_recorded(leg):
            commands.append(Keep(leg, pcm, at))
        if self.needs_mixing:
            self._mixer.hear(leg, pcm)
        if self._is_listened_to(leg):
            commands += self._act(leg, self._recognition.hear(leg, pcm, at), at)
            if leg == CUSTOMER:
                commands += self._speaking.hear(self._recognition.customer.probabilities, at)
        return commands + self.tick(at) if leg == CUSTOMER else commands

    def transcribed(self, leg: str, job: int, text: str | None, at: float) -> list[Command]:
        """Words of a job; None when they could not be had."""
        return self._act(leg, self._recognition.transcribed(leg, job, text), at)

    def judged(self, leg: str, job: int, finished: float, at: float) -> list[Command]:
        """How finished a voice sounds, 0 to 1."""
        return self._act(leg, self._recognition.judged(leg, job, finished), at)

    def rendered(self, number: int, index: int, spoken: SpokenClause | None, at: float) -> list[Command]:
        """A clause as sound; None when the voice failed."""
        self._operators.rendered(number, index, spoken)
        return self._speaking.rendered(number, index, spoken, at)

    def set_policy(self, policy: TurnPolicy) -> None:
        """The machine's load has changed how patient it is."""
        self._recognition.set_policy(policy)

    def mix(self, at: float) -> list[Command]:
        """One tick of 20 ms of the people's talk."""
        listeners = self._staging.routing.listeners
        commands: list[Command] = []
        for leg, frame in self._mixer.mix().items():
            if leg in listeners:
                commands += self._speaking.over(frame) if leg == CUSTOMER else [Send(leg, w.Play(frame))]
        return commands + self.tick(at)

    # ------------------------------------------------------------ the devices

    def pressed(self, key: str, at: float) -> list[Command]:
        """A key of the customer's keypad."""
        if self._is_over:
            return []
        self._waiting.caller_is_there(at)
        is_heard = self._speaking.is_sounding and self._speaking.is_interruptible
        commands = self._speaking.interrupt(at) if is_heard else []
        keys = self._keypad.press(key, at, self._expected.digits)
        return commands + (self._keyed(keys, at) if keys else [])

    def played(self, leg: str, mark: str, at: float) -> list[Command]:
        """A device has played everything up to this mark."""
        if self._is_over:
            return []
        speaker = self._speaking.played(mark, at) if leg == CUSTOMER else self._operators.played(leg, mark, at)
        return speaker + self._restage(at)

    def muted(self, leg: str, *, is_muted: bool) -> list[Command]:
        """A microphone is off or on again."""
        if leg not in self._mixer.legs:
            return []
        self._recognition.mute(leg, is_muted=is_muted)
        return self._show()

    # ------------------------------------------------------------ the conversation and its people

    def conversation(
        self, events: Iterable[Recorded], state: State, expected: RecognitionHints, at: float
    ) -> list[Command]:
        """What was recorded, and how the conversation stands after it."""
        if self._is_over:
            return self._too_late(events, state, at)
        before, self._state, self._expected = self._state, state, expected
        if not self._is_ours(state):
            self._is_over = True
            return [EndCall(CallEnd.LINE_LOST)]
        self._recognition.expect(expected)
        commands: list[Command] = []
        self._speaking.is_question = state.dialogue.question is not None or (
            state.is_waiting and not state.owner.is_handover_confirmed
        )
        if before.owner.operator_id and before.owner.operator_id != state.owner.operator_id:
            commands += self._operators.let_go(before.owner.operator_id) + self._bringing_in.drop(at)
        if before.owner.stage is not state.owner.stage:
            self._text = ""
        for one in events:
            commands += self._recorded(one, at)
        if state.is_waiting and not before.is_waiting:
            self._waiting.queued(at)
        return commands + self._restage(at)

    def joined(self, line: OperatorLine, at: float) -> list[Command]:
        """An operator's line is open."""
        if self._is_over:
            return []
        commands = self.left(line.operator_id, at) if line.operator_id in self._operators.lines else []
        self._operators.join(line)
        self._mixer.add(line.operator_id)
        return commands + self._restage(at)

    def left(self, operator_id: str, at: float) -> list[Command]:
        """An operator's line is gone."""
        if self._is_over or operator_id not in self._operators.lines:
            return []
        commands = self._act(operator_id, self._recognition.finish(operator_id), at)
        self._operators.leave(operator_id)
        self._recognition.mute(operator_id, is_muted=False)
        self._mixer.remove(operator_id)
        return commands + self._restage(at)

    def skip_brief(self, operator_id: str, at: float) -> list[Command]:
        """The operator has heard enough."""
        return [] if self._is_over else self._operators.skip_brief(operator_id) + self._restage(at)

    def aside(self, text: str, at: float) -> list[Command]:
        """Something said that is no part of the record: "One moment, please."; among people the agent is silent."""
        return [] if self._is_over or self._state.is_with_human else self._speaking.say(0, text, at)

    # ------------------------------------------------------------ time

    def tick(self, at: float) -> list[Command]:
        """Time goes by; call it at least every 50 ms."""
        if self._is_over:
            return []
        self._speaking.let_begin(is_free=self._may_begin(at))
        commands = self._speaking.pump(at) + self._operators.pump(at)
        if keys := self._keypad.due(at):
            commands += self._keyed(keys, at)
        commands += self._wait(at) + self._restage(at)
        if not self._state.is_live and not self._speaking.is_speaking:
            self._is_over = True
            commands.append(EndCall(CallEnd.CONVERSATION_ENDED))
        return commands

    def hang_up(self, at: float) -> list[Command]:
        """The line is closed: what was heard of the agent until now, and what was being said is still written down.

        Words asked for now come back by `transcribed`, as before.
        """
        self._is_over = True
        silent = [one for one in self._speaking.interrupt(at) if not isinstance(one, Send)]
        finished: list[Command] = []
        for leg in self._mixer.legs:
            finished += self._act(leg, self._recognition.finish(leg), at)
        keys = self._keypad.take()
        return [*silent, *self._bringing_in.drop(at), *finished, *(self._keyed(keys, at) if keys else [])]

    # ------------------------------------------------------------ inside: what was said

    def _is_listened_to(self, leg: str) -> bool:
        """The customer unless on hold; operators while they talk with the customer."""
        if leg == CUSTOMER:
            return self.mode is not CallMode.HELD
        return self.mode is CallMode.BRIDGED and leg in speakers(self._state)

    def _act(self, leg: str, outputs: list[RecognizerOutput], at: float) -> list[Command]:
        commands: list[Command] = []
        is_customer = leg == CUSTOMER
        for output in outputs:
            match output:
                case EagerTranscript(text=text) | Partial(text=text):
                    commands += self._caption(leg, text, is_final=False)
                    commands += self._speaking.words(text, at, is_final=False) if is_customer else []
                    if is_customer and isinstance(output, EagerTranscript) and self._state.owner.stage is Stage.AGENT:
                        commands.append(AnswerPreemptively(text))
                case TurnResumed():
                    commands += [DropPreemptiveAnswer()] if is_customer else []
                case Noise():
                    commands += self._speaking.words("", at, is_final=True) if is_customer else []
                case SpokenTurn():
                    turn = self._recognition.on_call_clock(leg, output)
                    commands += self._customer(output, turn, at) if is_customer else self._operator(leg, turn)
                case Began():
                    continue
                case _:
                    commands.append(output)
        return commands

    def _operator(self, leg: str, turn: SpokenTurn) -> list[Command]:
        if not turn.text or leg not in speakers(self._state):
            return []
        voice = Spoken(self._config.call_id, ms(turn.start), ms(turn.speech_end))
        return [*self._caption(leg, turn.text, is_final=True), RecordOperatorTurn(leg, turn.text, voice)]

    def _customer(self, heard: SpokenTurn, turn: SpokenTurn, at: float) -> list[Command]:
        """`heard` has the times of the customer's stream, `turn` those of the call."""
        if turn.text is None:
            return self._not_understood(at)
        commands = self._speaking.words(turn.text, at, is_final=True)
        if not turn.text or self._speaking.is_nod(heard.speech_end):
            return commands
        voice = Spoken(self._config.call_id, ms(turn.start), ms(turn.speech_end))
        said = RecordCustomerTurn(turn.text, voice, voice.end_ms, ms(turn.decided), ms(turn.transcript))
        return commands + self._take_turn(said, at)

    def _not_understood(self, at: float) -> list[Command]:
        if self._state.is_with_human or self._is_over:
            return []
        self._waiting.caller_is_there(at)
        return [*self._speaking.interrupt(at), NotUnderstood()]

    def _keyed(self, keys: str, at: float) -> list[Command]:
        end = ms(at)
        voice = Spoken(self._config.call_id, ms(self._keypad.began), end)
        return self._take_turn(RecordCustomerTurn(keys, voice, end, end, end), at)

    def _take_turn(self, turn: RecordCustomerTurn, at: float) -> list[Command]:
        self._waiting.caller_is_there(at)
        self._speaking.waterfall.said(turn)
        commands = self._caption(CUSTOMER, turn.text, is_final=True)
        if self._speaking.is_interruptible and not self._is_over:
            commands += self._speaking.interrupt(at)
            self._waiting.asked(at)
        return [*commands, turn]

    # ------------------------------------------------------------ inside: what is recorded

    def _recorded(self, one: Recorded, at: float) -> list[Command]:
        match one.event:
            case CustomerSaid(voice=None):
                self._waiting.caller_is_there(at)  # they type
            case CustomerSaid(voice=voice) if voice:
                self._speaking.waterfall.recorded(one.seq, voice)
            case AgentSaid() as said:
                self._waiting.answered()
                answers = self._speaking.waterfall.decided(at)
                return self._speaking.say(one.seq, spoken_text(said), at, answers=answers)
            case Notice(code=code, text=text):
                self._text = text
                if code != OPERATOR_JOINED:
                    return self._speaking.say(one.seq, text, at)
                return self._bringing_in.introduce(one.seq, text, at)
            case _:
                pass
        return []

    def _is_ours(self, state: State) -> bool:
        """False once another call has taken this one's place: what is recorded then is for that one to say."""
        return not state.is_live or (state.call is not None and state.call.call_id == self._config.call_id)

    def _too_late(self, events: Iterable[Recorded], state: State, at: float) -> list[Command]:
        """What came into the record while the line was being closed: nobody heard it."""
        if not self._is_ours(state):
            return []
        lines = [(one.seq, one.event.text) for one in events if isinstance(one.event, AgentSaid | Notice)]
        return [command for seq, text in lines for command in self._speaking.never_said(seq, text, at)]

    # ------------------------------------------------------------ inside: waiting

    def _may_begin(self, at: float) -> bool:
        is_talking = self._speaking.is_interruptible and self._recognition.customer.is_speaking
        return self._waiting.may_begin(at, is_caller_talking=is_talking)

    def _wait(self, at: float) -> list[Command]:
        return self._waiting.due(
            at,
            self._state,
            is_busy=self._speaking.is_speaking or self._keypad.is_open,
            is_sounding=self._recognition.customer.is_busy,
            has_operator=self._state.owner.operator_id in self._operators.lines,
        )

    # ------------------------------------------------------------ inside: who hears whom

    def _restage(self, at: float) -> list[Command]:
        if self._is_over:
            return []
        commands = self._let_interrupt(at) + self._bringing_in.step(self._state, at)
        before = self._staging
        is_ready = self._operators.is_ready(self._state.owner.operator_id)
        self._staging = audio_routing(self._state, frozenset(self._operators.lines), is_ready=is_ready)
        if self.mode is not before.mode:
            commands += self._change_scene(before.mode, at)
        if not before.routing.pairs:
            for leg in self._mixer.legs:
                self._mixer.flush(leg)
        self._mixer.route(self._staging.routing)
        commands += self._speaking.lay_over_people(is_on=CUSTOMER in self._staging.routing.listeners)
        return commands + self._show()

    def _change_scene(self, before: CallMode, at: float) -> list[Command]:
        commands: list[Command] = []
        if before is CallMode.BRIDGED:
            for leg in self._operators.lines:
                commands += self._act(leg, self._recognition.finish(leg), at)
        if self.mode is CallMode.HELD:
            commands += self._act(CUSTOMER, self._recognition.finish(CUSTOMER), at)
        is_holding = self.mode in (CallMode.HOLDING, CallMode.HELD)
        self._speaking.play_background(self._config.hold() if is_holding else None)
        if before in (CallMode.HOLDING, CallMode.HELD) and not is_holding and not self._speaking.is_sounding:
            commands.append(Send(CUSTOMER, w.Flush()))
        return commands

    def _let_interrupt(self, at: float) -> list[Command]:
        """Among people a notice is said through, and so is the last line of all: nobody is there to answer after it."""
        speaking = self._speaking
        speaking.is_kept = self._is_recorded(AGENT)
        can_interrupt = self._state.is_live and not self._state.is_with_human
        commands = speaking.release(at) if speaking.is_interruptible and not can_interrupt else []
        speaking.is_interruptible = can_interrupt
        return commands

    def _is_recorded(self, leg: str) -> bool:
        """Sound on hold, and what operators say among themselves, is nobody's record."""
        if not (self._state.call and self._state.call.is_recording) or self.mode is CallMode.HELD:
            return False
        return leg in (CUSTOMER, AGENT) or (leg, CUSTOMER) in self._staging.routing.pairs

    # ------------------------------------------------------------ inside: screens

    def _caption(self, leg: str, text: str, *, is_final: bool) -> list[Command]:
        return self._display.caption(leg, text, self._operators.lines, is_final=is_final)

    def _final_caption(self, leg: str, text: str) -> list[Command]:
        return self._caption(leg, text, is_final=True)

    def _show(self) -> list[Command]:
        lines = self._operators.lines.values()
        muted = frozenset(leg for leg in self._mixer.legs if self._recognition.is_muted(leg))
        return [
            *self._display.line(self._state, self._word(), self._text),
            *self._display.desk(self._state, lines, muted, is_briefing=self._operators.is_briefing),
        ]

    def _word(self) -> str:
        """The customer's line in one word."""
        match self.mode:
            case CallMode.HELD:
                return "on_hold"
            case CallMode.BRIDGED:
                return "bridged"
            case _ if self._speaking.is_speaking:
                return "speaking"
            case CallMode.HOLDING:
                return "holding"
            case _:
                return "thinking" if self._waiting.is_answer_due else "listening"
