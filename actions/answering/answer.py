"""The agent answers: hear, decide, use tools, append. Refused and decided anew when the conversation moved on."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog

from actions.answering import hand_off
from actions.answering.understand import understand
from actions.change import Centre
from agent import AdjustHandOff, Clarify, Close, Decision, HandOff, Reply, Say, UseTool, resume, wording
from agent.understanding import Understanding
from conversation import (
    DESK_TOPIC,
    Appended,
    CustomerOnline,
    EscalationReason,
    Stage,
    State,
    Subscription,
    TypingChanged,
)
from conversation.events import AgentSaid, CustomerSaid, Ended, Event, ToolUsed
from conversation.fold import IllegalEvent, apply_all
from storage.conversation import Moved
from storage.kit import StorageError

log = structlog.get_logger(__name__)

FEED_BUFFER = 4_096
"""Messages answering may leave unread before it reads who waits from the table."""

TYPING_AFTER_SECONDS = 0.3
"""A quicker answer shows no typing: the flicker would only distract."""

RETRY_SECONDS = 2.0
"""Between two tries to store an answer while the database is away."""

MOST_TOOLS = 10
"""Tools one turn may use; a procedure that wants more is handed to a person."""


@dataclass(frozen=True)
class Unanswered:
    text: str
    seq: int


@dataclass(frozen=True)
class PreemptiveAnswer:
    """An answer decided before its turn was certain. Good for this text after this very event, and nothing else."""

    seq: int
    text: str
    events: tuple[Event, ...]


class _WouldAct(Exception):
    """The answer needs a tool that changes something or counts tries: not on suspicion."""


def unanswered(state: State) -> Unanswered | None:
    """What the customer said since anyone last replied, as one turn; None when there is nothing to answer."""
    said = []
    for turn in reversed(state.talk.last_turns):
        if turn.speaker != "customer":
            break
        said.append(turn)
    if not said or not state.is_live or state.is_with_human:
        return None
    return Unanswered(" ".join(turn.text for turn in reversed(said)), said[0].seq)


async def answer_preemptively(centre: Centre, conversation_id: str, text: str) -> PreemptiveAnswer | None:
    """What the agent would answer if the customer has said `text`; nothing is recorded and tools only read.

    None when there is nothing to prepare: a person holds it, the agent is loading, or answering means acting.
    """
    state = await centre.store.load(conversation_id)
    if state.owner.stage is not Stage.AGENT or not centre.agent_slot.ready.is_set():
        return None
    draft = apply_all(state, [CustomerSaid(text, "prepared")], centre.clock())
    turn = unanswered(draft)
    if turn is None:
        return None
    understood = await centre.agent_slot.runtime.understanding.understand(
        turn.text, turn.seq, centre.attendance.source_of(conversation_id)
    )
    try:
        events = await _events(centre, draft, understood, may_act=False)
    except _WouldAct:
        return None
    return PreemptiveAnswer(state.seq, text, tuple(events))


async def answer_turn(centre: Centre, conversation_id: str) -> None:
    """Answer whatever is unanswered, until nothing is. Returns at once when a person holds the conversation."""
    state = await centre.store.load(conversation_id)
    with _typing(centre, conversation_id):
        await _answer_all(centre, state)


async def _answer_all(centre: Centre, state: State) -> None:
    conversation_id = state.conversation_id
    while (turn := unanswered(state)) is not None:
        understood = await centre.agent_slot.runtime.understanding.understand(
            turn.text, turn.seq, centre.attendance.source_of(conversation_id)
        )
        try:
            events = await _events(centre, state, understood)
            appended = await centre.append(state, events)
        except (Moved, IllegalEvent):
            state = await centre.store.reload(conversation_id)
        else:
            state = appended.state


@contextmanager
def _typing(centre: Centre, conversation_id: str) -> Iterator[None]:
    """The agent is shown typing while the block runs, unless it is quick."""
    shown = False

    def show(is_typing: bool) -> None:
        nonlocal shown
        shown = is_typing
        centre.signal(TypingChanged(conversation_id, "agent", is_typing))

    timer = asyncio.get_running_loop().call_later(TYPING_AFTER_SECONDS, show, True)
    try:
        yield
    finally:
        timer.cancel()
        if shown:
            show(False)


async def _events(centre: Centre, state: State, understood: Understanding, *, may_act: bool = True) -> list[Event]:
    runtime, now = centre.agent_slot.runtime, centre.clock()
    events: list[Event] = []
    draft = state
    decision: Decision
    understood, decision = await understand(centre, draft, understood, now)
    for _ in range(MOST_TOOLS):
        if not isinstance(decision, UseTool):
            break
        if not may_act and not runtime.tools.may_run_on_suspicion(decision.tool):
            raise _WouldAct(decision.tool)
        draft = apply_all(draft, decision.notes, now)
        arguments = decision.arguments | {
            "conversation_id": state.conversation_id,
            "customer_id": draft.record.identity.customer_id,
            "assurance": int(draft.record.identity.assurance),
            "key": f"{state.conversation_id}-{understood.seq}-{decision.step}",
            "now": now.isoformat(),
            "today": now.date().isoformat(),
        }
        result = await runtime.tools.run(decision.tool, arguments)
        spec = runtime.tools.specs[decision.tool]
        summary = result.summary or spec.label
        used = ToolUsed(decision.tool, result.is_ok, summary, result.data if spec.changes else {}, was_told=False)
        events += [*decision.notes, used]
        draft = apply_all(draft, [used], now)
        decision = resume(
            runtime.agent.in_conversation(state.conversation_id), draft, understood, now, decision, result
        )
    draft = apply_all(draft, decision.notes, now)
    if isinstance(decision, HandOff) and decision.reason is EscalationReason.AGENT_ERROR:
        log.error(
            "a procedure could not go on", place=draft.value("procedure_fault"), conversation=state.conversation_id
        )
    events += decision.notes
    events += await _ending(centre, draft, decision)
    if not any(isinstance(event, AgentSaid) for event in events):
        events.append(AgentSaid(wording.NOTED_FOR_OPERATOR))  # no turn of the customer's goes without a reply
    return events


async def _ending(centre: Centre, draft: State, decision: Decision) -> Sequence[Event]:
    match decision:
        case Reply(says=says) | Clarify(says=says):
            return [*await _worded(centre, says), *hand_off.refreshed(centre, draft)]
        case HandOff(says=says) if draft.is_waiting:
            return [*await _worded(centre, says), AgentSaid(wording.KEEP_PLACE)]
        case HandOff(says=says):
            return _begun(says, await hand_off.events_of(centre, draft, decision))
        case AdjustHandOff(says=says):
            return [*await hand_off.adjustments(centre, draft, decision), *_lines(says)]
        case Close(says=says, reason=reason):
            return [*_lines(says), Ended("agent", reason)]
        case UseTool(says=says):
            gave_up = HandOff(EscalationReason.UNABLE_TO_PROCEED, says=says)
            return _begun(says, await hand_off.events_of(centre, draft, gave_up))


SHORT_LINE = 60
"""Characters; so short a line ("Of course.") is said in one breath with what follows it."""


def _begun(says: Sequence[Say], events: Sequence[Event]) -> list[Event]:
    """The lines before a hand-over, a short last one as the beginning of its own line."""
    last = says[-1] if says else None
    if last is None or last.sources or last.choices or len(last.text) > SHORT_LINE:
        return [*_lines(says), *events]
    place = next((at for at, event in enumerate(events) if isinstance(event, AgentSaid)), None)
    if place is None:
        return [*_lines(says), *events]
    joined = [*events]
    line = joined[place]
    assert isinstance(line, AgentSaid)
    joined[place] = replace(line, text=f"{last.text} {line.text}")
    return [*_lines(says[:-1]), *joined]


async def _worded(centre: Centre, says: Sequence[Say]) -> list[Event]:
    """The lines, with a language model's sentence in place of a quote where there is one that says the same.

    One request at most: a turn waits for the model once.
    """
    quote = next((say for say in says if say.question and say.sources), None)
    sentence = await centre.agent_slot.reword(quote.question, [quote.text]) if quote else None
    if quote is None or sentence is None:
        return _lines(says)
    said = AgentSaid(sentence, quote.sources, quote.choices, quote=quote.text)
    return [said if say is quote else line for say, line in zip(says, _lines(says), strict=True)]


def _lines(says: Sequence[Say]) -> list[Event]:
    return [AgentSaid(say.text, say.sources, say.choices) for say in says]


def speaks_to_agent(appended: Appended) -> bool:
    """True when the customer said something that is the agent's to answer."""
    state = appended.state
    has_spoken = any(isinstance(one.event, CustomerSaid) for one in appended.events)
    return has_spoken and state.is_live and not state.is_with_human


