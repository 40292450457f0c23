"""Where the agent stands that serves: empty until its models are loaded, then swapped whole."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from actions.understanding_queue import UnderstandingQueue
from agent import Agent
from agent.llm import Line, TurnFacts
from agent.tools import Tools
from conversation import QuotedTurn
from knowledge import Article

Reword = Callable[[str, Sequence[str]], Awaitable[str | None]]
"""A question and the approved passages to their answer in a sentence or two; None: quote the passages."""
Read = Callable[[TurnFacts], Awaitable[list[Line] | None]]
"""A doubtful turn to what a language model takes it to mean; None: go by the local understanding alone."""
SumUp = Callable[[Sequence[QuotedTurn]], Awaitable[str | None]]
"""The last turns to one line for the operator; None: leave it out."""


async def quote_only(_question: str, _passages: Sequence[str]) -> str | None:
    """Without a language model the approved words go out as they are."""
    return None


async def ask_the_customer(_turn: TurnFacts) -> list[Line] | None:
    """Without a language model a doubtful turn is clarified with the customer."""
    return None


async def no_summary(_turns: Sequence[QuotedTurn]) -> str | None:
    """Without a language model the card has no line of one."""
    return None


@dataclass(frozen=True)
class AgentRuntime:
    """The agent and its tools. Swapped whole when intents or knowledge change."""

    agent: Agent
    understanding: UnderstandingQueue
    tools: Tools


@dataclass
class AgentSlot:
    """The agent in use, and the language model that may help it."""

    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the agent's models are loaded; customers who write earlier are answered then."""
    reword: Reword = quote_only
    sum_up: SumUp = no_summary
    read: Read = ask_the_customer
    _runtime: AgentRuntime | None = None

    @property
    def runtime(self) -> AgentRuntime:
        """The agent and its tools. Raises RuntimeError before `ready`."""
        if self._runtime is None:
            raise RuntimeError("the agent is still loading")
        return self._runtime

    @property
    def articles(self) -> Mapping[str, Article]:
        """The approved articles by id; none while the agent is loading."""
        return self._runtime.agent.knowledge.articles if self._runtime else {}

    def use(self, runtime: AgentRuntime) -> None:
        """From now on answer with this agent."""
        self._runtime = runtime
        self.ready.set()
