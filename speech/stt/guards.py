"""Second thoughts about what Whisper wrote: repetition, invented speech, doubtful or miscounted answers. All pure."""

import re
import zlib
from enum import StrEnum

from speech.expectation import Expectation
from speech.stt.values import TranscriptionRequest

NO_SPEECH_ABOVE = 0.6
LOGPROB_BELOW = -1.0
"""both must hold to call a transcript invented: either alone rejects "No.", "6" and a quarter of digit strings
(43 of 1,072 real utterances), together they reject 2"""
DOUBTFUL_LOGPROB = -0.7
"""under this the audio is worth a second look; about 9 % of utterances"""
COMPRESSION_ABOVE = 2.4
"""text that zlib shrinks further than this is a loop (OpenAI's own limit)"""


LEAST_BROKEN_OFF_WORDS = 3
"""a sentence that breaks off after fewer words the same is not taken for a second reading"""


class SecondLook(StrEnum):
    """Why audio is decoded a second time."""

    NONE = ""
    """it is not"""
    REPEAT = "repeat"
    """the text went round in a loop"""
    DOUBTFUL = "doubtful"
    """the model gave its own words little probability"""
    FIGURES = "figures"
    """a number has too few or too many figures"""


_SENTENCE = re.compile(r"[^.!?]+[.!?]*\s*")
_DIGIT = re.compile(r"\d|(?<=\d)O\b")
_REPEATED = re.compile(r"\b(double|triple|treble)[ -]?(?=\d)", re.IGNORECASE)


def without_repeats(text: str) -> str:
    """The text with a sentence dropped when it says the same as the one before it, or begins to.

    A short encoder context makes the decoder read the sentence again when the sound runs out: "Yes please. Yes please."
    The limit on its tokens may cut the second reading off: "A small latte with milk. A small latte with".
    """
    kept: list[str] = []
    for sentence in _SENTENCE.findall(text):
        if not kept or not _bare(sentence) or not _repeats(sentence, kept[-1]):
            kept.append(sentence)
    return "".join(kept).strip()


def is_loop(text: str) -> bool:
    """True for text that repeats itself so much that no caller said it."""
    data = text.encode()
    return len(data) >= 40 and len(data) / len(zlib.compress(data)) > COMPRESSION_ABOVE


def is_invented(logprob: float, no_speech: float) -> bool:
    """True where the model both doubts that anybody spoke and doubts what it wrote."""
    return no_speech > NO_SPEECH_ABOVE and logprob < LOGPROB_BELOW


def digit_count(text: str) -> int:
    """How many figures the text stands for: "double 4" are two, and so is "1O"."""
    more = sum(1 if word.lower() == "double" else 2 for word in _REPEATED.findall(text))
    return len(_DIGIT.findall(text)) + more


def second_look(request: TranscriptionRequest, raw: str, cleaned: str, logprob: float) -> SecondLook:
    """Whether this decode deserves another with more context, and why."""
    if request.is_draft:
        return SecondLook.NONE
    figures = digit_count(cleaned)
    if request.expectation.is_spelled and figures:
        is_short_of_words = figures >= len(re.findall(r"[A-Za-z]+", cleaned))
        miscounted = bool(request.expected_digits) and figures not in request.expected_digits
        is_looped_number = request.expectation is Expectation.DIGITS and is_loop(raw)
        if is_short_of_words and (miscounted or is_looped_number):
            return SecondLook.FIGURES
    # A sentence written twice is right once it is written once; only a loop has lost the thread.
    if is_loop(cleaned):
        return SecondLook.REPEAT
    return SecondLook.DOUBTFUL if logprob < DOUBTFUL_LOGPROB else SecondLook.NONE


def _repeats(sentence: str, before: str) -> bool:
    said, again = _bare(before).split(), _bare(sentence).split()
    is_broken_off = not sentence.rstrip().endswith((".", "?", "!")) and len(again) >= LEAST_BROKEN_OFF_WORDS
    return said == again or (is_broken_off and said[: len(again)] == again)


def _bare(sentence: str) -> str:
    return re.sub(r"[^\w]+", " ", sentence).strip().lower()
