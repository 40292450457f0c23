"""The agent from what the database holds: library, articles, models. Slow (seconds), so it runs in a thread."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent import agent as agent_room
from agent.agent import Agent
from agent.extract import warm_up
from agent.heard import Listener
from encoder import Encoder
from intents.classify import train
from intents.library import Library, load_library, parse_library
from knowledge.articles import article_from_data
from knowledge.search import KnowledgeIndex

SYSTEM_INTENTS = Path(agent_room.__file__).with_name("system_intents.yaml")


@dataclass(frozen=True)
class Knowing:
    """What the tenant taught the centre, as the documents have it."""

    library: dict[str, Any] | None
    articles: tuple[dict[str, Any], ...]


def build(knowing: Knowing, encoder: Encoder) -> tuple[Agent, Listener]:
    """Train and index; CPU-bound, blocks for one to a few seconds."""
    warm_up(datetime.now(UTC))
    own = parse_library("library", knowing.library) if knowing.library else Library(version=1, intents=())
    system = load_library(SYSTEM_INTENTS)
    library = replace(own, intents=(*own.intents, *(one for one in system.intents if not one.is_group)))
    index = KnowledgeIndex(tuple(article_from_data(data) for data in knowing.articles), encoder)
    return Agent(library, index), Listener(encoder, train(library, encoder), index)
