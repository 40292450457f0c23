"""Vectors kept in a file between runs, because encoding takes most of a benchmark's time."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from encoder import Encoder, Vectors

WORTH_KEEPING = 1000
"""Fewer new texts are quicker encoded again than written."""


class KeptEncoder:
    """Another encoder, asked only for texts that the file lacks.

    A damaged file, or one of another encoder, is made anew.
    """

    def __init__(self, inner: Encoder, path: Path) -> None:
        self._inner = inner
        self._path = path
        self._rows = _read(path, inner.name)

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimensions(self) -> int:
        return self._inner.dimensions

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The different texts that are not kept yet, in their order."""
        return [text for text in dict.fromkeys(texts) if text not in self._rows]

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = self.missing(texts)
        self._rows |= dict(zip(new, self._inner.encode(new), strict=True))
        if len(new) > WORTH_KEEPING:
            # As JSON, because an array of texts makes each as long as the longest.
            texts_kept = np.frombuffer(json.dumps(list(self._rows)).encode(), dtype=np.uint8)
            vectors = np.stack(list(self._rows.values()))
            np.savez(self._path, encoder=np.array(self.name), texts=texts_kept, vectors=vectors)
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([self._rows[text] for text in texts])


def _read(path: Path, encoder: str) -> dict[str, Vectors]:
    try:
        with np.load(path) as kept:
            if str(kept["encoder"]) != encoder:
                return {}
            return dict(zip(json.loads(kept["texts"].tobytes()), kept["vectors"], strict=True))
    except (OSError, KeyError, ValueError, EOFError, BadZipFile):
        return {}
