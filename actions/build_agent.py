"""The agent from what the database holds: library, articles, pack, models. Takes seconds, so in a thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agent import agent as agent_room
from agent.agent import Agent
from agent.pack import Pack, parse_pack
from agent.procedures.derive import with_derived
from agent.procedures.model import Procedure
from agent.tools import DeclaredTool
from agent.understanding.acts import act_examples, train_acts
from agent.understanding.foreign import Foreign
from agent.understanding.meaning import Meaning, learn_meaning
from agent.understanding.names import NameFinder
from agent.understanding.safety import by_words, train_safety
from agent.understanding.spelling import Spelling, words_of_tokenizer
from agent.understanding.understander import CanaryVariant, Understander
from encoder import MultilingualEncoder, WordEncoder
from encoder.kept_heads import kept_heads
from encoder.weights import TOKENIZER, locate
from intents.classify import IntentModel, train
from intents.library import Library, load_library, parse_library
from intents.versions import without
from knowledge.articles import article_from_data
from knowledge.search import KnowledgeIndex

SYSTEM_INTENTS = Path(agent_room.__file__).with_name("system_intents.yaml")


@dataclass(frozen=True)
class AgentSources:
    """What the tenant taught the centre, as the documents have it."""

    library: dict[str, Any] | None
    articles: tuple[dict[str, Any], ...]
    pack: Mapping[str, Any] = field(default_factory=dict)
    """Procedures, safety, references and wording, by file name."""


def build(sources: AgentSources, encoder: WordEncoder, *, vectors: Path | None = None) -> tuple[Agent, Understander]:
    """Train and index; CPU-bound, blocks for a few seconds.

    `vectors`: the file that keeps what was encoded; what was fitted is kept in a folder beside it.
    """
    with kept_heads(vectors):
        return _built(sources, encoder, vectors)


def _built(sources: AgentSources, encoder: WordEncoder, vectors: Path | None) -> tuple[Agent, Understander]:
    library = with_system_intents(
        parse_library("library", sources.library) if sources.library else Library(version=0, intents=())
    )
    pack = parse_pack(sources.pack)
    articles = tuple(article_from_data(data) for data in sources.articles)
    index = KnowledgeIndex(articles, encoder, unanswered=pack.unanswered)
    model = train(library, encoder)
    agent = Agent(
        library,
        index,
        procedures_of(library, pack),
        pack.references,
        pack.safety,
        pack.wording,
        pack.synonyms,
        _meanings(pack, encoder),
    )
    return agent, _understander(encoder, model, index, library, pack, vectors)


def _meanings(pack: Pack, encoder: WordEncoder) -> dict[tuple[tuple[str, ...], tuple[str, ...]], Meaning]:
    examples = {(step.means_yes, step.means_no) for one in pack.procedures for step in one.collects()}
    return {key: found for key in sorted(examples) if (found := learn_meaning(encoder, *key)) is not None}


def own_tools(sources: AgentSources) -> tuple[DeclaredTool, ...]:
    """The tools of the tenant's tools.yaml."""
    return parse_pack(sources.pack).tools


def _understander(
    encoder: WordEncoder, model: IntentModel, index: KnowledgeIndex, library: Library, pack: Pack, vectors: Path | None
) -> Understander:
    has_meaning = not encoder.name.startswith("hashing")
    ordinary = [
        example.text
        for intent in library.live()
        if intent.id not in pack.ambiguous_intents
        for example in intent.examples
        if by_words(pack.safety, example.text) is None
    ]
    harmless = [*ordinary, *_harmless(index, pack)]
    second = MultilingualEncoder.where_installed()
    return Understander(
        encoder,
        model,
        index,
        acts=train_acts(encoder, ordinary) if has_meaning else None,
        safety=pack.safety,
        urgent=train_safety(pack.safety, encoder, harmless, second=second, vectors=vectors) if has_meaning else None,
        references=pack.references,
        spelling=_spelling(library, index) if has_meaning else None,
        names=NameFinder.from_packages() if has_meaning else NameFinder(None),
        foreign=Foreign(second, library, pack.safety, vectors) if has_meaning and second else None,
        variants=variants(model, library),
    )


def _spelling(library: Library, index: KnowledgeIndex) -> Spelling:
    """The tenant's words, out of what customers say and of what its articles say."""
    said = [example.text for intent in library.live() for example in intent.examples]
    written = [passage.text for article in index.articles for passage in index.all_of(article)]
    return Spelling([*said, *written], words_of_tokenizer(locate(TOKENIZER)))


def procedures_of(library: Library, pack: Pack) -> dict[str, Procedure]:
    """By intent: the tenant's own, and one made from the intent's attributes where there is none."""
    written = {one.intent or one.id: one for one in pack.procedures} | {one.id: one for one in pack.procedures}
    return with_derived(written, library)


def with_system_intents(own: Library) -> Library:
    """The tenant's intents and the built-in ones."""
    system = load_library(SYSTEM_INTENTS)
    return replace(own, intents=(*own.intents, *(one for one in system.intents if not one.is_group)))


def variants(model: IntentModel, library: Library) -> tuple[CanaryVariant, ...]:
    """The models for conversations that are not to meet a canary yet, by rising share."""
    shares = sorted({intent.share for intent in library.live() if intent.share < 1.0})
    return tuple(
        CanaryVariant(share, without(model, library, frozenset(one.id for one in library.live() if one.share <= share)))
        for share in shares
    )


def _harmless(index: KnowledgeIndex, pack: Pack) -> list[str]:
    """What is asked of articles and said in passing, without what might be danger: more of what an alarm is not."""
    asked = [
        question
        for article in index.articles.values()
        if not set(article.intents) & set(pack.ambiguous_intents)
        for section in article.sections
        for question in section.asked
    ]
    return [text for text in (*asked, *act_examples(), *pack.unanswered) if by_words(pack.safety, text) is None]
