"""The language model, when one is configured: it may word an approved answer, sum up for the operator, and say what a
doubtful turn means, in the commands of the local understanding.

Nothing depends on it. Every method gives None when the model is away, slow, confused or not to be trusted, and the
deterministic text goes out instead. It never decides what is done, only what was meant.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from enum import StrEnum

import structlog

from agent.llm.commands import COMMANDS, Line, TurnFacts, commands_schema, read_lines, turn_message
from agent.llm.endpoint import ChatClient, Completion, LlmEndpoint, LlmError
from agent.llm.grounding import Flaw, flaw_in_answer, flaw_in_summary
from agent.llm.probe import Capabilities, probe
from agent.llm.tasks import (
    REWORD,
    SUMMARY,
    Task,
    question_facts,
    read_written,
    turn_facts,
    written_schema,
)
from conversation import QuotedTurn
from json_object import JsonObject

log = structlog.get_logger(__name__)

DOUBT_AFTER = 3
"""Failures in a row after which customers no longer wait for the endpoint until it is probed again."""

PROBE_AGAIN_SECONDS = 30.0
"""Before the first new probe; doubled for each one that finds the endpoint unusable."""

LONGEST_PAUSE_SECONDS = 600.0


class Outcome(StrEnum):
    """What came of one request."""

    USED = "used"
    NOT_READY = "not_ready"
    """Not probed yet, or found unusable."""
    NOT_ASKED = "not_asked"
    """Nothing to word, or too much."""
    BUSY = "busy"
    TOO_SLOW = "too_slow"
    FAILED = "failed"
    CUT_OFF = "cut_off"
    NOT_AS_ASKED = "not_as_asked"
    """Not the JSON that was asked for."""
    DECLINED = "declined"
    """The model says it cannot."""
    NOT_GROUNDED = "not_grounded"


class LanguageModel:
    """One endpoint's model. `run` owns the probing; until it has found the endpoint usable every answer is None."""

    def __init__(
        self, endpoint: LlmEndpoint, clock: Callable[[], float], pause: Callable[[float], Awaitable[None]]
    ) -> None:
        """`clock` gives monotonic seconds, `pause` waits that many seconds (asyncio.sleep)."""
        self.endpoint = endpoint
        self.capabilities = Capabilities(problem="not probed yet")
        self.outcomes: Counter[tuple[str, Outcome]] = Counter()
        """How often what came of which task, since the start."""
        self._chat = ChatClient(endpoint)
        self._clock = clock
        self._pause = pause
        self._in_flight = 0
        self._failures = 0
        self._doubted = asyncio.Event()

    async def run(self) -> None:
        """Probe until the endpoint is usable, and again whenever it is in doubt; cancel to stop and disconnect."""
        seconds = PROBE_AGAIN_SECONDS
        try:
            while True:
                found = await self.probe()
                if found.is_usable:
                    seconds = PROBE_AGAIN_SECONDS
                    await self._doubted.wait()
                await self._pause(seconds)
                seconds = min(2 * seconds, LONGEST_PAUSE_SECONDS)
        finally:
            await self.close()

    async def probe(self) -> Capabilities:
        """Ask the endpoint what it can do and use it accordingly. Takes seconds, minutes when the model must load."""
        found = await probe(self._chat, self.endpoint, self._clock)
        self._failures = 0
        self._doubted.clear()
        self.capabilities = found
        log.info(
            "language model probed",
            model=found.model,
            usable=found.is_usable,
            problem=found.problem,
            json_schema=found.has_json_schema,
            tool_calls=found.has_tool_calls,
            first_token_seconds=found.first_token_seconds,
        )
        return found

    async def reword(self, question: str, passages: Sequence[str]) -> str | None:
        """The passages' answer to the question in one or two sentences; None: quote the passages.

        Waits at most the endpoint's `timeout_seconds`. Whatever the passages do not say is refused (llm_grounding).
        """
        written = await self._written(REWORD, question_facts(question, passages))
        return self._settled(REWORD, written, lambda text: flaw_in_answer(text, passages, question))

    async def summary_line(self, turns: Sequence[QuotedTurn]) -> str | None:
        """One sentence for the hand-over card's `agent_summary`, which the desk labels; None: leave it empty.

        Waits at most the endpoint's `timeout_seconds`.
        """
        written = await self._written(SUMMARY, turn_facts(turns))
        said = [turn.text for turn in turns]
        return self._settled(SUMMARY, written, lambda text: flaw_in_summary(text, said))

    async def read(self, turn: TurnFacts) -> list[Line] | None:
        """What the turn means, as the model writes it; None: go by the local understanding alone.

        Waits at most the endpoint's `timeout_seconds`. The caller checks it (llm_commands.checked).
        """
        reply = await self._reply(COMMANDS, turn_message(turn), commands_schema())
        lines = read_lines(reply) if isinstance(reply, str) else None
        outcome = reply if isinstance(reply, Outcome) else Outcome.NOT_AS_ASKED if lines is None else Outcome.USED
        self._count(COMMANDS, outcome)
        return lines

    async def close(self) -> None:
        """Give up the connections."""
        await self._chat.close()

    async def _written(self, task: Task, facts: str | None) -> str | Outcome:
        """What the model wrote, or why there is nothing."""
        reply = await self._reply(task, facts, written_schema())
        if isinstance(reply, Outcome):
            return reply
        written = read_written(reply)
        if written is None:
            return Outcome.NOT_AS_ASKED
        return " ".join(written.text.split()) if written.is_possible else Outcome.DECLINED

    async def _reply(self, task: Task, facts: str | None, schema: JsonObject) -> str | Outcome:
        """The whole reply, or why there is none."""
        if facts is None:
            return Outcome.NOT_ASKED
        if not self.capabilities.is_usable:
            return Outcome.NOT_READY
        if self._in_flight >= self.endpoint.most_at_once:
            return Outcome.BUSY
        self._in_flight += 1
        try:
            async with asyncio.timeout(self.endpoint.timeout_seconds):
                completion = await self._ask(task, facts, schema)
        except (TimeoutError, LlmError) as error:
            self._note_failure()
            return Outcome.TOO_SLOW if isinstance(error, TimeoutError) else Outcome.FAILED
        finally:
            self._in_flight -= 1
        self._failures = 0
        return completion.text if completion.is_whole else Outcome.CUT_OFF

    def _ask(self, task: Task, facts: str, schema: JsonObject) -> Awaitable[Completion]:
        found = self.capabilities
        held = schema if found.has_json_schema else None
        return self._chat.complete(found.model, task.system, facts, most_tokens=task.most_tokens, schema=held)

    def _note_failure(self) -> None:
        self._failures += 1
        if self._failures >= DOUBT_AFTER and self.capabilities.is_usable:
            self.capabilities = replace(self.capabilities, problem="it failed several times in a row")
            self._doubted.set()
            log.warning("language model in doubt; deterministic answers until it is probed again")

    def _settled(self, task: Task, written: str | Outcome, flaw_in: Callable[[str], Flaw | None]) -> str | None:
        """The text when it may be used; counts and logs what came of it."""
        flaw = None if isinstance(written, Outcome) else flaw_in(written)
        outcome = written if isinstance(written, Outcome) else Outcome.NOT_GROUNDED if flaw else Outcome.USED
        self._count(task, outcome, flaw)
        return written if outcome is Outcome.USED else None

    def _count(self, task: Task, outcome: Outcome, flaw: Flaw | None = None) -> None:
        self.outcomes[task.name, outcome] += 1
        log.info("language model asked", task=task.name, outcome=outcome.value, flaw=flaw.value if flaw else None)
