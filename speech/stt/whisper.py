"""Whisper on CTranslate2 with an encoder context as short as the sound allows.

The encoder always computes the context it is given: 30 s costs 4-5 times as much as 8 s. Fed max(speech + 2 s, 8 s)
with timestamps on, base writes the same words (word error rate -0.1 points against full context, 109 utterances) for
0.28-0.34 CPU seconds instead of 1.1. Without timestamps, or with a tighter window, it repeats itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ctranslate2

from speech.audio import Samples, log_mel, rms_dbfs
from speech.expectation import Expectation
from speech.stt.guards import (
    SecondLook,
    digit_count,
    is_invented,
    is_loop,
    second_look,
    without_repeats,
)
from speech.stt.monologue import pieces
from speech.stt.prompts import prompt_text
from speech.stt.values import STT_RATE_HZ, Transcript, TranscriptionRequest, Word
from speech.stt.whisper_tokens import WhisperTokens
from speech.stt.word_times import word_times
from speech.weights import WhisperFiles

FULL_CONTEXT_SECONDS = 30.0
LEAST_SECONDS = 0.1
"""shorter sound holds no word"""
QUIETEST_DBFS = -65.0
"""nor does softer sound; of a silent line Whisper writes "You" without a doubt"""
SECOND_LOOK_TIMES = 1.5
"""doubtful sound is read again with so many times the context: of 279 utterances over a noisy telephone line (10 dB)
83.0 % of slots are right, with the whole 30 s 83.2 %, without a second look 82.7 %; it costs 0.3 CPU s where the whole
costs 1.0, and a caller waits for it"""
FIGURES_CONTEXT_SECONDS = 15.0
"""numbers are read again with this much and without letters: 60 digit strings 77 -> 85 % right, where the whole 30 s
reach 82 % at three times the cost"""
NUMBER_READINGS = 5
"""likeliest readings among which a number of the right length is looked for; the sound is not encoded again"""


@dataclass(frozen=True)
class WhisperOptions:
    """How one Whisper model is run."""

    name: str = "whisper-base"
    """shown in logs and reports"""
    language: str = "en"
    """Whisper's language code; ignored by English-only models"""
    context_floor_seconds: float = 8.0
    """least encoder context; 8 for base, 15 for tiny.en (8 costs it 2 points of word error rate)"""
    context_margin_seconds: float = 2.0
    """silence the encoder sees after the speech"""
    beams: int = 3
    """beam width for ordinary answers: 6.3 % of words wrong as with 5, for 7 % less CPU (over a noisy telephone line
    16.1, not 15.8); spelled ones and drafts use 1, where more are unstable"""
    prompted_beams: int = 2
    """beam width when the state's words stand before the sound: 98.6 % of slots, as 5 does, for 0.29 CPU s, not 0.42"""
    workers: int = 2
    """decodes at the same time, one thread each: faster than one decode on two threads"""


@dataclass(frozen=True)
class _Decoded:
    """One run of the decoder."""

    tokens: tuple[int, ...]
    """text tokens of the segments that lie inside the sound"""
    text: str
    """as written, trimmed"""
    logprob: float
    """mean per token"""
    no_speech: float
    """probability that nobody spoke"""
    encoded: ctranslate2.StorageView
    """the encoder's output, for word times"""


