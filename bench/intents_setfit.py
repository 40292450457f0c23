"""Peer: SetFit, which trains the whole encoder on pairs of examples. In a process of its own, with a time limit.

`python -m bench.intents_setfit` reads examples and test rows as JSON from its input and writes what it guessed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

from bench.intents_data import ClassificationSet
from bench.report import Row
from encoder import WEIGHTS, locate

STEPS = 300
"""As many as our own adaptation takes; SetFit's default, every pair once, takes days of one core."""
BATCH_PAIRS = 16
LIMIT_SECONDS = 1800


def setfit_rows(data: ClassificationSet) -> tuple[list[Row], list[str]]:
    """Trained on ten examples of each intent; rows, and what was skipped and why."""
    intents = sorted(set(data.ten_shot.intents))
    place = {intent: label for label, intent in enumerate(intents)}
    work = {
        "texts": data.ten_shot.texts,
        "labels": [place[intent] for intent in data.ten_shot.intents],
        "test": data.test.texts,
    }
    name = f"peer_setfit_{data.name}"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.intents_setfit"],
            input=json.dumps(work),
            capture_output=True,
            text=True,
            check=True,
            timeout=LIMIT_SECONDS,
            # Two threads of torch on two busy cores take seven times as long as one; and it would ask its hub for news.
            env=os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"},
        )
    except subprocess.TimeoutExpired:
        return [], [f"{name}: not done within {LIMIT_SECONDS} s"]
    except subprocess.CalledProcessError as error:
        return [], [f"{name}: failed: {(error.stderr.strip().splitlines() or ['no message'])[-1]}"]
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    right = [intents[label] == gold for label, gold in zip(answer["guessed"], data.test.intents, strict=True)]
    return [
        Row(f"{name}_10shot_acc", 100.0 * float(np.mean(right)), "%"),
        Row(f"{name}_cpu_s", answer["cpu_s"], f"s for {STEPS} steps"),
    ], []


def _main() -> None:
    from datasets import Dataset  # type: ignore[import-not-found, unused-ignore]
    from setfit import SetFitModel, Trainer, TrainingArguments

    work = json.load(sys.stdin)
    train = Dataset.from_dict({"text": work["texts"], "label": work["labels"]})
    model = SetFitModel.from_pretrained(str(locate(WEIGHTS).parent))
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            output_dir=folder,
            max_steps=STEPS,
            batch_size=BATCH_PAIRS,
            report_to="none",
            save_strategy="no",
            show_progress_bar=False,
        )
        started = time.process_time()
        Trainer(model=model, args=arguments, train_dataset=train).train()
        seconds = time.process_time() - started
    guessed = [int(label) for label in model.predict(work["test"])]
    print(json.dumps({"guessed": guessed, "cpu_s": seconds}))


if __name__ == "__main__":
    _main()
