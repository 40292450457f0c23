"""Vectors kept in a file between starts, because encoding what the tenant taught takes most of a start."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import TypeAlias

import numpy as np

from encoder.port import Encoder, Vectors, WordEncoder, Words

_TABLE = """
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=NORMAL;
    CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB, pieces TEXT, states BLOB);
"""
_READ = "SELECT vector, pieces, states FROM vectors WHERE key = ?"
_WRITE = "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?, ?)"
_BUSY_SECONDS = 5.0
_BETWEEN = "\n"
"""between pieces, which hold none"""
_SENTENCE = "sentence"
_WORDS = "words"
_Row: TypeAlias = tuple[bytes, str, bytes]
"""vector, pieces, states"""


class KeptSentences:
    """Another encoder, asked only for sentences that the file lacks.

    For what a tenant wrote, never for what customers say: `seal` it before it serves them. Several processes may
    share a file. One that is damaged is made anew, and where none can be written everything is encoded each time.
    Texts are kept as hashes; the file may be deleted at any time.
    """

    def __init__(self, inner: Encoder, path: Path) -> None:
        self._inner = inner
        self._lock = RLock()
        self._file = _open(path)

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimensions(self) -> int:
        return self._inner.dimensions

    def seal(self) -> None:
        """Read and keep nothing from now on."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The different texts whose sentences are not kept, in their order."""
        return [text for text in dict.fromkeys(texts) if self._row(text) is None]

    def encode(self, texts: Sequence[str]) -> Vectors:
        known = {text: np.frombuffer(row[0], np.float32) for text in dict.fromkeys(texts) if (row := self._row(text))}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            fresh = self._inner.encode(new)
            self._keep([(self._key(text), row.tobytes(), "", b"") for text, row in zip(new, fresh, strict=True)])
            known |= dict(zip(new, fresh, strict=True))
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for index, text in enumerate(texts):
            vectors[index] = known[text]
        return vectors

    def _key(self, text: str, kind: str = _SENTENCE) -> bytes:
        return sha256("\0".join((self.name, kind, text)).encode()).digest()

    def _row(self, text: str, kind: str = _SENTENCE) -> _Row | None:
        with self._lock, suppress(sqlite3.Error):
            if self._file is not None:
                row: _Row | None = self._file.execute(_READ, (self._key(text, kind),)).fetchone()
                return row
        return None

    def _keep(self, rows: list[tuple[bytes, bytes, str, bytes]]) -> None:
        with self._lock, suppress(sqlite3.Error):
            if self._file is not None:
                with self._file:
                    self._file.executemany(_WRITE, rows)


class KeptEncoder(KeptSentences):
    """The same with the words of each text."""

    def __init__(self, inner: WordEncoder, path: Path) -> None:
        super().__init__(inner, path)
        self._words_inner = inner

    def encode_words(self, texts: Sequence[str]) -> tuple[Vectors, list[Words]]:
        known = {text: self._words(*row) for text in dict.fromkeys(texts) if (row := self._row(text, _WORDS))}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            vectors, words = self._words_inner.encode_words(new)
            fresh = dict(zip(new, zip(vectors, words, strict=True), strict=True))
            self._keep(
                [
                    (self._key(text, _WORDS), row.tobytes(), _BETWEEN.join(one.pieces), one.states.tobytes())
                    for text, (row, one) in fresh.items()
                ]
            )
            known |= fresh
        pooled = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for index, text in enumerate(texts):
            pooled[index] = known[text][0]
        return pooled, [known[text][1] for text in texts]

    def _words(self, vector: bytes, pieces: str, states: bytes) -> tuple[Vectors, Words]:
        rows = np.frombuffer(states, np.float32).reshape(-1, self.dimensions)
        return np.frombuffer(vector, np.float32), Words(tuple(pieces.split(_BETWEEN)) if pieces else (), rows)


def _open(path: Path) -> sqlite3.Connection | None:
    """None where no file can be kept."""
    for _ in range(2):
        file: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
            file.executescript(_TABLE)
        except sqlite3.DatabaseError as error:
            if file is not None:
                file.close()
            if isinstance(error, sqlite3.OperationalError):  # locked, full or read-only, not damaged
                return None
            path.unlink(missing_ok=True)
        except OSError:
            return None
        else:
            return file
    return None
