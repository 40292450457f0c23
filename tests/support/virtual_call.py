"""A call in virtual time: the call's machine between virtual devices and a real centre, 20 ms a step.

What `telephony.shell.live_call` does with tasks and clocks is done here in order: jobs of speech are answered after a
scripted delay, actions are run inline over the real database, and what they append comes back to the machine.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from actions import NotAllowed
from actions.answering import PreemptiveAnswer, answer
from actions.answering.answer import unanswered
from actions.call import call
from actions.customer import receive
from actions.operator import operate
from actions.workers import Sweeper
from conversation import Appended, CallEnd, Stage, State, Subscription
from conversation.events import CustomerSaid, Recorded, Spoken
from conversation.fold import IllegalEvent
from speech.scripted import LevelDetector
from speech.tts import Clause, SpokenClause, clauses
from speech.turns import CallerPace, TurnDetector, TurnPolicy
from speech.vad import FRAME_SECONDS, SpeechDetector
from storage.people import Person
from telephony import wire as w
from telephony.call import values as v
from telephony.call.leg_recognizer import RecognitionHints
from telephony.call.machine import CallConfig, CallMachine, OperatorLine
from telephony.call.values import CUSTOMER, Command
from telephony.shell.recognition_hints import recognition_hints
from tests.support.simulation import Simulation
from tests.support.virtual_device import HOLD, STEP_SECONDS, VOICES, Loudspeaker, Microphone, TaggedVoice

STORE_SECONDS = 0.01
SWEEP_STEPS = 50


class ScriptedHearing:
    """Loud frames are speech; the turn policy is the real one."""

    def listen(self, rate_hz: int) -> SpeechDetector:
        return LevelDetector(rate_hz)

    def turns(self, pace: CallerPace | None = None) -> TurnDetector:
        return TurnDetector(TurnPolicy(), FRAME_SECONDS, pace)


@dataclass(frozen=True, order=True)
class _Due:
    at: float
    number: int
    work: Callable[[], Awaitable[None]] = field(compare=False)


class VirtualCall:
    """One call; time moves only in `run` and what is built on it."""

    def __init__(self, run: Simulation, call_id: str, opening: Appended, timing: v.CallTiming) -> None:
        self.centre = run.centre
        self.call_id = call_id
        self.at = 0.0
        self.agent_seconds = 0.04
        """How long the agent takes to decide."""
        self.render_seconds = 0.06
        self.report_steps = 0
        """How long the devices' reports of what was played are on the way."""
        self.voice = TaggedVoice()
        self.render: Callable[[Clause], SpokenClause | None] = self.voice.render
        self.ended: CallEnd | None = None
        self.did: list[tuple[float, Command]] = []
        """Everything the machine asked for but sound, and when."""
        self.kept: list[tuple[str, float]] = []
        """Sound given to the recording: (leg, when)."""
        self.microphones = {leg: Microphone(leg, is_sending=leg == CUSTOMER) for leg in VOICES}
        self.speakers = {CUSTOMER: Loudspeaker()}
        self.simulation = run
        self._clock = run.clock
        self._steps = 0
        self._numbers = count(1)
        self._due: list[_Due] = []
        self._forgotten: set[int] = set()
        self._prepared: tuple[str, PreemptiveAnswer | None] = ("", None)
        self._prepared_at = 0.0
        """When the preparing that is under way is done."""
        self._is_answering = False
        self._subscription = Subscription()
        self._persons: dict[str, Person] = {}
        setting = CallConfig(call_id, ScriptedHearing(), clauses, lambda: iter(lambda: HOLD, b""), timing)
        self.machine = CallMachine(setting, opening.state)
        self.centre.feed.attach(self.conversation_id, self._subscription)
        run.feed.on_speech = lambda _: self._wake()
        self._seq = opening.events[0].seq - 1
        self._tell(opening)

    @classmethod
    async def open(
        cls, run: Simulation, *, is_recorded: bool = False, timing: v.CallTiming | None = None
    ) -> "VirtualCall":
        """A call that starts a conversation."""
        call_id = run.centre.new_id("call")
        opening, _ = await call.start_call(run.centre, call_id, "browser", is_recorded=is_recorded)
        return cls(run, call_id, opening, timing or v.CallTiming())

    @classmethod
    async def join(cls, run: Simulation, conversation_id: str, *, is_recorded: bool = False) -> "VirtualCall":
        """A call within a conversation that goes on already."""
        call_id = run.centre.new_id("call")
        opening = await call.join(run.centre, conversation_id, call_id, "browser", is_recorded=is_recorded)
        return cls(run, call_id, opening, v.CallTiming())

    @property
    def conversation_id(self) -> str:
        return self.state.conversation_id

    @property
    def state(self) -> State:
        return self.machine.state

    @property
    def phone(self) -> Loudspeaker:
        """What the customer hears with."""
        return self.speakers[CUSTOMER]

    @property
    def microphone(self) -> Microphone:
        """The customer's."""
        return self.microphones[CUSTOMER]

    # ------------------------------------------------------------ what people do

    def speak(self, text: str | None, seconds: float = 1.0, *, leg: str = CUSTOMER, delay: float = 0.12) -> None:
        """Somebody says something from now on; `delay`: how long its transcription takes."""
        self.microphones[leg].say(text, seconds, delay)

    def pause(self, seconds: float, *, leg: str = CUSTOMER) -> None:
        self.microphones[leg].pause(seconds)

    async def says(self, text: str | None, seconds: float = 1.0, *, leg: str = CUSTOMER, delay: float = 0.12) -> None:
        """The same, and time goes by until it has been said."""
        self.speak(text, seconds, leg=leg, delay=delay)
        await self.until(lambda: not self.microphones[leg].is_speaking)

    async def asks(self, text: str) -> None:
        """The customer says it and hears the answer out."""
        await self.says(text)
        await self.run(1.5)
        await self.quiet()

    async def keys(self, keys: str, gap_seconds: float = 0.2) -> None:
        for key in keys:
            self._do(self.machine.pressed(key, self.at))
            await self.run(gap_seconds)

    def mute(self, leg: str = CUSTOMER, *, is_muted: bool) -> None:
        self._do(self.machine.muted(leg, is_muted=is_muted))

    def hears(self, frame: bytes) -> None:
        """A frame of the customer's out of turn."""
        self._do(self.machine.hear(CUSTOMER, frame, self.at))

    def expects(self, expected: RecognitionHints) -> None:
        """As if the agent had asked for this."""
        self._do(self.machine.conversation((), self.state, expected, self.at))

    def skip_brief(self, person: Person) -> None:
        self._do(self.machine.skip_brief(person.id, self.at))

    def line(self, person: Person, *, brief: str = "") -> None:
        """An operator opens their line."""
        self.microphones[person.id].is_sending = True
        self.speakers[person.id] = Loudspeaker()
        self._persons[person.id] = person
        self._do(self.machine.joined(OperatorLine(person.id, person.name, brief), self.at))

    def drop(self, person: Person) -> None:
        """An operator's line is gone."""
        self.microphones[person.id].is_sending = False
        self._do(self.machine.left(person.id, self.at))

    async def hang_up(self, reason: CallEnd | None = CallEnd.HUNG_UP) -> None:
        """The customer's line closes, as `CallRegistry.gone` has it; None: it was just gone, nothing is known yet."""
        self._do(self.machine.hang_up(self.at))
        await self._finish()
        if reason is not None:
            ends = reason is not CallEnd.MOVED_TO_CHAT
            await call.end(self.centre, self.conversation_id, self.call_id, "customer", reason, ends_conversation=ends)
        self.centre.feed.detach(self.conversation_id, self._subscription)

    # ------------------------------------------------------------ time

    async def run(self, seconds: float) -> None:
        """Time goes by."""
        for _ in range(round(seconds / STEP_SECONDS)):
            await self._step()

    async def until(self, is_so: Callable[[], bool], within: float = 30.0) -> None:
        """Time goes by until it is so."""
        for _ in range(round(within / STEP_SECONDS)):
            if is_so():
                return
            await self._step()
        raise AssertionError(f"not so within {within} s: {self.machine.mode} {self.state.owner.stage}")

    async def quiet(self, within: float = 60.0) -> None:
        """Time goes by until the agent has said all it has to say."""
        await self.until(lambda: not self._due and not self.machine.is_speaking, within)

    async def settled(self) -> None:
        """What was just done to the conversation reaches the call; a step of time."""
        await self._step()

    async def _step(self) -> None:
        self._steps += 1
        self.at = self._steps * STEP_SECONDS
        self._clock.advance(STEP_SECONDS)
        for leg, microphone in self.microphones.items():
            frame = microphone.frame()
            if frame is not None and self.ended is None:
                self._do(self.machine.hear(leg, frame, self.at))
        await self._work()
        has_deadline = self.state.owner.stage in (Stage.OFFERED, Stage.OPERATOR_LOST)
        if self._steps % SWEEP_STEPS == 0 and has_deadline:
            await Sweeper(self.centre, self.simulation.absences).sweep()
            self._catch_up()
        self._do(self.machine.mix(self.at) if self.machine.needs_mixing else self.machine.tick(self.at))
        for leg, speaker in self.speakers.items():
            for mark in speaker.play(self.at):
                self._later(self.report_steps * STEP_SECONDS, partial(self._played, leg, mark))
        await self._work()

    async def _work(self) -> None:
        self._catch_up()
        while self._due and min(self._due).at <= self.at + 1e-9:
            due = min(self._due)
            self._due.remove(due)
            with suppress(NotAllowed, IllegalEvent):  # as the live call has it: the conversation has moved on
                await due.work()
            self._catch_up()

    async def _finish(self) -> None:
        """Everything under way is done now, late as it is; but the agent answers nobody who is gone."""
        self._due = [due for due in self._due if due.work not in (self._answer, self._begin_to_answer)]
        self._is_answering = True
        while self._due:
            self.at = max(self.at, min(self._due).at)
            await self._work()

    def _later(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        self._due.append(_Due(self.at + seconds, next(self._numbers), work))

    # ------------------------------------------------------------ the conversation

    def _catch_up(self) -> None:
        for message in self._subscription.drain():
            if isinstance(message, Appended):
                self._tell(message)

    def _tell(self, appended: Appended) -> None:
        new: list[Recorded] = [one for one in appended.events if one.seq > self._seq]
        assert [one.seq for one in new] == list(range(self._seq + 1, self._seq + 1 + len(new)))
        self._seq += len(new)
        expected = recognition_hints(appended.state, self.centre.agent_slot.runtime.agent)
        self._do(self.machine.conversation(new, appended.state, expected, self.at))

    def _wake(self) -> None:
        if not self._is_answering:
            self._is_answering = True
            self._later(0.0, self._begin_to_answer)

    async def _begin_to_answer(self) -> None:
        if unanswered(await self.centre.store.reload(self.conversation_id)) is None:
            self._is_answering = False  # the answer was prepared and is recorded already
        else:
            self._later(self.agent_seconds, self._answer)

    async def _answer(self) -> None:
        self._is_answering = False
        await answer.answer_turn(self.centre, self.conversation_id)

    # ------------------------------------------------------------ carrying out

    def _do(self, commands: Sequence[Command]) -> None:
        for command in commands:
            has_sound = isinstance(command.message, w.Play | w.Mark) if isinstance(command, v.Send) else None
            if not (has_sound or isinstance(command, v.Keep | v.Transcribe | v.Judge)):
                self.did.append((self.at, command))
            self._carry_out(command)

    def _carry_out(self, command: Command) -> None:  # noqa: C901 - one case a command, as in the live call
        act = partial(self._later, STORE_SECONDS)
        centre, conversation_id = self.centre, self.conversation_id
        match command:
            case v.Send(leg=leg, message=message):
                if leg in self.speakers:
                    self.speakers[leg].take(message)
            case v.Transcribe(job=job, leg=leg, request=request):
                text, delay = self.microphones[leg].understood(request.samples)
                self._later(delay, partial(self._transcribed, leg, job, text))
            case v.Forget(job=job):
                self._forgotten.add(job)
            case v.Render(utterance=number, index=index, clause=clause):
                self._later(self.render_seconds, partial(self._rendered, number, index, clause))
            case v.AnswerPreemptively(text=text):
                self._prepared, self._prepared_at = (text, None), self.at + self.agent_seconds
                self._later(self.agent_seconds, partial(self._prepare, text))
            case v.DropPreemptiveAnswer():
                self._prepared = ("", None)
            case v.RecordCustomerTurn():
                act(partial(self._customer_turn, command))
            case v.RecordOperatorTurn(operator_id=operator_id, text=text, voice=voice):
                act(partial(self._operator_turn, operator_id, text, voice))
            case v.Note(events=events):
                act(partial(call.note, centre, conversation_id, events))
            case v.AskStillThere(attempt=attempt):
                act(partial(call.ask_still_there, centre, conversation_id, attempt))
            case v.NotUnderstood():
                act(partial(call.ask_again, centre, conversation_id))
            case v.TellProgress():
                act(partial(call.tell_progress, centre, conversation_id))
            case v.TellOperatorAway():
                act(partial(call.tell_operator_away, centre, conversation_id))
            case v.EndCall(reason=CallEnd.SILENCE | CallEnd.TOO_LONG as reason):
                act(partial(call.give_up_waiting, centre, conversation_id, reason))
            case v.EndCall(reason=reason):
                self.ended = reason
            case v.Keep(leg=leg, at=at):
                self.kept.append((leg, at))
            case v.Judge() | v.MakeFinal():
                return

    async def _played(self, leg: str, mark: str) -> None:
        self._do(self.machine.played(leg, mark, self.at))

    async def _transcribed(self, leg: str, job: int, text: str | None) -> None:
        if job not in self._forgotten:
            self._do(self.machine.transcribed(leg, job, text, self.at))

    async def _rendered(self, number: int, index: int, clause: Clause) -> None:
        self._do(self.machine.rendered(number, index, self.render(clause), self.at))

    async def _prepare(self, text: str) -> None:
        if self._prepared == (text, None):
            self._prepared = (text, await answer.answer_preemptively(self.centre, self.conversation_id, text))

    async def _customer_turn(self, turn: v.RecordCustomerTurn) -> None:
        said = CustomerSaid(turn.text, self.centre.new_id("v"), turn.voice)
        if self._prepared == (turn.text, None) and self._prepared_at > self.at:
            self._later(self._prepared_at - self.at, partial(self._customer_turn, turn))
            return
        centre, conversation_id = self.centre, self.conversation_id
        if await call.heed(centre, self.state, said, was_asked_there=False):
            return
        text, prepared = self._prepared
        self._prepared = ("", None)
        if prepared and text == turn.text and await receive.receive_answered(centre, conversation_id, said, prepared):
            return
        await receive.receive(centre, conversation_id, said.text, said.client_id, voice=said.voice)

    async def _operator_turn(self, operator_id: str, text: str, voice: Spoken) -> None:
        person = self._persons[operator_id]
        client_id = self.centre.new_id("v")
        await operate.send_operator_message(self.centre, person, self.conversation_id, text, client_id, voice=voice)

    # ------------------------------------------------------------ what is asserted on

    async def events(self) -> tuple[Recorded, ...]:
        return await self.simulation.events(self.conversation_id)

    def sent(self, leg: str) -> list[tuple[float, v.Send]]:
        """What a screen was told, and when."""
        return [(at, one) for at, one in self.did if isinstance(one, v.Send) and one.leg == leg]

    def times_of(self, kind: type[object]) -> list[float]:
        """When the machine asked for that."""
        return [at for at, one in self.did if isinstance(one.message if isinstance(one, v.Send) else one, kind)]
