"""The first wish of real service dialogues (MultiDoGO insurance): taken at once, asked about, or not understood."""

import json
from pathlib import Path

from agent.understanding.understanding import ACCEPT_PROBABILITY, ACCEPT_SCORE
from bench.agent.rows import percent, plain_intent
from bench.report import Row
from encoder import WordEncoder
from intents import Library, train

SET = Path("intents/multidogo/insurance")
NO_WISH = frozenset(
    ["openinggreeting", "closinggreeting", "contentonly", "thankyou", "confirmation", "rejection", "outofdomain"]
)


def first_asks(encoder: WordEncoder, data: Path, misses: list[str]) -> list[Row]:
    if not (data / SET).is_dir():
        return []
    train_rows = _firsts(data / SET / "train.jsonl")
    test_rows = _firsts(data / SET / "test.jsonl")
    examples: dict[str, dict[str, None]] = {}
    for text, intent in train_rows:
        examples.setdefault(intent, {}).setdefault(text)
    library = Library(
        version=1, intents=tuple(plain_intent(name, list(texts)[:80]) for name, texts in examples.items())
    )
    model = train(library, encoder)
    tests = [(text, intent) for text, intent in test_rows if intent in examples]
    vectors = encoder.encode([text for text, _ in tests])
    accepted = right = asked = 0
    for (text, intent), found in zip(tests, model.classify_many([text for text, _ in tests], vectors), strict=True):
        best = found.candidates[0] if found.candidates else None
        if best and best.probability >= ACCEPT_PROBABILITY and found.score >= ACCEPT_SCORE:
            accepted += 1
            right += best.intent == intent
            if best.intent != intent:
                misses.append(f"first ask {intent}: {text[:90]!r}: {best.intent} {best.probability:.2f}")
        else:
            asked += 1
    return [
        Row("first_ask_clarify_pct", percent(asked, len(tests)), "% of first asks that are asked about"),
        Row("first_ask_right_pct", percent(right, accepted), "% of those taken at once"),
        Row("first_asks", len(tests), "dialogues"),
    ]


def _firsts(path: Path) -> list[tuple[str, str]]:
    """The first turn of each dialogue that wishes something."""
    seen: dict[str, tuple[str, str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        intents = [one for one in (row["intent"] or "").replace("<div>", " ").split() if one not in NO_WISH]
        if len(intents) == 1 and row["conversation"] not in seen:
            seen[row["conversation"]] = (row["utterance"], intents[0])
    return list(seen.values())
