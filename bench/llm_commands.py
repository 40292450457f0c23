"""Puts the first turn of scripted customers to a language model too, and compares its commands with the local ones.

python -m bench.llm_commands [FILE] [--most N] [--json]      (SWITCHBOARD_LLM_URL, _MODEL, _KEY say which model)

Nothing is changed by it: it tells whether a model of yours would help where the local understanding is in doubt, and
how often it agrees where that is not.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from actions.answering.understand import turn_facts
from actions.workers import Worker
from agent import Clarify, context_of, decide
from agent.llm import checked
from agent.llm.endpoint import LlmEndpoint
from agent.llm.language_model import LanguageModel
from agent.understanding.commands import Start
from bench.customers.centre import DAY, Prepared, prepare
from bench.report import Row, print_rows
from config import Settings
from conversation import Channel, State
from conversation.events import (
    AgentSaid,
    ConversationStarted,
    CustomerSaid,
    Event,
    IntentRecognised,
    UtteranceUnmatched,
)
from conversation.fold import apply_all

SECONDS = 30.0
"""Waited for each turn: how good it is, not how fast; the time is a figure of its own."""


@dataclass(frozen=True)
class Compared:
    local: str
    """The intent opened first; empty for none."""
    is_in_doubt: bool
    model: str
    is_believed: bool
    """The reply came in form and passed the checks."""
    seconds: float


async def compare(prepared: Prepared, model: LanguageModel, said: str) -> Compared:
    """One opening turn, understood by both."""
    agent = prepared.runtime.agent
    began: list[Event] = [ConversationStarted(Channel.CHAT, "en"), AgentSaid("Hello."), CustomerSaid(said, "m1")]
    state = apply_all(State("bench"), began, DAY)
    understood = await prepared.understanding.understand(said, state.seq)
    decision = decide(agent, state, understood, DAY)
    opened = [note.intent for note in decision.notes if isinstance(note, IntentRecognised)]
    unmatched = any(isinstance(note, UtteranceUnmatched) for note in decision.notes)
    context = context_of(agent, agent.draft(state, understood, DAY))
    turn = turn_facts(agent, state, understood, context)
    start = time.perf_counter()
    lines = await model.read(turn)
    seconds = time.perf_counter() - start
    commands = checked(lines, turn, understood, context) if lines else None
    starts = [one.intent for one in commands or () if isinstance(one, Start)]
    return Compared(
        next(iter(reversed(opened)), ""),
        isinstance(decision, Clarify) or unmatched,
        next(iter(starts), ""),
        commands is not None,
        seconds,
    )


def rows_of(found: list[Compared]) -> list[Row]:
    """The figures."""
    believed = [one for one in found if one.is_believed]
    both = [one for one in believed if one.local and one.model]
    doubtful = [one for one in found if one.is_in_doubt]
    return [
        Row("turns", len(found), "opening turns"),
        Row("believed_pct", _percent(len(believed), len(found)), "% of replies in form and past the checks"),
        Row("agree_pct", _percent(sum(one.local == one.model for one in both), len(both)), "% where both open one"),
        Row("in_doubt_pct", _percent(len(doubtful), len(found)), "% of turns the local understanding is unsure of"),
        Row("settled_pct", _percent(sum(bool(one.model) for one in doubtful), len(doubtful)), "% of those it opens"),
        Row("median_s", statistics.median(one.seconds for one in found), "s a turn"),
    ]


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=Path("bench/customers/tuned.jsonl"))
    parser.add_argument("--most", type=int, default=100, help="turns at most")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    given = parser.parse_args()
    settings = Settings()
    if not settings.llm_url:
        print("Set SWITCHBOARD_LLM_URL (docs/howto/connect-a-language-model.md).", file=sys.stderr)
        return 2
    endpoint = LlmEndpoint(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value(), SECONDS)
    model = LanguageModel(endpoint, time.monotonic, asyncio.sleep)
    found = await model.probe()
    if not found.is_usable:
        print(f"The endpoint cannot be used: {found.problem}", file=sys.stderr)
        return 1
    scripts = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    turns = [one["turns"][0] for one in scripts if one.get("turns")][: given.most]
    with tempfile.TemporaryDirectory() as folder:
        prepared = await prepare(Path(folder), Path("demo/insurer"))
        working = asyncio.create_task(Worker("understanding", prepared.understanding.step, 0.0).run())
        compared = [await compare(prepared, model, said) for said in turns]
        working.cancel()
    await model.close()
    print_rows(rows_of(compared), as_json=given.json)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
