"""The agent out of what the database holds: library, articles, pack, procedures. Takes seconds, so in a thread."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from actions.answering.procedure_sources import procedures_in_use
from agent import SYSTEM_INTENTS_FILE, Agent, Pack, PackInvalid, parse_pack, with_procedures
from agent.procedures import Procedure, ProcedureSources, ProcedureVersions, Trial, WrittenProcedures, by_intent
from agent.tools import DeclaredTool
from agent.understanding import (
    CanaryVariant,
    Foreign,
    Meaning,
    NameFinder,
    Spelling,
    Understander,
    act_examples,
    by_words,
    learn_meaning,
    train_acts,
    train_safety,
    words_of_tokenizer,
)
from encoder import TOKENIZER, MultilingualEncoder, WordEncoder, kept_heads, locate
from intents import IntentModel, Library, load_library, parse_library, train, without
from knowledge import KnowledgeIndex, article_from_data
from storage.kit import ARTICLE, PACK, Database, Documents
from storage.learning import LibraryStore, ProcedureStore


@dataclass(frozen=True)
class AgentSources:
    """What the tenant taught the centre, as the documents have it."""

    library: dict[str, Any] | None
    articles: tuple[dict[str, Any], ...]
    pack: Mapping[str, Any] = field(default_factory=dict)
    """Safety, references, wording and what else there is beside procedures, by file name."""
    procedures: ProcedureSources = field(default_factory=ProcedureSources)


async def read_sources(database: Database) -> AgentSources:
    """What the tenant taught the centre so far."""
    documents = Documents(database)
    newest = await LibraryStore(database).newest()
    return AgentSources(
        newest.content | {"version": newest.version} if newest else None,
        tuple((await documents.all(ARTICLE)).values()),
        await documents.all(PACK),
        await procedures_in_use(ProcedureStore(database)),
    )


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
    pack = parse_pack(with_procedures(sources.pack, sources.procedures.current.files))
    articles = tuple(article_from_data(data) for data in sources.articles)
    index = KnowledgeIndex(articles, encoder, unanswered=pack.unanswered)
    model = train(library, encoder)
    agent = Agent(
        library,
        index,
        {},
        references=pack.references,
        safety=pack.safety,
        wording=pack.wording,
        synonyms=pack.synonyms,
    ).with_procedures(*read_procedures(sources.pack, sources.procedures, encoder))
    return agent, _understander(encoder, model, index, library, pack, vectors)


Meanings = dict[tuple[tuple[str, ...], tuple[str, ...]], Meaning]
"""By the examples of a question that mean yes and no."""


def read_procedures(
    pack: Mapping[str, Any],
    sources: ProcedureSources,
    encoder: WordEncoder,
    known: Mapping[int, Mapping[str, Procedure]] | None = None,
) -> tuple[ProcedureVersions, Meanings]:
    """The procedures in use, and what answers to their questions mean. Blocks for 0.3 s a version.

    `known`: versions read before with the same pack. Raises PackInvalid for those in use; a former version that can no
    longer be read is left out.
    """
    read_before = known or {}

    def read(written: WrittenProcedures) -> Mapping[str, Procedure]:
        if written.version in read_before:
            return read_before[written.version]
        found = parse_pack(with_procedures(pack, written.files)).procedures
        return by_intent(replace(one, version=written.version) for one in found)

    current = read(sources.current)
    trial = Trial(sources.share, read(sources.trial)) if sources.trial else None
    by_version = {sources.current.version: current}
    if sources.trial and trial:
        by_version[sources.trial.version] = trial.procedures
    for one in sources.former:
        with suppress(PackInvalid):
            by_version.setdefault(one.version, read(one))
    meanings = _meanings((one for version in by_version.values() for one in version.values()), encoder)
    return ProcedureVersions(current, trial, by_version), meanings


def _meanings(procedures: Iterable[Procedure], encoder: WordEncoder) -> Meanings:
    examples = {(step.means_yes, step.means_no) for one in procedures for step in one.collects()}
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


def with_system_intents(own: Library) -> Library:
    """The tenant's intents and the built-in ones."""
    system = load_library(SYSTEM_INTENTS_FILE)
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
