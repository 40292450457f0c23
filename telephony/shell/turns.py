"""What people say in a call gets into the record in the order it was said, and what the customer says is answered.

An answer may be made while the caller has only paused (a preemptive answer): then words and answer are one commit.
"""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from actions import Centre
from actions.answering import PreemptiveAnswer, answer
from actions.call import call
from actions.customer import receive
from actions.operator import operate
from agent import wording
from conversation import State
from conversation.events import AgentSaid, CustomerSaid
from speech import SpeechEngine
from speech.scheduler import LoadStep
from storage.kit import StorageError
from storage.people import Person
from telephony.call.spoken_lines import spoken_text
from telephony.call.values import RecordCustomerTurn, RecordOperatorTurn
from telephony.shell.call_tasks import CallTasks, retry_until_stored

log = structlog.get_logger(__name__)

PREPARED_SECONDS = 0.4
"""How long words wait for the answer that is being prepared to them, before they are recorded alone."""


class Turns:
    """The turns of one call."""

    def __init__(
        self,
        centre: Centre,
        engine: SpeechEngine,
        call_id: str,
        tasks: CallTasks,
        state: Callable[[], State],
        aside: Callable[[str], None],
    ) -> None:
        """`state` is the conversation as the call knows it; `aside` says something that is no part of the record."""
        self._centre = centre
        self._engine = engine
        self._call_id = call_id
        self._tasks = tasks
        self._state = state
        self._aside = aside
        self._preparing: tuple[str, asyncio.Task[PreemptiveAnswer | None]] | None = None
        self._was_asked_there = False
        """The agent has asked whether the caller is there."""

    def answer_preemptively(self, text: str) -> None:
        """Decide on an answer to what may turn out to be the turn; the newest guess replaces older ones."""
        self.drop_prepared()
        task = asyncio.create_task(self._prepared(text))
        task.add_done_callback(_seen)
        self._preparing = (text, task)

    def drop_prepared(self) -> None:
        """The guess was wrong, or nobody is there to be answered."""
        if self._preparing:
            self._preparing[1].cancel()
        self._preparing = None

    def ask_still_there(self, attempt: int) -> None:
        """Nothing has been heard of the caller for long."""
        self._was_asked_there = True
        self._tasks.run(call.ask_still_there(self._centre, self._conversation_id, attempt))

    def of_customer(self, turn: RecordCustomerTurn) -> None:
        """Record and answer it, after everything said before."""
        self._tasks.in_order(partial(self._customer, turn))

    def of_operator(self, person: Person, turn: RecordOperatorTurn) -> None:
        """Record it, after everything said before."""
        said = partial(
            operate.send_operator_message,
            self._centre,
            person,
            self._conversation_id,
            turn.text,
            self._centre.new_id("v"),
        )
        self._tasks.in_order(partial(retry_until_stored, partial(said, voice=turn.voice)))

    @property
    def _conversation_id(self) -> str:
        return self._state().conversation_id

    async def _customer(self, turn: RecordCustomerTurn) -> None:
        preparing, self._preparing = self._preparing, None
        guess, answering = preparing or ("", None)
        try:
            await self._recorded(turn, answering if guess == turn.text else None)
        finally:
            if answering:
                answering.cancel()  # made for other words, or not needed

    async def _recorded(
        self, turn: RecordCustomerTurn, answering: "asyncio.Task[PreemptiveAnswer | None] | None"
    ) -> None:
        centre, conversation_id, state = self._centre, self._conversation_id, self._state()
        said = CustomerSaid(turn.text, centre.new_id("v"), turn.voice)
        was_asked_there, self._was_asked_there = self._was_asked_there, False
        if self._engine.step >= LoadStep.PLEASE_HOLD and not state.is_with_human:
            self._aside(wording.ONE_MOMENT)
        heeded = partial(call.heed, centre, state, said, was_asked_there=was_asked_there)
        if await retry_until_stored(heeded):
            return
        if answering and await self._answered(said, answering):
            return
        await retry_until_stored(
            partial(receive.receive, centre, conversation_id, said.text, said.client_id, voice=said.voice)
        )

    async def _answered(self, said: CustomerSaid, preparing: "asyncio.Task[PreemptiveAnswer | None]") -> bool:
        """True when the turn is on disk with its prepared answer; the words do not wait long for one."""
        prepared = await _quietly(preparing)
        if prepared is None:
            return False
        try:
            return await receive.receive_answered(self._centre, self._conversation_id, said, prepared)
        except StorageError:
            return False  # the words alone are tried until they are kept

    async def _prepared(self, text: str) -> PreemptiveAnswer | None:
        prepared = await answer.answer_preemptively(self._centre, self._conversation_id, text)
        said = next((one for one in prepared.events if isinstance(one, AgentSaid)), None) if prepared else None
        if said is not None:
            # The first clause is rendered ahead too; the speaker remembers it until it is asked for.
            for clause in self._engine.speaker.clauses(spoken_text(said))[:1]:
                if self._engine.speaker.remembered(clause) is None:
                    await self._engine.speak(f"{self._call_id}/ahead", clause).outcome()
        return prepared


def _seen(preparing: "asyncio.Task[PreemptiveAnswer | None]") -> None:
    """A guess nobody waits for any more may fail unheard."""
    if not preparing.cancelled():
        preparing.exception()


async def _quietly(preparing: "asyncio.Task[PreemptiveAnswer | None]") -> PreemptiveAnswer | None:
    """A prepared answer, or None: preparing may fail or take long, answering then starts over."""
    try:
        async with asyncio.timeout(PREPARED_SECONDS):
            return await preparing
    except TimeoutError:
        return None
    except Exception:  # what was said must be recorded and answered whatever became of the guess
        log.exception("preparing an answer failed")
        return None
