"""When each word was said, from the decoder's attention (CTranslate2's `align`, dynamic time warping)."""

from collections.abc import Sequence

import ctranslate2
import numpy as np

from speech.audio import FRAMES_PER_SECOND
from speech.stt.values import Word
from speech.stt.whisper_tokens import WhisperTokens

_SECONDS_PER_STEP = 0.02


def word_times(
    model: ctranslate2.models.Whisper,
    encoded: ctranslate2.StorageView,
    vocabulary: WhisperTokens,
    tokens: Sequence[int],
    seconds: float,
) -> tuple[Word, ...]:
    """One Word per written word of `tokens`, in seconds from the start of the encoded sound."""
    groups = vocabulary.words(tokens)
    if not groups:
        return ()
    frames = max(2, round(seconds * FRAMES_PER_SECOND))
    (result,) = model.align(encoded, list(vocabulary.start), [list(tokens)], frames)
    token_index, step = np.array(result.alignments).T
    first_of_token = np.flatnonzero(np.diff(token_index, prepend=-1))
    starts = step[first_of_token] * _SECONDS_PER_STEP
    words, at = [], 0
    for group in groups:
        begin = float(starts[min(at, len(starts) - 1)])
        at += len(group)
        end = float(starts[at]) if at < len(starts) else seconds
        words.append(Word(vocabulary.text(group).strip(), begin, max(begin, min(end, seconds))))
    return tuple(words)
