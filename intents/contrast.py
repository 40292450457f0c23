"""Teaches the sentence encoder a library's own distinctions. Imports torch: never loaded by the serving process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoTokenizer, BertModel
from transformers.utils import logging

from encoder import Labels

FROZEN_LAYERS = 4
"""Of six. Their states are computed once, which makes training four times as fast as of all layers, and as good."""
TEMPERATURE = 0.07
SCALE = 20.0
LEARNING_RATE = 5e-4
BATCH = 64


@dataclass(frozen=True)
class Adapting:
    """How long and from which random start."""

    steps: int = 300
    seed: int = 0


def adapt(
    base: Path,
    texts: Sequence[str],
    labels: Labels,
    out: Path,
    *,
    options: Adapting | None = None,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Writes the weights, adapted to tell these labels apart, as a safetensors file that MiniLmEncoder reads.

    `base` is the folder of the original weights, tokenizer and configuration. Pulls sentences of one label together
    and pushes others away (supervised contrastive loss plus cross-entropy against a prototype per label); half of the
    batches are made of labels that are easily confused. One and a half minutes of one core, however many sentences.
    """
    options = options or Adapting()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    # It would report the pooling layer, which sentence vectors do not use, as a surprise.
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    chance = np.random.default_rng(options.seed)
    model = BertModel.from_pretrained(str(base), add_pooling_layer=False).eval()  # type: ignore[no-untyped-call]
    states, masks = _frozen_states(model, AutoTokenizer.from_pretrained(str(base)), texts)
    top = nn.ModuleList(model.encoder.layer[FROZEN_LAYERS:])
    with torch.no_grad():
        before = torch.cat([_pool(top, *_batch(states, masks, rows)) for rows in _slices(len(texts))])
    count = int(labels.max()) + 1
    gold = torch.from_numpy(labels.astype(np.int64))
    prototypes = nn.Parameter(_means(before, gold, count))
    optimiser = torch.optim.AdamW(
        [{"params": top.parameters(), "lr": LEARNING_RATE}, {"params": [prototypes], "lr": 10 * LEARNING_RATE}],
        weight_decay=0.01,
    )
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [LEARNING_RATE, 10 * LEARNING_RATE], total_steps=options.steps, pct_start=0.1
    )
    top.train()
    for step, rows in enumerate(_batches(labels, prototypes, options.steps, chance)):
        vectors = _pool(top, *_batch(states, masks, rows))
        loss = _contrast(vectors, gold[rows]) + nn.functional.cross_entropy(
            SCALE * vectors @ nn.functional.normalize(prototypes, dim=1).T, gold[rows]
        )
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(top.parameters(), 1.0)
        optimiser.step()
        plan.step()
        if progress is not None:
            progress((step + 1) / options.steps)
    weights = load_file(base / "model.safetensors")
    for index, layer in enumerate(top, start=FROZEN_LAYERS):
        for name, value in layer.state_dict().items():
            weights[f"encoder.layer.{index}.{name}"] = value.detach().contiguous()
    save_file(weights, out)


def _frozen_states(model: BertModel, tokenizer: object, texts: Sequence[str]) -> tuple[list[Tensor], list[int]]:
    """Per text the states after the frozen layers, shape (words, dimensions), and its number of words."""
    found: list[Tensor] = [torch.empty(0)] * len(texts)
    lengths = [0] * len(texts)
    below = model.encoder.layer[:FROZEN_LAYERS]
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            words = tokenizer(  # type: ignore[operator]
                [texts[row] for row in rows], padding=True, truncation=True, max_length=256, return_tensors="pt"
            )
            mask = words["attention_mask"]
            states = model.embeddings(words["input_ids"])
            for layer in below:
                states = _first(layer(states, _wide(mask)))
            for row, state, length in zip(rows, states, mask.sum(dim=1).tolist(), strict=True):
                found[row], lengths[row] = state[:length].clone(), length
    return found, lengths


def _first(result: object) -> Tensor:
    # A layer returned a tuple in transformers 4 and returns its tensor in 5.
    return result[0] if isinstance(result, tuple) else result  # type: ignore[return-value]


def _wide(mask: Tensor) -> Tensor:
    """0 for words and minus infinity for padding, shape (texts, 1, 1, words)."""
    return (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min


def _batch(states: Sequence[Tensor], lengths: Sequence[int], rows: NDArray[np.intp]) -> tuple[Tensor, Tensor]:
    padded = nn.utils.rnn.pad_sequence([states[int(row)] for row in rows], batch_first=True)
    counts = torch.tensor([lengths[int(row)] for row in rows])
    return padded, (torch.arange(padded.shape[1])[None, :] < counts[:, None]).long()


def _pool(top: nn.ModuleList, states: Tensor, mask: Tensor) -> Tensor:
    for layer in top:
        states = _first(layer(states, _wide(mask)))
    return nn.functional.normalize((states * mask[:, :, None]).sum(dim=1), dim=1)


def _contrast(vectors: Tensor, gold: Tensor) -> Tensor:
    """Supervised contrastive loss (Khosla et al. 2020, equation 2)."""
    logits = vectors @ vectors.T / TEMPERATURE
    itself = torch.eye(len(gold), dtype=torch.bool)
    logits = logits.masked_fill(itself, -1e9)
    same = (gold[:, None] == gold[None, :]) & ~itself
    log_probabilities = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    counts = same.sum(dim=1)
    has_partner = counts > 0
    losses = -(log_probabilities * same).sum(dim=1)[has_partner] / counts[has_partner]
    return losses.mean() if len(losses) else logits.sum() * 0.0


def _batches(labels: Labels, prototypes: Tensor, steps: int, chance: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    members = [np.flatnonzero(labels == label) for label in range(int(labels.max()) + 1)]
    filled = np.flatnonzero([len(rows) > 0 for rows in members])
    for step in range(steps):
        if step % 2:
            anchor = int(chance.choice(filled))
            likeness = (prototypes @ prototypes[anchor]).detach().numpy()[filled]
            chosen, each = filled[np.argsort(-likeness)[: BATCH // 4]], 4
        else:
            chosen, each = chance.permutation(filled)[: BATCH // 2], 2
        yield np.concatenate(
            [chance.choice(members[label], min(each, len(members[label])), replace=False) for label in chosen]
        )


def _means(vectors: Tensor, gold: Tensor, count: int) -> Tensor:
    sums = torch.zeros(count, vectors.shape[1]).index_add_(0, gold, vectors)
    return nn.functional.normalize(sums + 1e-6, dim=1)


def _slices(count: int) -> Iterator[NDArray[np.intp]]:
    for start in range(0, count, BATCH):
        yield np.arange(start, min(start + BATCH, count), dtype=np.intp)
