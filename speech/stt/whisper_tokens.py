"""Whisper's token language: what is put in front of the answer, and how an answer with timestamps is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tokenizers

from speech.errors import MissingWeights

_NOT_A_FIGURE = re.compile(r"[^\d\s.,\-]")
SECONDS_PER_TIMESTAMP = 0.02
MAX_PROMPT_TOKENS = 180
"""of the 448 the decoder holds; the newest are kept"""


@dataclass(frozen=True)
class Segment:
    """A stretch of text between two timestamp tokens."""

    start_seconds: float
    """from the start of the audio"""
    end_seconds: float
    """from the start of the audio"""
    tokens: tuple[int, ...]
    """text tokens only"""


class WhisperTokens:
    """Reads and writes one model's tokens."""

    def __init__(self, tokenizer_file: Path, *, is_multilingual: bool, language: str) -> None:
        self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer_file))
        self._previous = self._get("<|startofprev|>")
        self._end = self._get("<|endoftext|>")
        self._first_timestamp = self._get("<|notimestamps|>") + 1
        start = [self._get("<|startoftranscript|>")]
        if is_multilingual:
            start += [self._get(f"<|{language}|>"), self._get("<|transcribe|>")]
        self.start = tuple(start)
        """the tokens every answer follows; timestamps stay on, a short context needs them"""

    def prompt(self, text: str) -> list[int]:
        """Prompt tokens followed by the start tokens."""
        if not text:
            return list(self.start)
        words = self._tokenizer.encode(" " + text, add_special_tokens=False).ids[-MAX_PROMPT_TOKENS:]
        return [self._previous, *words, *self.start]

    def segments(self, tokens: Sequence[int], until_seconds: float) -> list[Segment]:
        """The answer cut at its timestamps, without segments that claim to start after the sound has ended."""
        found: list[Segment] = []
        start, text = 0.0, list[int]()
        for token in tokens:
            if token < self._first_timestamp:
                if token < self._end:
                    text.append(token)
                continue
            at = (token - self._first_timestamp) * SECONDS_PER_TIMESTAMP
            if text:
                found.append(Segment(start, at, tuple(text)))
                text = []
            start = at
        if text:
            found.append(Segment(start, max(start, until_seconds), tuple(text)))
        return [segment for segment in found if segment.start_seconds < until_seconds]

    def text(self, tokens: Sequence[int]) -> str:
        """The written form, leading space kept as the model wrote it."""
        return str(self._tokenizer.decode(list(tokens)))

    def words(self, tokens: Sequence[int]) -> list[tuple[int, ...]]:
        """The tokens grouped by written word: a group starts where the text has a space."""
        groups: list[list[int]] = []
        for token in tokens:
            if not groups or self.text([token]).startswith(" "):
                groups.append([])
            groups[-1].append(token)
        return [tuple(group) for group in groups]

    def with_letters(self) -> list[int]:
        """Every text token that writes anything but figures and what stands between them; takes 0.1 s, call it once."""
        return [token for token in range(self._end) if _NOT_A_FIGURE.search(self.text([token]))]

    def _get(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise MissingWeights([f"tokenizer.json has no {token}: it does not belong to a Whisper model"])
        return int(found)
