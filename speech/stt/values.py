"""What goes into a transcription and what comes out, the same for every provider."""

from dataclasses import dataclass
from typing import Protocol

from speech.audio import Samples
from speech.expectation import Expectation

STT_RATE_HZ = 16000
"""every transcriber takes 16 kHz; an 8 kHz line is raised once, one-shot, over the whole utterance"""


@dataclass(frozen=True)
class Word:
    """One word and when it was said."""

    text: str
    """as written, with its punctuation"""
    start_seconds: float
    """from the start of the audio"""
    end_seconds: float
    """from the start of the audio"""


@dataclass(frozen=True)
class TranscriptionRequest:
    """One stretch of one caller's speech."""

    samples: Samples
    """mono 16 kHz, already found to hold speech by the detector: Whisper invents words for noise"""
    expectation: Expectation = Expectation.OPEN
    """what the agent just asked for; spelled answers get a prompt and a search of their own"""
    state_words: tuple[str, ...] = ()
    """words the dialogue state makes likely (slot values, product names), most important first: the largest single gain
    in accuracy measured, 89.9 -> 98.6 % of slots"""
    expected_digits: tuple[int, ...] = ()
    """how many digits a right answer may have, e.g. (7,) for a policy number; empty when unknown"""
    is_draft: bool = False
    """a partial or a eager end may spend less: no second look at doubtful audio"""
    wants_words: bool = False
    """also give each word's time, where the provider can"""

    @property
    def seconds(self) -> float:
        """How long the audio sounds."""
        return len(self.samples) / STT_RATE_HZ


@dataclass(frozen=True)
class Transcript:
    """What was heard. Empty text is an answer too: there was no speech in it."""

    text: str
    """trimmed; "" when the guards found no speech"""
    logprob: float
    """mean log probability per token, 0 best; under -1 is doubtful. 0.0 where the provider does not say"""
    no_speech: float
    """the model's probability that nobody spoke, 0..1. 0.0 where the provider does not say"""
    seconds: float
    """how long the audio was"""
    words: tuple[Word, ...] = ()
    """timed words when asked for and available"""
    second_look: str = ""
    """why the audio was decoded again with more context: "repeat", "doubtful", "figures"; "" if it was not"""


class Transcriber(Protocol):
    """Speech to text. Blocking and thread-safe: the scheduler calls it from its workers."""

    @property
    def name(self) -> str:
        """Short, for logs and reports: "whisper-base"."""
        ...

    def transcribe(self, request: TranscriptionRequest) -> Transcript:
        """The words in the request's audio. Raises ProviderUnavailable or ProviderRefused, never a vendor's error."""
        ...