class WhisperTranscriber:
    """One loaded model, shared by all calls; about 115 MB for base in int8."""

    def __init__(self, files: WhisperFiles, options: WhisperOptions) -> None:
        self._options = options
        # CTranslate2 releases the GIL and keeps one queue for its workers, so many threads may call.
        self._model = ctranslate2.models.Whisper(
            str(files.folder), device="cpu", compute_type="int8", intra_threads=1, inter_threads=options.workers
        )
        self._tokens = WhisperTokens(
            files.folder / "tokenizer.json", is_multilingual=self._model.is_multilingual, language=options.language
        )
        self._letters = self._tokens.with_letters()

    @property
    def name(self) -> str:
        """As given in the options."""
        return self._options.name

    def transcribe(self, request: TranscriptionRequest) -> Transcript:
        """The words in the audio; doubtful sound is decoded once more with more context and the better one kept."""
        if request.seconds < LEAST_SECONDS or rms_dbfs(request.samples) < QUIETEST_DBFS:
            return Transcript("", logprob=0.0, no_speech=1.0, seconds=request.seconds)
        parts = [self._transcribe_piece(request, piece, at) for at, piece in pieces(request.samples)]
        if len(parts) == 1:
            return parts[0]
        spoken = [part for part in parts if part.text]
        return Transcript(
            text=" ".join(part.text for part in spoken),
            logprob=min((part.logprob for part in spoken), default=0.0),
            no_speech=min((part.no_speech for part in parts), default=1.0),
            seconds=request.seconds,
            words=tuple(word for part in parts for word in part.words),
            second_look=next((part.second_look for part in parts if part.second_look), ""),
        )

    def _transcribe_piece(self, request: TranscriptionRequest, samples: Samples, at_seconds: float) -> Transcript:
        seconds = len(samples) / STT_RATE_HZ
        window = self._context_seconds(seconds)
        best = self._decode(request, samples, window)
        text = without_repeats(best.text)
        reason = second_look(request, best.text, text, best.logprob)
        if reason is SecondLook.FIGURES:
            best, text = self._counted(request, samples, best, text)
        elif reason is not SecondLook.NONE and window < FULL_CONTEXT_SECONDS:
            again = self._decode(request, samples, min(SECOND_LOOK_TIMES * window, FULL_CONTEXT_SECONDS))
            if reason is SecondLook.REPEAT or again.logprob > best.logprob:
                best, text = again, without_repeats(again.text)
        if is_invented(best.logprob, best.no_speech) or is_loop(text):
            text = ""
        words: tuple[Word, ...] = ()
        if request.wants_words and text:
            heard = word_times(self._model, best.encoded, self._tokens, best.tokens, seconds)
            words = tuple(Word(w.text, w.start_seconds + at_seconds, w.end_seconds + at_seconds) for w in heard)
        return Transcript(text, best.logprob, best.no_speech, seconds, words, reason)

    def _counted(
        self, request: TranscriptionRequest, samples: Samples, first: _Decoded, text: str
    ) -> tuple[_Decoded, str]:
        """A reading with as many figures as were asked for; the first one when there is none.

        Bare figures are read again as nothing but figures; where letters belong to it ("double 4", "HM") one of the
        likeliest readings mostly fits.
        """
        by = [self._likely_readings, self._figures_alone]
        for read in by if any(char.isalpha() for char in text) else reversed(by):
            for reading in read(request, samples, first):
                if digit_count(reading.text) in request.expected_digits:
                    return reading, reading.text
        return first, text

    def _likely_readings(self, request: TranscriptionRequest, samples: Samples, first: _Decoded) -> list[_Decoded]:
        return self._run(request, first.encoded, len(samples) / STT_RATE_HZ, readings=NUMBER_READINGS)

    def _figures_alone(self, request: TranscriptionRequest, samples: Samples, _first: _Decoded) -> list[_Decoded]:
        if request.expectation is not Expectation.DIGITS:
            return []
        window = max(self._context_seconds(len(samples) / STT_RATE_HZ), FIGURES_CONTEXT_SECONDS)
        return [self._decode(request, samples, window, only_figures=True)]

    def _context_seconds(self, seconds: float) -> float:
        wanted = max(seconds + self._options.context_margin_seconds, self._options.context_floor_seconds)
        return min(wanted, FULL_CONTEXT_SECONDS)

    def _decode(
        self, request: TranscriptionRequest, samples: Samples, window_seconds: float, *, only_figures: bool = False
    ) -> _Decoded:
        features = log_mel(samples, window_seconds, self._model.n_mels)
        encoded = self._model.encode(ctranslate2.StorageView.from_array(features[None]))
        (best,) = self._run(request, encoded, len(samples) / STT_RATE_HZ, only_figures=only_figures)
        return best

    def _run(
        self,
        request: TranscriptionRequest,
        encoded: ctranslate2.StorageView,
        seconds: float,
        *,
        only_figures: bool = False,
        readings: int = 1,
    ) -> list[_Decoded]:
        """The likeliest readings of encoded sound, best first."""
        prompt = self._tokens.prompt(prompt_text(request.expectation, request.state_words))
        beams = self._options.prompted_beams if len(prompt) > len(self._tokens.start) else self._options.beams
        if request.expectation.is_spelled or request.is_draft:
            beams = 1
        (result,) = self._model.generate(
            encoded,
            [prompt],
            beam_size=max(beams, readings),
            num_hypotheses=readings,
            # A caller says at most about 9 tokens a second; the limit cuts a loop short.
            max_length=min(448, len(prompt) + 16 + round(9 * seconds)),
            return_scores=True,
            return_no_speech_prob=True,
            # -1 stands for the symbols the model's own config suppresses.
            suppress_tokens=[-1, *self._letters] if only_figures else [-1],
        )
        return [
            self._decoded(tokens, score, result.no_speech_prob, encoded, seconds)
            for tokens, score in zip(result.sequences_ids, result.scores, strict=True)
        ]

    def _decoded(
        self, tokens: Sequence[int], score: float, no_speech: float, encoded: ctranslate2.StorageView, seconds: float
    ) -> _Decoded:
        inside = [token for segment in self._tokens.segments(tokens, seconds) for token in segment.tokens]
        return _Decoded(
            tokens=tuple(inside),
            text=self._tokens.text(inside).strip(),
            # CTranslate2 gives the mean over the tokens without the end mark; OpenAI's figure counts it.
            logprob=float(score * len(tokens) / (len(tokens) + 1)),
            no_speech=float(no_speech),
            encoded=encoded,
        )
