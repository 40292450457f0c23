"""How the agent does with its real customers: the figures of bench.customers that need no script, out of a database.

python -m bench.conversations [--database URL] [--json]

Without --database, that of SWITCHBOARD_DATABASE_URL or of the data folder. A refusal counts as one with a good passage
when today's articles would answer the turn: it is searched again as recorded, personal data masked.
"""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.answering import build, read_sources
from bench.customers.measures import asks_again
from bench.report import Row, print_rows
from config import Settings
from conversation import QuestionKind
from conversation.events import (
    CustomerSaid,
    HandOffRequested,
    HandoverCorrected,
    QuestionAsked,
    Recorded,
    TurnUnderstood,
    UtteranceUnmatched,
)
from encoder import CachingEncoder, KeptEncoder, MiniLmEncoder
from knowledge import KnowledgeIndex
from storage.conversation import EventStore, Lists
from storage.kit import Database

REPAIRS = 2
"""Turns in a row in which the agent had to ask what was meant, or did not know: a loop."""


@dataclass(frozen=True)
class Figures:
    """Of one conversation."""

    turns: int
    asked_again: bool
    is_loop: bool
    refused: tuple[str, ...]
    """The turns the agent had nothing for, as recorded."""
    cards: int
    corrected: bool


def figures_of(recorded: Sequence[Recorded]) -> Figures:
    """What the events of one conversation say."""
    events = [one.event for one in recorded]
    refused_seqs = {one.said_seq for one in events if isinstance(one, TurnUnderstood) and "unknown" in one.commands}
    corrections = [one for one in events if isinstance(one, HandoverCorrected) and not one.is_refreshed]
    return Figures(
        turns=sum(isinstance(one, CustomerSaid) for one in events),
        asked_again=asks_again(recorded),
        is_loop=_longest_repair(recorded) >= REPAIRS,
        refused=tuple(
            one.text for one in events if isinstance(one, UtteranceUnmatched) and one.said_seq in refused_seqs
        ),
        cards=sum(isinstance(one, HandOffRequested) for one in events),
        corrected=bool(corrections),
    )


def _longest_repair(recorded: Sequence[Recorded]) -> int:
    """Turns in a row that ended in a clarifying question, "I don't know", or the same question again."""
    longest = now = 0
    is_repair = False
    for one in recorded:
        match one.event:
            case CustomerSaid():
                now = now + 1 if is_repair else 0
                longest, is_repair = max(longest, now), False
            case TurnUnderstood(commands=commands) if any(c == "unknown" or c.startswith("clarify") for c in commands):
                is_repair = True
            case QuestionAsked(question=question) if question and question.kind is QuestionKind.SLOT:
                is_repair = is_repair or question.attempt > 1
            case _:
                continue
    return max(longest, now + 1 if is_repair else 0)


def rows_of(found: Sequence[Figures], knowledge: KnowledgeIndex | None) -> list[Row]:
    """The table; shares are of conversations in which the customer said something."""
    real = [one for one in found if one.turns]
    refused = [text for one in real for text in one.refused]
    answerable = [text for text in refused if text and knowledge and _has_answer(knowledge, text)]
    carded = [one for one in real if one.cards]
    return [
        Row("conversations", len(real), "in which the customer said something"),
        Row("turns_mean", sum(one.turns for one in real) / max(len(real), 1), "customer turns"),
        Row("asked_again_pct", _percent(sum(one.asked_again for one in real), len(real)), "% of conversations"),
        Row("repair_loop_pct", _percent(sum(one.is_loop for one in real), len(real)), "% of conversations"),
        Row("refusals_per_conversation", len(refused) / max(len(real), 1), "refusals"),
        Row("refused_with_passage_pct", _percent(len(answerable), len(refused)), "% of refusals an article answers"),
        Row("cards", len(carded), "conversations handed over"),
        Row("cards_corrected_pct", _percent(sum(one.corrected for one in carded), len(carded)), "% of them"),
    ]


def _has_answer(knowledge: KnowledgeIndex, text: str) -> bool:
    best = next(iter(knowledge.search(knowledge.query(text), limit=1)), None)
    return best is not None and best.is_answer


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


async def measure(url: str, vectors: Path) -> list[Row]:
    """Read every conversation of the database; it may be in use."""
    database = Database(url)
    store, lists = EventStore(database, idle=Settings().idle), Lists(database)
    found: list[Figures] = []
    after = ""
    while states := await lists.page(after=after):
        after = states[-1].conversation_id
        found += [figures_of(await store.read(one.conversation_id, limit=100_000)) for one in states]
    sources = await read_sources(database)
    await database.close()
    if not any(one.refused for one in found):
        return rows_of(found, None)
    kept = CachingEncoder(KeptEncoder(MiniLmEncoder.from_packages(), vectors), limit=50_000)
    agent, _ = await asyncio.to_thread(build, sources, kept, vectors=vectors)
    return rows_of(found, agent.knowledge)


def main() -> None:
    settings = Settings()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default=settings.url, help="a SQLAlchemy URL")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    options = parser.parse_args()
    print_rows(
        asyncio.run(measure(options.database, settings.data / "cache" / "vectors.sqlite3")), as_json=options.json
    )


if __name__ == "__main__":
    main()
