"""What serving and approving cost, each measured in a fresh process with one thread."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.intents_data import ClassificationSet, Labelled
from bench.intents_train import spoken, train_on
from bench.report import Row
from encoder import MiniLmEncoder
from intents import Example, Intent, IntentModel, Solution, SolutionKind, add_intent, encode_texts

UTTERANCES = 300
APPROVALS = 10


def speed_rows(data: ClassificationSet, cache: Path) -> list[Row]:
    """Runs this module in a process of its own, so that nothing of the other parts is in its memory."""
    MiniLmEncoder.from_packages(cache)
    work = {
        "texts": data.ten_shot.texts,
        "intents": data.ten_shot.intents,
        "utterances": data.test.texts[:UTTERANCES],
        "cache": str(cache),
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.intents_speed"],
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        input=json.dumps(work),
        capture_output=True,
        text=True,
        check=True,
    )
    return [Row(*row) for row in json.loads(done.stdout)]


def _measure(work: dict[str, Any]) -> list[tuple[str, float, str]]:
    started = time.process_time()
    encoder = MiniLmEncoder.from_packages(Path(work["cache"]))
    start_seconds = time.process_time() - started
    new = max(work["intents"])
    rows = list(zip(work["texts"], work["intents"], strict=True))
    known = [row for row in rows if row[1] != new]
    labelled = Labelled(tuple(text for text, _ in known), tuple(intent for _, intent in known))
    model = train_on(labelled, encoder, with_names=True)
    costs = [_classify_seconds(model, encoder, text) for text in work["utterances"]]
    examples = tuple(Example(text) for text, intent in rows if intent == new)
    approvals = [_approve_seconds(model, encoder, new, examples) for _ in range(APPROVALS)]
    return [
        ("utterance_cpu_ms", 1000.0 * float(np.median(costs)), "ms"),
        ("utterance_cpu_ms_p95", 1000.0 * float(np.quantile(costs, 0.95)), "ms"),
        ("approval_cpu_ms", 1000.0 * float(np.median(approvals)), "ms"),
        ("start_cpu_s", start_seconds, "s"),
        ("rss_mb", _resident_mb(), "MB"),
    ]


def _classify_seconds(model: IntentModel, encoder: MiniLmEncoder, text: str) -> float:
    started = time.process_time()
    model.classify(text, encoder.encode([text])[0])
    return time.process_time() - started


def _approve_seconds(model: IntentModel, encoder: MiniLmEncoder, name: str, examples: tuple[Example, ...]) -> float:
    solution = Solution(SolutionKind.QUEUE, "general")
    intent = Intent(name, spoken(name), "", None, "personal", "general", (), examples, (), solution)
    started = time.process_time()
    grown = add_intent(model, intent, encoder.encode(encode_texts(intent)))
    grown.classify(examples[0].text, encoder.encode([examples[0].text])[0])
    return time.process_time() - started


def _resident_mb() -> float:
    fields = Path("/proc/self/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    print(json.dumps(_measure(json.load(sys.stdin))))
