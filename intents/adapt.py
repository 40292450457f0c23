"""Trains an encoder on a library, as a shadow, and keeps it only if it wins: `python -m intents.adapt LIBRARY`.

Runs in a process of its own, because it alone needs torch. What it leaves in the folder is a weights file for
`MiniLmEncoder.from_weights` and `verdict.json`; the serving process reads the verdict and swaps encoder and model
together.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import comb
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from encoder import WEIGHTS, Encoder, EncoderError, Labels, MiniLmEncoder, fit_softmax, folds, locate
from intents.library import IntentsError, Library, load_library

FOLDS = 5
"""One fifth of the examples is held out for the comparison."""
LEAST_HELD_OUT = 30
"""Fewer held-out examples cannot tell two encoders apart."""
CHANCE = 0.1
"""Greatest probability that a win this clear is luck (one-sided sign test)."""


class TrainingMissing(IntentsError):
    """The packages that train are not installed; the message says how to get them."""


class TooFewExamples(IntentsError):
    """The library is too small to train an encoder on, or to tell if it helped."""


@dataclass(frozen=True)
class Verdict:
    """Whether the adapted encoder is to be used."""

    is_better: bool
    held_out: int
    """Examples that neither encoder's head had seen, nor the adaptation."""
    before_accuracy: float
    """Share of them that the original encoder gets right, in [0, 1]."""
    after_accuracy: float
    chance: float
    """Probability of so many more wins than losses, were both encoders equal."""
    library_version: int
    weights: str
    """File name of the adapted weights, empty if they are not better."""


Train = Callable[[Sequence[str], Labels, Path], None]
"""Writes adapted weights for texts and labels."""


def shadow(library: Library, folder: Path, original: Encoder, train: Train) -> Verdict:
    """Adapts without a fifth of the examples, compares on it, and only after a win adapts on all of them.

    Writes `verdict.json`, and after a win the weights, into the folder. Raises TooFewExamples.
    """
    texts, labels, is_name = _examples(library)
    is_held_out = (folds(labels, FOLDS) == 0) & ~is_name
    if is_held_out.sum() < LEAST_HELD_OUT:
        raise TooFewExamples(f"{int(is_held_out.sum())} examples to compare on; {LEAST_HELD_OUT} are needed")
    folder.mkdir(parents=True, exist_ok=True)
    trial = folder / "trial.safetensors"
    train([text for text, held in zip(texts, is_held_out, strict=True) if not held], labels[~is_held_out], trial)
    before = _right(original, texts, labels, is_held_out)
    after = _right(MiniLmEncoder.from_weights(trial, name="trial"), texts, labels, is_held_out)
    trial.unlink()
    wins, losses = int((after & ~before).sum()), int((before & ~after).sum())
    chance = sign_test(wins, losses)
    is_better = wins > losses and chance <= CHANCE
    weights = f"adapted-{library.version}.safetensors" if is_better else ""
    if is_better:
        train(texts, labels, folder / weights)
    verdict = Verdict(
        is_better, len(before), float(before.mean()), float(after.mean()), chance, library.version, weights
    )
    (folder / "verdict.json").write_text(json.dumps(asdict(verdict), indent=2), encoding="utf-8")
    return verdict


def sign_test(wins: int, losses: int) -> float:
    """Probability of at least so many wins among the examples on which two equals differ."""
    total = wins + losses
    return float(sum(comb(total, more) for more in range(wins, total + 1)) / 2**total)


def train_with_torch(texts: Sequence[str], labels: Labels, out: Path) -> None:
    """The training itself, with progress on the error stream. Raises TrainingMissing."""
    # Imported here, because the verdict and its test need no torch.
    try:
        from intents.contrast import adapt
    except ImportError as error:
        raise TrainingMissing(f"training needs {error.name}: pip install -r requirements.txt") from error

    adapt(locate(WEIGHTS).parent, texts, labels, out, progress=_progress)


def _examples(library: Library) -> tuple[list[str], Labels, NDArray[np.bool_]]:
    texts: list[str] = []
    labels: list[int] = []
    is_name: list[bool] = []
    for label, intent in enumerate(library.live()):
        texts += [*(example.text for example in intent.examples), intent.name]
        labels += [label] * (len(intent.examples) + 1)
        is_name += [False] * len(intent.examples) + [True]
    return texts, np.array(labels, dtype=np.intp), np.array(is_name, dtype=np.bool_)


def _right(encoder: Encoder, texts: Sequence[str], labels: Labels, is_held_out: NDArray[np.bool_]) -> NDArray[np.bool_]:
    vectors = encoder.encode(texts)
    head = fit_softmax(vectors[~is_held_out], labels[~is_held_out], int(labels.max()) + 1)
    return np.asarray(head.logits(vectors[is_held_out]).argmax(axis=1) == labels[is_held_out])


def _progress(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\radapting {share:4.0%}", end="\n" if share >= 1.0 else "", file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 0 with a verdict, 2 if something about the input is wrong."""
    parser = argparse.ArgumentParser(prog="python -m intents.adapt", description=__doc__)
    parser.add_argument("library", type=Path, help="YAML file of the intents")
    parser.add_argument("--out", type=Path, default=Path("var/adapted"), help="folder for the result")
    chosen = parser.parse_args(arguments)
    try:
        library = load_library(chosen.library)
        verdict = shadow(library, chosen.out, MiniLmEncoder.from_packages(), train_with_torch)
    except (IntentsError, EncoderError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(json.dumps(asdict(verdict), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
