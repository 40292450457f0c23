"""Laws of the call machine, whatever comes in whatever order: frames, keys, marks, words, lines, events, time.

It never raises; among people the agent is silent but for notices and the introduction; nobody on hold is heard; and
every line there was to say is told exactly once of how much of it was heard.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversation import CallEnd, Channel, ClosureReason, RequeueReason, State
from conversation.events import (
    AgentHeard,
    AgentSaid,
    CallEnded,
    CallStarted,
    ConsultAnswered,
    ConsultAsked,
    ConsultEnded,
    ConsultMerged,
    ConversationStarted,
    CustomerSaid,
    Ended,
    Event,
    HandedBack,
    HandOffWithdrawn,
    HandoverConfirmed,
    HoldChanged,
    Notice,
    OfferAccepted,
    Offered,
    OperatorChanged,
    OperatorLost,
    OperatorRestored,
    OperatorSaid,
    Recorded,
    RecordingChanged,
    Requeued,
    Spoken,
)
from conversation.fold import IllegalEvent, apply, apply_all
from speech.tts import SpokenClause, clauses
from speech.turns import TurnPolicy, patient
from telephony import wire as w
from telephony.call import values as v
from telephony.call.audio_routing import CallMode
from telephony.call.leg_recognizer import RecognitionHints
from telephony.call.machine import CallConfig, CallMachine, OperatorLine
from telephony.call.values import CUSTOMER, Command
from tests.support.happenings import MAYA, NOON, NOOR, handed_off
from tests.support.virtual_call import ScriptedHearing
from tests.support.virtual_device import FRAME_SAMPLES, HOLD, HOLD_LEVEL, SILENCE, VOICES

AGENT, NOTICE = -8_000, -9_000
"""How a line of the agent's and one of the centre's sound."""

LEGS = (CUSTOMER, MAYA[0], NOOR[0])
SPEECH = {leg: np.full(FRAME_SAMPLES, VOICES[leg] + 1, "<i2").tobytes() for leg in LEGS}
TEXTS = st.sampled_from(["", "Mm-hm.", "Yes.", "I'd like to talk to a person", "and my", None])

EVENTS: list[Event] = [
    AgentSaid("A first answer, with a second clause. And a sentence."),
    AgentSaid("…"),
    CustomerSaid("typed", "m-1"),
    CustomerSaid("spoken", "m-2", Spoken("call-1", 0, 500)),
    handed_off(),
    HandoverConfirmed(),
    HandOffWithdrawn(),
    Notice("progress", "Notice: you're number 2 in the queue."),
    Notice("operator_joined", "Notice: Maya is on the line, with all you told me."),
    *(Offered("o-1", *who, NOON + timedelta(seconds=60)) for who in (MAYA, NOOR)),
    *(OfferAccepted("o-1", *who) for who in (MAYA, NOOR)),
    OperatorSaid(*MAYA, "Hello.", "d-1"),
    OperatorLost(MAYA[0], NOON),
    OperatorRestored(MAYA[0]),
    *(Requeued(reason, MAYA[0], queue="general") for reason in RequeueReason),
    HandedBack(MAYA[0], ""),
    HoldChanged(MAYA[0], True),
    HoldChanged(MAYA[0], False),
    RecordingChanged("system", True),
    RecordingChanged("system", False),
    ConsultAsked(*NOOR, MAYA[0]),
    ConsultAnswered(NOOR[0], True),
    ConsultAnswered(NOOR[0], False),
    ConsultMerged(),
    ConsultEnded(NOOR[0]),
    OperatorChanged(*NOOR, MAYA[0]),
    OperatorChanged(*MAYA, NOOR[0]),
    CallEnded("call-1", "customer", CallEnd.HUNG_UP),
    CallStarted("call-2", "browser", False),
    Ended("system", ClosureReason.CUSTOMER_IDLE),
]

SCENES = (
    CallMode.AGENT,
    CallMode.HOLDING,
    CallMode.HOLDING,
    CallMode.BRIDGED,
    CallMode.HELD,
    CallMode.HELD,
    CallMode.BRIDGED,
)

LEG = st.sampled_from(LEGS)
STEPS = st.one_of(
    st.tuples(st.just("frames"), LEG, st.booleans(), st.integers(1, 80)),
    st.tuples(st.just("event"), st.integers(0, len(EVENTS) - 1)),
    st.tuples(st.just("events"), st.lists(st.integers(0, len(EVENTS) - 1), min_size=2, max_size=5)),
    st.tuples(st.just("words"), st.integers(0, 40), TEXTS),
    st.tuples(st.just("judge"), st.integers(0, 40), st.floats(0, 1)),
    st.tuples(st.just("render"), st.integers(0, 6), st.booleans()),
    st.tuples(st.just("mark"), LEG, st.integers(0, 60)),
    st.tuples(st.just("device"), LEG),
    st.tuples(st.just("key"), st.sampled_from("0123456789*#ABCD")),
    st.tuples(st.just("join"), st.sampled_from(LEGS[1:]), st.booleans()),
    st.tuples(st.just("leave"), st.sampled_from(LEGS[1:])),
    st.tuples(st.just("skip"), st.sampled_from(LEGS[1:])),
    st.tuples(st.just("mute"), LEG, st.booleans()),
    st.tuples(st.just("time"), st.sampled_from([0.02, 0.05, 0.5, 5.0, 40.0, 3_000.0])),
    st.tuples(st.just("aside")),
    st.tuples(st.just("load")),
)


class World:
    """A machine, what it was told, and what it asked for."""

    def __init__(self) -> None:
        self.at = 0.0
        state = apply_all(State("c-1"), [ConversationStarted(Channel.VOICE, "en")], NOON)
        self.state = apply(state, CallStarted("call-1", "browser", True), NOON)
        setting = CallConfig("call-1", ScriptedHearing(), clauses, lambda: iter(lambda: HOLD, b""), has_captions=True)
        self.machine = CallMachine(setting, self.state)
        self.is_over = False
        self.said: list[int] = []
        self.heard: list[int] = []
        self.renders: list[v.Render] = []
        self.marks: dict[str, list[str]] = {leg: [] for leg in LEGS}

    def act(self, kind: str, *about: object) -> None:
        machine, at = self.machine, self.at
        doing: dict[str, Callable[..., None]] = {
            "frames": self.frames,
            "event": lambda number: self.events([number]),
            "events": self.events,
            "words": lambda job, text: self.words(job, text),
            "judge": lambda job, finished: self.took(lambda: machine.judged(CUSTOMER, job, finished, at)),
            "render": self.render,
            "mark": lambda leg, number: self.took(lambda: machine.played(leg, f"m{number}", at)),
            "device": self.device,
            "key": lambda key: self.took(lambda: machine.pressed(key, at)),
            "join": self.join,
            "leave": lambda who: self.took(lambda: machine.left(who, at)),
            "skip": lambda who: self.took(lambda: machine.skip_brief(who, at)),
            "mute": lambda leg, is_muted: self.took(lambda: machine.muted(leg, is_muted=is_muted)),
            "time": self.time,
            "aside": lambda: self.took(lambda: machine.aside("A moment, please.", at)),
            "load": lambda: machine.set_policy(patient(TurnPolicy(), eager_after_seconds=0.19)),
        }
        doing[kind](*about)

    def act_all(self, steps: Sequence[tuple[object, ...]]) -> None:
        for kind, *about in steps:
            self.act(str(kind), *about)

    def frames(self, leg: str, is_speech: bool, number: int) -> None:
        for _ in range(number):
            self.time(0.02)
            self.took(lambda: self.machine.hear(leg, SPEECH[leg] if is_speech else SILENCE, self.at))

    def events(self, numbers: list[int]) -> None:
        recorded = []
        for number in numbers:
            try:
                self.state = apply(self.state, EVENTS[number], NOON)
            except IllegalEvent:
                continue
            recorded.append(Recorded("c-1", self.state.seq, NOON, EVENTS[number]))
        call = self.state.call
        is_ours = not self.state.is_live or (call is not None and call.call_id == "call-1")
        if is_ours:
            self.said += [one.seq for one in recorded if isinstance(one.event, AgentSaid | Notice)]
        self.took(lambda: self.machine.conversation(recorded, self.state, RecognitionHints(), self.at))

    def words(self, job: int, text: str | None) -> None:
        for leg in LEGS:
            self.took(partial(self.machine.transcribed, leg, job, text, self.at))

    def render(self, which: int, is_spoken: bool) -> None:
        if not self.renders:
            return
        asked = self.renders.pop(which % len(self.renders))
        level = NOTICE if asked.clause.text.startswith(("Notice", "with all")) else AGENT
        sound = np.full(FRAME_SAMPLES * 30, level / 32_768, np.float32)
        spoken = SpokenClause(asked.clause.text, sound, w.SAMPLE_RATE_HZ) if is_spoken else None
        self.took(lambda: self.machine.rendered(asked.utterance, asked.index, spoken, self.at))

    def device(self, leg: str) -> None:
        """A device reports all it was ever asked to."""
        marks, self.marks[leg] = self.marks[leg], []
        for mark in marks:
            self.took(partial(self.machine.played, leg, mark, self.at))

    def join(self, who: str, has_brief: bool) -> None:
        line = OperatorLine(who, who.title(), "A customer, who wants something." if has_brief else "")
        self.took(lambda: self.machine.joined(line, self.at))

    def time(self, seconds: float) -> None:
        self.at += seconds
        self.took(lambda: self.machine.mix(self.at) if self.machine.needs_mixing else self.machine.tick(self.at))

    def took(self, step: Callable[[], list[Command]]) -> None:
        before = self.machine.mode
        for command in step():
            match command:
                case v.Note(events=events):
                    self.heard += [one.said_seq for one in events if isinstance(one, AgentHeard)]
                case v.EndCall(reason=CallEnd.LINE_LOST | CallEnd.CONVERSATION_ENDED):
                    self.is_over = True
                case v.Render():
                    self.renders.append(command)
                case v.Send(leg=leg, message=w.Mark(mark=mark)):
                    self.marks[leg].append(mark)
                case v.Send(leg=leg, message=w.Play(pcm=pcm)):
                    self.check_sound(leg, int(np.frombuffer(pcm, "<i2")[2]), {before, self.machine.mode})
                case _:
                    continue

    def check_sound(self, leg: str, level: int, scenes: set[CallMode]) -> None:
        if scenes == {CallMode.BRIDGED}:
            assert level not in (AGENT, HOLD_LEVEL), f"{leg} hears the agent or the hold sound among people"
        if CallMode.BRIDGED not in scenes and level > 0:
            assert scenes == {CallMode.HELD}, "people hear each other only when bridged, or in a consult"
            assert leg != CUSTOMER
            assert level < VOICES[CUSTOMER], "the customer on hold is heard by nobody"


def preludes() -> list[list[tuple[object, ...]]]:
    """Ways into a call: alone with the agent, waiting, with Maya, on hold, in a consult."""
    where = {type(one).__name__ + str(getattr(one, "operator_id", "")): at for at, one in enumerate(EVENTS)}

    def event(name: str) -> tuple[object, ...]:
        return ("event", where[name])

    queued = [event("HandOffRequested")]
    accepted = [*queued, event("Offeredop-maya"), event("OfferAcceptedop-maya")]
    bridged = [*accepted, ("join", MAYA[0], False), ("time", 0.02)]
    held = [*bridged, ("event", EVENTS.index(HoldChanged(MAYA[0], True)))]
    taken = ("event", EVENTS.index(ConsultAnswered(NOOR[0], True)))
    consulting = [*bridged, event("ConsultAskedop-noor"), taken, ("join", NOOR[0], False)]
    merged = [*consulting, event("ConsultMerged")]
    return [[], queued, accepted, bridged, held, consulting, merged]


@pytest.mark.parametrize(("prelude", "mode"), list(zip(preludes(), SCENES, strict=True)))
def test_the_ways_into_a_call_lead_where_they_say(prelude: list[tuple[object, ...]], mode: CallMode) -> None:
    world = World()
    world.act_all(prelude)
    assert world.machine.mode is mode


@given(st.sampled_from(preludes()), st.lists(STEPS, max_size=50))
@settings(max_examples=150, deadline=None)
def test_whatever_comes_in_whatever_order(prelude: list[tuple[object, ...]], steps: list[tuple[object, ...]]) -> None:
    world = World()
    world.act_all(prelude + steps)
    world.took(lambda: world.machine.hang_up(world.at))
    world.took(lambda: world.machine.hang_up(world.at))
    assert sorted(world.heard) == world.said


@given(st.sampled_from(preludes()), st.lists(STEPS, max_size=30))
@settings(max_examples=60, deadline=None)
def test_what_there_is_to_say_is_said_to_its_end(
    prelude: list[tuple[object, ...]], steps: list[tuple[object, ...]]
) -> None:
    world = World()
    world.act_all(prelude + steps)
    for _ in range(30):
        if world.is_over or not world.machine.is_speaking:
            return
        world.act_all([("render", 0, True)] * len(world.renders))
        world.act_all([("frames", CUSTOMER, False, 40), *(("device", leg) for leg in LEGS)])
        world.time(3.0)
    raise AssertionError("something waits for ever")
