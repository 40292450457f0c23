"""What a turn costs, with the demonstration's procedures and with two hundred."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from actions.answering import AgentSources, build
from agent import Agent, decide
from agent.procedures.derive import with_derived
from agent.understanding import Understander
from bench.agent.rows import plain_intent, read
from bench.customers.centre import DAY
from bench.intents_data import find_sets
from bench.report import Row
from conversation import Channel, State
from conversation.events import ConversationStarted, CustomerSaid
from conversation.fold import apply_all
from encoder import WordEncoder, one_thread
from intents import Library, train

MANY = 200
ROUNDS = 3


def speed(sources: AgentSources, encoder: WordEncoder, data: Path | None) -> list[Row]:
    """`encoder` must not cache: every turn is new."""
    with one_thread():
        return _measured(sources, encoder, data)


def _measured(sources: AgentSources, encoder: WordEncoder, data: Path | None) -> list[Row]:
    agent, understander = build(sources, encoder)
    texts = [row["text"] for name in ("knowledge", "social", "urgent") for row in read("tune", name)][:200]
    rows = [Row("turn_cpu_ms", _median_ms(agent, understander, texts), "ms of CPU a turn, median")]
    if data is not None and (data / "intents" / "clinc150").is_dir():
        library = _many(agent.library, data)
        big = replace(agent, library=library, procedures=with_derived(agent.procedures, library))
        many = understander.with_model(train(library, encoder), ())
        rows.append(Row("turn_200_cpu_ms", _median_ms(big, many, texts), f"ms with {len(library.live())} procedures"))
    return rows


def _median_ms(agent: Agent, understander: Understander, texts: Sequence[str]) -> float:
    spent: list[float] = []
    for number, text in enumerate(texts):
        state = apply_all(State("c-bench"), [ConversationStarted(Channel.CHAT, "en"), CustomerSaid(text, "m")], DAY)
        before = time.process_time()
        understood = understander.understand_many([(text, state.seq)])[0]
        decide(agent, state, understood, DAY)
        if number >= ROUNDS:  # the first turns load what is loaded late
            spent.append(1_000 * (time.process_time() - before))
    return median(spent)


def _many(own: Library, data: Path) -> Library:
    """The demonstration's intents, CLINC150's, and halves of them until there are enough."""
    found = next(one for one in find_sets(data / "intents" / "clinc150", lambda _: None).classification)
    texts: dict[str, list[str]] = {}
    for text, intent in zip(found.train.texts, found.train.intents, strict=True):
        texts.setdefault(str(intent), []).append(text)
    intents = [plain_intent(f"clinc_{name}", some[:40]) for name, some in texts.items()]
    for name, some in texts.items():
        if len(intents) + len(own.live()) >= MANY:
            break
        intents.append(plain_intent(f"clinc_{name}_again", some[40:80]))
    return replace(own, intents=(*own.intents, *intents))