class Answering:
    """Runs `answer_turn` for every conversation that was woken, each one at a time, many side by side."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._news = Subscription(FEED_BUFFER)
        """The desk's feed, read as screens read it."""
        centre.feed.attach(DESK_TOPIC, self._news)
        self._is_behind = True
        """Who spoke before it listened, or faster than it read, stands in the table alone."""

    async def step(self) -> None:
        """Hear of one thing more, or read from the table what was missed; a worker's step."""
        if not self._is_behind:
            message = await self._news.get()
            match message:
                case Appended(state=state) if not message.is_from_elsewhere and speaks_to_agent(message):
                    self.wake(state.conversation_id)
                case CustomerOnline(conversation_id=conversation_id, is_online=True, process=process) if (
                    process == self._centre.membership.process
                ):
                    await self._look(conversation_id)
            self._is_behind = message is None
        if self._is_behind:
            await self.recover()
            self._is_behind = False

    async def _look(self, conversation_id: str) -> None:
        """A customer is back: where they were before nobody may have been left to answer them."""
        if unanswered(await self._centre.store.load(conversation_id)) is not None:
            self.wake(conversation_id)

    def wake(self, conversation_id: str) -> None:
        """The customer said something the agent may have to answer."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        self._running[conversation_id] = asyncio.create_task(self._run(conversation_id))

    async def recover(self) -> None:
        """Answer whoever was left without an answer: after a restart, and when the feed was faster."""
        after = ""
        while states := await self._centre.lists.with_agent(self._centre.membership.process, after=after):
            for state in states:
                if unanswered(state) is not None:
                    self.wake(state.conversation_id)
            after = states[-1].conversation_id

    async def stop(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, conversation_id: str) -> None:
        try:
            is_done = False
            while not is_done:
                self._again.discard(conversation_id)
                if await self._answer(conversation_id):
                    is_done = conversation_id not in self._again
                else:
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            self._running.pop(conversation_id, None)

    async def _answer(self, conversation_id: str) -> bool:
        """False when the database did not take the answer: the customer still waits for it."""
        await self._centre.agent_slot.ready.wait()
        try:
            await answer_turn(self._centre, conversation_id)
        except StorageError:
            log.warning("answer not stored, trying again")
            return False
        except Exception:  # the agent's own failure must never leave the customer without an owner
            log.exception("the agent failed")
            return await self._give_up(conversation_id)
        return True

    async def _give_up(self, conversation_id: str) -> bool:
        try:
            return await give_up(self._centre, conversation_id)
        except StorageError:
            return False
        except Exception:  # nothing more can be done here; the log says so, and the customer's next message tries anew
            log.exception("handing over after a failure failed too")
        return True


async def give_up(centre: Centre, conversation_id: str) -> bool:
    """The agent has failed: say so and fetch a person. False when the conversation moved on: look again."""
    state = await centre.store.reload(conversation_id)
    if unanswered(state) is None or state.is_waiting:
        return True
    decision = HandOff(EscalationReason.AGENT_ERROR, says=(Say(wording.AGENT_FAILED),))
    events = _begun(decision.says, await hand_off.events_of(centre, state, decision))
    try:
        await centre.append(state, events)
    except (Moved, IllegalEvent):
        return False
    return True
