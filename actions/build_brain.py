"""The agent from what the database holds: library, articles, models. Slow (seconds), so it runs in a thread."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent import agent as agent_room
from agent.agent import Agent
from agent.extract import warm_up
from agent.heard import Listener, Reduced
from encoder import Encoder
from intents.classify import IntentModel, train
from intents.library import Library, load_library, parse_library
from intents.versions import without
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
    library = with_system_intents(
        parse_library("library", knowing.library) if knowing.library else Library(version=0, intents=())
    )
    index = KnowledgeIndex(tuple(article_from_data(data) for data in knowing.articles), encoder)
    model = train(library, encoder)
    return Agent(library, index), Listener(encoder, model, index, reduced(model, library))


def with_system_intents(own: Library) -> Library:
    """The tenant's intents and the built-in ones."""
    system = load_library(SYSTEM_INTENTS)
    return replace(own, intents=(*own.intents, *(one for one in system.intents if not one.is_group)))


def reduced(model: IntentModel, library: Library) -> tuple[Reduced, ...]:
    """The models for conversations that are not to meet a canary yet, by rising share."""
    shares = sorted({intent.share for intent in library.live() if intent.share < 1.0})
    return tuple(
        Reduced(share, without(model, library, frozenset(one.id for one in library.live() if one.share <= share)))
        for share in shares
    )
